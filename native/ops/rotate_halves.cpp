// athanor::rotate_halves: rotary positions (Su et al. 2021, arXiv 2104.09864, eq. 34), element i with
// element i + D/2, in one pass over memory. As separate operators it takes five forward, seven back.
//
// Shapes: B batch, H heads, T positions, D head size.

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include "wide.h"

namespace athanor::rotate_halves {

// (a, b) → (a·cos − b·sin, b·cos + a·sin), a and b the halves of `in`; `size` is that of a half.
ATHANOR_WIDE void forwardRow(const float* in, const float* cos, const float* sin, float* out,
                             int64_t size) {
#pragma omp simd
  for (int64_t i = 0; i < size; ++i) {
    const float a = in[i];
    const float b = in[size + i];
    out[i] = a * cos[i] - b * sin[i];
    out[size + i] = b * cos[size + i] + a * sin[size + i];
  }
}

// The transpose of that.
ATHANOR_WIDE void backwardRow(const float* in, const float* cos, const float* sin, float* out,
                              int64_t size) {
#pragma omp simd
  for (int64_t i = 0; i < size; ++i) {
    const float a = in[i];
    const float b = in[size + i];
    out[i] = a * cos[i] + b * sin[size + i];
    out[size + i] = b * cos[size + i] - a * sin[i];
  }
}

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Rows whose elements are next to each other.
at::Tensor withDenseRows(const at::Tensor& tensor) {
  return tensor.stride(-1) == 1 ? tensor : tensor.contiguous();
}

// input [B, H, T, D], cos and sin [B or 1, 1, T, D] → [B, H, T, D], in memory as [B, T, H, D]: there
// attention leaves its own, too.
at::Tensor compute(const at::Tensor& input, const at::Tensor& cos, const at::Tensor& sin,
                   decltype(forwardRow)* row) {
  const int64_t numHeads = input.size(1);
  const int64_t length = input.size(2);
  const int64_t size = input.size(3);
  const at::Tensor in = withDenseRows(input);
  at::Tensor out = at::empty({input.size(0), length, numHeads, size}, input.options());
  const int64_t tableStride = cos.size(0) == 1 ? 0 : length * size;
  const float* ins = in.const_data_ptr<float>();
  const float* cosines = cos.const_data_ptr<float>();
  const float* sines = sin.const_data_ptr<float>();
  float* outs = out.mutable_data_ptr<float>();
  const int64_t width = numHeads * size;
  const int64_t grain = std::max<int64_t>(1, kGrainElements / std::max<int64_t>(1, width));
  at::parallel_for(0, input.size(0) * length, grain, [&](int64_t begin, int64_t end) {
    for (int64_t place = begin; place < end; ++place) {
      const int64_t batch = place / length;
      const int64_t position = place % length;
      const int64_t table = batch * tableStride + position * size;
      const float* from = ins + batch * in.stride(0) + position * in.stride(2);
      for (int64_t head = 0; head < numHeads; ++head) {
        row(from + head * in.stride(1), cosines + table, sines + table,
            outs + place * width + head * size, size / 2);
      }
    }
  });
  return out.transpose(1, 2);
}

class RotateHalves : public torch::autograd::Function<RotateHalves> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& input,
                            const at::Tensor& cos, const at::Tensor& sin) {
    context->save_for_backward({cos, sin});
    return compute(input, cos, sin, &forwardRow);
  }

  static variable_list backward(AutogradContext* context, variable_list outputGradients) {
    TORCH_CHECK(!at::GradMode::is_enabled(), "rotate_halves has no second derivative in float32");
    const auto saved = context->get_saved_variables();
    return {compute(outputGradients[0], saved[0], saved[1], &backwardRow), at::Tensor(),
            at::Tensor()};
  }
};

at::Tensor composed(const at::Tensor& input, const at::Tensor& cos, const at::Tensor& sin) {
  const auto halves = input.chunk(2, -1);
  const at::Tensor turned = at::cat({halves[1].neg(), halves[0]}, -1);
  return input.mul(cos.to(input.scalar_type())).add(turned.mul(sin.to(input.scalar_type())));
}

void checkTable(const at::Tensor& input, const at::Tensor& table, const char* name) {
  const bool isShared = table.dim() == 2;
  TORCH_CHECK(isShared || (table.dim() == 4 && table.size(1) == 1 &&
                           (table.size(0) == input.size(0) || table.size(0) == 1)),
              name, " must be [T, D] or [B, 1, T, D], got ", table.sizes());
  TORCH_CHECK(table.size(-2) == input.size(2) && table.size(-1) == input.size(3), name,
              " must have the positions and the head size of input ", input.sizes(), ", got ",
              table.sizes());
  TORCH_CHECK(!table.requires_grad(), name, " must not want a gradient");
}

at::Tensor rotateHalves(const at::Tensor& input, const at::Tensor& cos, const at::Tensor& sin) {
  TORCH_CHECK(input.dim() == 4 && input.size(3) % 2 == 0,
              "input must be [B, H, T, D] with an even D, got ", input.sizes());
  checkTable(input, cos, "cos");
  checkTable(input, sin, "sin");
  TORCH_CHECK(cos.sizes() == sin.sizes(), "cos and sin must have one shape");
  if (!isWide(input) || !isWide(cos) || !isWide(sin)) return composed(input, cos, sin);
  const auto table = [](const at::Tensor& each) {
    return (each.dim() == 2 ? each.unsqueeze(0).unsqueeze(0) : each).contiguous();
  };
  const at::Tensor cosines = table(cos);
  const at::Tensor sines = table(sin);
  if (!at::GradMode::is_enabled() || !input.requires_grad()) {
    return compute(input, cosines, sines, &forwardRow);
  }
  return RotateHalves::apply(input, cosines, sines);
}

TORCH_LIBRARY_FRAGMENT(athanor, library) {
  library.def("rotate_halves(Tensor input, Tensor cos, Tensor sin) -> Tensor");
}

TORCH_LIBRARY_IMPL(athanor, CompositeImplicitAutograd, library) {
  library.impl("rotate_halves", &rotateHalves);
}

}  // namespace

}  // namespace athanor::rotate_halves
