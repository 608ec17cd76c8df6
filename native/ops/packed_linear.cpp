// athanor::packed_linear: x Wᵀ on a CPU with weights in the order in which they are read. The product of
// a few rows takes as long as the weights need to come; LibTorch's libraries put them into such an
// order first, each time.
//
// Shapes: M rows, I in, O out, P = ⌈O / 16⌉ panels.

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/library.h>

#include <algorithm>
#include <vector>

#include "packed_linear.h"
#include "small_products.h"
#include "wide.h"

namespace athanor::packed_linear {

constexpr int64_t kTileRows = 6;             // rows whose sums fit into sixteen registers of AVX
constexpr int64_t kCachedRows = 96;          // rows that stay in the second cache
constexpr int64_t kGrainProducts = 1 << 17;  // that a thread is worth

// `numRows` rows of x times one panel. Each row has sums of its own, so that none depends on another.
template <int64_t numRows>
ATHANOR_INLINE void multiplyRows(const float* x, const float* panel, float* y, int64_t size,
                                 int64_t stride) {
  Vector8 sums[numRows][2];
#pragma GCC unroll 6
  for (int64_t row = 0; row < numRows; ++row) sums[row][0] = sums[row][1] = Vector8{};
  for (int64_t i = 0; i < size; ++i) {
    const float* weights = panel + i * kWidth;
    // Of the next panel: the processor does not guess that from so short a stream.
    __builtin_prefetch(weights + size * kWidth, 0, 2);
    const Vector8 first = *reinterpret_cast<const Vector8*>(weights);
    const Vector8 second = *reinterpret_cast<const Vector8*>(weights + kWidth / 2);
#pragma GCC unroll 6
    for (int64_t row = 0; row < numRows; ++row) {
      const float each = x[row * size + i];
      sums[row][0] += each * first;
      sums[row][1] += each * second;
    }
  }
#pragma GCC unroll 6
  for (int64_t row = 0; row < numRows; ++row) {
    *reinterpret_cast<Vector8*>(y + row * stride) = sums[row][0];
    *reinterpret_cast<Vector8*>(y + row * stride + kWidth / 2) = sums[row][1];
  }
}

// x [numRows, size], of which the product with the panel goes to y, whose rows are `stride` apart.
ATHANOR_WIDE void multiplyPanel(const float* x, const float* panel, float* y, int64_t numRows,
                                int64_t size, int64_t stride) {
  // As like as can be: a tile of few rows waits for its own sums.
  for (int64_t numTiles = (numRows + kTileRows - 1) / kTileRows; numTiles > 0; --numTiles) {
    const int64_t now = (numRows + numTiles - 1) / numTiles;
    switch (now) {
      case 1: multiplyRows<1>(x, panel, y, size, stride); break;
      case 2: multiplyRows<2>(x, panel, y, size, stride); break;
      case 3: multiplyRows<3>(x, panel, y, size, stride); break;
      case 4: multiplyRows<4>(x, panel, y, size, stride); break;
      case 5: multiplyRows<5>(x, panel, y, size, stride); break;
      default: multiplyRows<kTileRows>(x, panel, y, size, stride);
    }
    x += now * size;
    y += now * stride;
    numRows -= now;
  }
}

namespace {

// x [*, I], next to each other, weight [P, I, 16] → [*, 16·P]
at::Tensor compute(const at::Tensor& x, const at::Tensor& weight) {
  const int64_t size = weight.size(1);
  const int64_t numRows = x.numel() / size;
  const int64_t stride = weight.size(0) * kWidth;
  std::vector<int64_t> shape = x.sizes().vec();
  shape.back() = stride;
  at::Tensor y = at::empty(shape, x.options());
  const float* in = x.const_data_ptr<float>();
  const float* panels = weight.const_data_ptr<float>();
  float* out = y.mutable_data_ptr<float>();
  const int64_t products = std::max<int64_t>(1, numRows * size * kWidth);
  const int64_t grain = (kGrainProducts + products - 1) / products;
  at::parallel_for(0, weight.size(0), grain, [&](int64_t begin, int64_t end) {
    for (int64_t row = 0; row < numRows; row += kCachedRows) {
      for (int64_t panel = begin; panel < end; ++panel) {
        multiplyPanel(in + row * size, panels + panel * size * kWidth,
                      out + row * stride + panel * kWidth, std::min(kCachedRows, numRows - row),
                      size, stride);
      }
    }
  });
  return y;
}

at::Tensor composed(const at::Tensor& input, const at::Tensor& weight) {
  return at::matmul(input, weight.permute({1, 0, 2}).flatten(1));
}

// input [*, I], weight [P, I, 16], element (p, i, j) that of output 16·p + j → [*, O]
at::Tensor packedLinear(const at::Tensor& input, const at::Tensor& weight, int64_t outFeatures) {
  TORCH_CHECK(weight.dim() == 3 && weight.size(2) == kWidth && weight.size(1) > 0,
              "weight must be [panels, in, ", kWidth, "], got ", weight.sizes());
  TORCH_CHECK(input.dim() > 0 && input.size(-1) == weight.size(1),
              "the last dimension of input must be that of weight ", weight.sizes(), ", got ",
              input.sizes());
  TORCH_CHECK(outFeatures > (weight.size(0) - 1) * kWidth &&
                  outFeatures <= weight.size(0) * kWidth,
              "out_features must reach into the last panel of weight ", weight.sizes(), ", got ",
              outFeatures);
  const bool isRecorded =
      at::GradMode::is_enabled() && (input.requires_grad() || weight.requires_grad());
  if (isRecorded || !isWide(input) || !isWide(weight)) {
    return composed(input, weight).narrow(-1, 0, outFeatures);
  }
  const at::Tensor y = compute(input.contiguous(), weight.contiguous());
  return y.size(-1) == outFeatures ? y : y.narrow(-1, 0, outFeatures);
}

TORCH_LIBRARY_FRAGMENT(athanor, library) {
  library.def("packed_linear(Tensor input, Tensor weight, int out_features) -> Tensor");
}

TORCH_LIBRARY_IMPL(athanor, CompositeImplicitAutograd, library) {
  library.impl("packed_linear", &packedLinear);
}

}  // namespace

}  // namespace athanor::packed_linear
