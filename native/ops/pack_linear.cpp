// athanor::pack_linear_: puts the weights of a Linear into the order in which packed_linear reads them.
//
// Shapes: I in, O out, P = ⌈O / 16⌉ panels.

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/library.h>

#include <algorithm>

#include "packed_linear.h"
#include "wide.h"

namespace athanor::packed_linear {

namespace {

// weight [O, I] into panels [P, I, 16], whose last one is filled up with zeros
void fillPanels(const at::Tensor& panels, const at::Tensor& weight) {
  const int64_t size = weight.size(1);
  const float* in = weight.const_data_ptr<float>();
  float* out = panels.mutable_data_ptr<float>();
  const int64_t grain = kGrainElements / (size * kWidth) + 1;
  at::parallel_for(0, panels.size(0), grain, [&](int64_t begin, int64_t end) {
    for (int64_t panel = begin; panel < end; ++panel) {
      const float* rows = in + panel * kWidth * size;
      float* to = out + panel * kWidth * size;
      const int64_t numRows = std::min(kWidth, weight.size(0) - panel * kWidth);
      if (numRows < kWidth) std::fill_n(to, kWidth * size, 0.0F);
      for (int64_t i = 0; i < size; ++i) {
        for (int64_t row = 0; row < numRows; ++row) to[i * kWidth + row] = rows[row * size + i];
      }
    }
  });
}

// self [⌈O / 16⌉, I, 16], weight [O, I]: self becomes what packed_linear wants of the weight.
at::Tensor& packLinear(at::Tensor& self, const at::Tensor& weight) {
  TORCH_CHECK(weight.dim() == 2 && weight.size(1) > 0, "weight must be [out, in], got ",
              weight.sizes());
  const int64_t numPanels = (weight.size(0) + kWidth - 1) / kWidth;
  TORCH_CHECK(self.dim() == 3 && self.size(0) == numPanels && self.size(1) == weight.size(1) &&
                  self.size(2) == kWidth,
              "self must be [", numPanels, ", ", weight.size(1), ", ", kWidth, "] for weight ",
              weight.sizes(), ", got ", self.sizes());
  const at::NoGradGuard noGrad;
  if (isWide(self) && isWide(weight) && self.is_contiguous()) {
    fillPanels(self, weight.contiguous());
    self.unsafeGetTensorImpl()->bump_version();
    return self;
  }
  const int64_t missing = numPanels * kWidth - weight.size(0);
  const at::Tensor filled = at::constant_pad_nd(weight, {0, 0, 0, missing});
  return self.copy_(filled.unflatten(0, {numPanels, kWidth}).transpose(1, 2));
}

TORCH_LIBRARY_FRAGMENT(athanor, library) {
  library.def("pack_linear_(Tensor(a!) self, Tensor weight) -> Tensor(a!)");
}

TORCH_LIBRARY_IMPL(athanor, CompositeImplicitAutograd, library) {
  library.impl("pack_linear_", &packLinear);
}

}  // namespace

}  // namespace athanor::packed_linear
