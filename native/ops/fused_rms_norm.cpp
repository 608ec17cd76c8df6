// athanor::fused_rms_norm: x / √(mean(x²) + ε) · weight over the last dimension (Zhang & Sennrich
// 2019, arXiv 1910.07467, eq. 4). LibTorch composes it on a CPU of seven operators, and its backward
// pass of a dozen; here a row is read once forward and twice, from the cache, backward.

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <cmath>

#include "wide.h"

namespace athanor::rms_norm {

// Writes what each row was multiplied with, 1 / √(mean(x²) + ε), to `scales`.
ATHANOR_WIDE void forwardRows(const float* in, const float* weight, float epsilon, float* out,
                              float* scales, int64_t numRows, int64_t size) {
  for (int64_t row = 0; row < numRows; ++row, in += size, out += size) {
    float squares = 0;
#pragma omp simd reduction(+ : squares)
    for (int64_t i = 0; i < size; ++i) squares += in[i] * in[i];
    const float scale = 1.0F / std::sqrt(squares / static_cast<float>(size) + epsilon);
    scales[row] = scale;
#pragma omp simd
    for (int64_t i = 0; i < size; ++i) out[i] = in[i] * scale * weight[i];
  }
}

// Adds to `weightGradient`, [size].
ATHANOR_WIDE void backwardRows(const float* gradient, const float* in, const float* weight,
                               const float* scales, float* inGradient, float* weightGradient,
                               int64_t numRows, int64_t size) {
  for (int64_t row = 0; row < numRows; ++row) {
    const float scale = scales[row];
    float product = 0;
#pragma omp simd reduction(+ : product)
    for (int64_t i = 0; i < size; ++i) {
      product += gradient[i] * weight[i] * in[i];
      weightGradient[i] += gradient[i] * in[i] * scale;
    }
    const float pull = product * scale * scale / static_cast<float>(size);
#pragma omp simd
    for (int64_t i = 0; i < size; ++i) {
      inGradient[i] = scale * (gradient[i] * weight[i] - in[i] * pull);
    }
    gradient += size;
    in += size;
    inGradient += size;
  }
}

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Into so many parts rows are cut to add up the weight's gradient, whatever the number of threads:
// its rounding must not depend on them.
constexpr int64_t kNumParts = 16;

struct Result {
  at::Tensor out;
  at::Tensor scales;
};

int64_t grainRows(int64_t size) { return std::max<int64_t>(1, kGrainElements / size); }

Result compute(const at::Tensor& input, const at::Tensor& weight, double epsilon) {
  const int64_t size = weight.numel();
  const int64_t numRows = input.numel() / size;
  Result result{at::empty_like(input), at::empty({numRows}, input.options())};
  const float* in = input.const_data_ptr<float>();
  const float* weights = weight.const_data_ptr<float>();
  float* out = result.out.mutable_data_ptr<float>();
  float* scales = result.scales.mutable_data_ptr<float>();
  at::parallel_for(0, numRows, grainRows(size), [&](int64_t begin, int64_t end) {
    forwardRows(in + begin * size, weights, static_cast<float>(epsilon), out + begin * size,
                scales + begin, end - begin, size);
  });
  return result;
}

class RmsNorm : public torch::autograd::Function<RmsNorm> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& input,
                            const at::Tensor& weight, double epsilon) {
    const Result result = compute(input, weight, epsilon);
    context->save_for_backward({input, weight, result.scales});
    return result.out;
  }

  static variable_list backward(AutogradContext* context, variable_list outputGradients) {
    TORCH_CHECK(!at::GradMode::is_enabled(), "fused_rms_norm has no second derivative in float32");
    const auto saved = context->get_saved_variables();
    const int64_t size = saved[1].numel();
    const int64_t numRows = saved[2].numel();
    const int64_t rowsOfPart = (numRows + kNumParts - 1) / kNumParts;
    const at::Tensor gradient = outputGradients[0].contiguous();
    at::Tensor inputGradient = at::empty_like(saved[0]);
    at::Tensor partGradients = at::zeros({kNumParts, size}, saved[1].options());
    const float* gradients = gradient.const_data_ptr<float>();
    const float* in = saved[0].const_data_ptr<float>();
    const float* weights = saved[1].const_data_ptr<float>();
    const float* scales = saved[2].const_data_ptr<float>();
    float* inGradients = inputGradient.mutable_data_ptr<float>();
    float* parts = partGradients.mutable_data_ptr<float>();
    const int64_t grain = std::max<int64_t>(1, grainRows(size) / std::max<int64_t>(1, rowsOfPart));
    at::parallel_for(0, kNumParts, grain, [&](int64_t first, int64_t last) {
      for (int64_t part = first; part < last; ++part) {
        const int64_t begin = std::min(part * rowsOfPart, numRows);
        const int64_t end = std::min(begin + rowsOfPart, numRows);
        backwardRows(gradients + begin * size, in + begin * size, weights, scales + begin,
                     inGradients + begin * size, parts + part * size, end - begin, size);
      }
    });
    return {inputGradient, partGradients.sum(0), at::Tensor()};
  }
};

at::Tensor fusedRmsNorm(const at::Tensor& input, const at::Tensor& weight, double epsilon) {
  TORCH_CHECK(weight.dim() == 1 && weight.numel() > 0, "weight must be [size], size from 1 on, got ",
              weight.sizes());
  TORCH_CHECK(input.dim() > 0 && input.size(-1) == weight.numel(),
              "the last dimension of input must be that of weight, ", weight.numel(), ", got ",
              input.sizes());
  if (!isWide(input) || !isWide(weight)) {
    return at::rms_norm(input, weight.sizes(), weight, epsilon);
  }
  const at::Tensor rows = input.contiguous();
  const at::Tensor weights = weight.contiguous();
  const bool wantsGradient = rows.requires_grad() || weights.requires_grad();
  if (!at::GradMode::is_enabled() || !wantsGradient) return compute(rows, weights, epsilon).out;
  return RmsNorm::apply(rows, weights, epsilon);
}

TORCH_LIBRARY_FRAGMENT(athanor, library) {
  library.def("fused_rms_norm(Tensor input, Tensor weight, float epsilon) -> Tensor");
}

TORCH_LIBRARY_IMPL(athanor, CompositeImplicitAutograd, library) {
  library.impl("fused_rms_norm", &fusedRmsNorm);
}

}  // namespace

}  // namespace athanor::rms_norm
