#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "bf16_products.h"
#include "linear_cross_entropy.h"

namespace athanor::linear_cross_entropy {

namespace {

// Elements of one chunk of logits: large enough for the matrix products to run at full speed,
// small beside the weight of a large vocabulary.
constexpr int64_t kChunkElements = int64_t{1} << 24;

// One pass over the tokens; the state that chunks share.
class Pass {
 public:
  Pass(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& target,
       const Options& options, bool wantInputGradient, bool wantWeightGradient)
      : dtype_(options.computeDtype.value_or(input.scalar_type())),
        accumulateDtype_(dtype_ == at::kDouble ? at::kDouble : at::kFloat),
        productDtype_(isWidened(dtype_, input.device()) ? at::kFloat : dtype_),
        input_(input),
        weight_(factor(weight)),
        ignored_(target.eq(options.ignoreIndex)),
        target_(target.masked_fill(ignored_, 0)),
        loss_(at::zeros({}, input.options().dtype(accumulateDtype_))) {
    TORCH_CHECK_INDEX(
        target_.numel() == 0 ||
            (target_.min().item<int64_t>() >= 0 && target_.max().item<int64_t>() < weight.size(0)),
        "target must hold ids from 0 to ", weight.size(0) - 1, " or ignore_index");
    const auto counted = ignored_.logical_not().sum();
    denominator_ = options.reduction == kMean ? counted.to(accumulateDtype_)
                                              : at::ones({}, loss_.options());
    if (wantInputGradient) inputGradient_ = at::empty_like(input);
    if (wantWeightGradient) weightGradient_ = at::zeros_like(weight);
    // A row's share of the gradient; 0 for ignored rows, also when all are.
    rowScale_ = ignored_.logical_not().to(accumulateDtype_).div_(denominator_.clamp_min(1));
  }

  void run(int64_t chunkSize) {
    for (int64_t start = 0; start < input_.size(0); start += chunkSize) {
      chunk(start, std::min(chunkSize, input_.size(0) - start));
    }
  }

  Result finish(at::ScalarType dtype) {
    return {loss_.div(denominator_).to(dtype), inputGradient_, weightGradient_};
  }

 private:
  void chunk(int64_t start, int64_t length) {
    const auto input = factor(input_.narrow(0, start, length));
    const auto target = target_.narrow(0, start, length).unsqueeze(1);
    const auto scale = rowScale_.narrow(0, start, length).unsqueeze(1);
    auto logprobs = at::log_softmax(at::mm(input, weight_.t()).to(accumulateDtype_), 1);
    const auto ignored = ignored_.narrow(0, start, length).unsqueeze(1);
    loss_.sub_(logprobs.gather(1, target).masked_fill_(ignored, 0).sum());
    if (!inputGradient_.defined() && !weightGradient_.defined()) return;
    auto gradient = logprobs.exp_();
    gradient.scatter_add_(1, target, at::full({1, 1}, -1, gradient.options()).expand({length, 1}));
    // Not `factor`, which would hold the chunk twice.
    gradient = productDtype_ == dtype_ ? gradient.to(dtype_) : gradient.copy_(gradient.to(dtype_));
    if (inputGradient_.defined()) {
      inputGradient_.narrow(0, start, length).copy_(at::mm(gradient, weight_).mul(scale));
    }
    if (weightGradient_.defined()) {
      accumulateWeight(gradient, factor(input.mul(scale)));
    }
  }

  // Rounded to the dtype that the caller asked for, and widened where that multiplies faster.
  at::Tensor factor(const at::Tensor& tensor) const {
    return tensor.to(dtype_).to(productDtype_);
  }

  void accumulateWeight(const at::Tensor& gradient, const at::Tensor& scaledInput) {
    if (weightGradient_.scalar_type() == productDtype_) {
      weightGradient_.addmm_(gradient.t(), scaledInput);
    } else {
      weightGradient_.add_(at::mm(gradient.t(), scaledInput));
    }
  }

  at::ScalarType dtype_;
  at::ScalarType accumulateDtype_;
  at::ScalarType productDtype_;
  at::Tensor input_, weight_, ignored_, target_, loss_, denominator_, rowScale_;
  at::Tensor inputGradient_, weightGradient_;
};

}  // namespace

void checkArguments(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& target,
                    const Options& options) {
  TORCH_CHECK(input.dim() == 2 && weight.dim() == 2 && target.dim() == 1,
              "input must be [tokens, hidden], weight [vocabulary, hidden] and target [tokens]");
  TORCH_CHECK(input.size(1) == weight.size(1), "input and weight must agree in their hidden size (",
              input.size(1), " against ", weight.size(1), ")");
  TORCH_CHECK(input.size(0) == target.size(0), "input and target must agree in their tokens (",
              input.size(0), " against ", target.size(0), ")");
  TORCH_CHECK(input.is_floating_point() && input.scalar_type() == weight.scalar_type(),
              "input and weight must have the same floating dtype");
  TORCH_CHECK(target.scalar_type() == at::kLong, "target must be int64");
  TORCH_CHECK(input.device() == weight.device() && input.device() == target.device(),
              "input, weight and target must be on one device");
  TORCH_CHECK(options.reduction == kMean || options.reduction == kSum,
              "reduction must be 1 (mean) or 2 (sum)");
  TORCH_CHECK(options.chunkSize >= 0, "chunk_size must not be negative");
  TORCH_CHECK(!options.computeDtype || at::isFloatingType(*options.computeDtype),
              "compute_dtype must be a floating dtype");
  TORCH_CHECK(weight.size(0) > 0, "weight must have at least one row");
}

Result compute(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& target,
               const Options& options, bool wantInputGradient, bool wantWeightGradient) {
  checkArguments(input, weight, target, options);
  const at::NoGradGuard noGrad;
  if (input.is_meta()) {
    return {at::empty({}, input.options()), wantInputGradient ? at::empty_like(input) : at::Tensor(),
            wantWeightGradient ? at::empty_like(weight) : at::Tensor()};
  }
  Pass pass(input, weight, target, options, wantInputGradient, wantWeightGradient);
  const int64_t fitting = std::max<int64_t>(kChunkElements / weight.size(0), 1);
  pass.run(options.chunkSize > 0 ? options.chunkSize : fitting);
  return pass.finish(input.scalar_type());
}

}  // namespace athanor::linear_cross_entropy
