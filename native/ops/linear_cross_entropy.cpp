// athanor::linear_cross_entropy: the loss of a language model's head without its logits.
//
//   loss = reduce_n( -log softmax(input_n · weightᵀ)[target_n] )
//
// The logits of all tokens (4,096 × 50,257 floats are 823 MB) and their gradient are the largest
// tensors of a training step. Here a chunk of tokens at a time is multiplied, normalised, turned
// into its gradient softmax(z) - onehot(target) and multiplied back, so that one chunk of logits
// exists at once. Gradients are thus made in the forward pass and scaled in the backward pass,
// which costs the same three matrix products as the two separate operators (the idea is that of
// Hsu et al. 2024, "Liger Kernel", arXiv 2410.10989, §3.2).

#include "linear_cross_entropy.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

namespace athanor::linear_cross_entropy {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

class LinearCrossEntropy : public torch::autograd::Function<LinearCrossEntropy> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& input,
                            const at::Tensor& weight, const at::Tensor& target, Options options) {
    const Result result = compute(input, weight, target, options, input.requires_grad(),
                                  weight.requires_grad());
    context->save_for_backward({result.inputGradient, result.weightGradient});
    return result.loss;
  }

  static variable_list backward(AutogradContext* context, variable_list outputGradients) {
    TORCH_CHECK(!at::GradMode::is_enabled(), "linear_cross_entropy has no second derivative");
    const auto saved = context->get_saved_variables();
    variable_list gradients(4);
    for (size_t i = 0; i < saved.size(); ++i) {
      if (saved[i].defined()) gradients[i] = saved[i].mul(outputGradients[0]);
    }
    return gradients;
  }
};

at::Tensor withoutGradient(const at::Tensor& input, const at::Tensor& weight,
                           const at::Tensor& target, int64_t ignoreIndex, int64_t reduction,
                           int64_t chunkSize, std::optional<at::ScalarType> computeDtype) {
  return compute(input, weight, target, {ignoreIndex, reduction, chunkSize, computeDtype}, false,
                 false)
      .loss;
}

at::Tensor withGradient(const at::Tensor& input, const at::Tensor& weight,
                        const at::Tensor& target, int64_t ignoreIndex, int64_t reduction,
                        int64_t chunkSize, std::optional<at::ScalarType> computeDtype) {
  if (!at::GradMode::is_enabled() || !(input.requires_grad() || weight.requires_grad())) {
    const at::AutoDispatchBelowADInplaceOrView below;
    return withoutGradient(input, weight, target, ignoreIndex, reduction, chunkSize, computeDtype);
  }
  return LinearCrossEntropy::apply(input, weight, target,
                                   Options{ignoreIndex, reduction, chunkSize, computeDtype});
}

TORCH_LIBRARY(athanor, library) {
  library.def(
      "linear_cross_entropy(Tensor input, Tensor weight, Tensor target, *, int ignore_index=-100, "
      "int reduction=1, int chunk_size=0, ScalarType? compute_dtype=None) -> Tensor");
}

TORCH_LIBRARY_IMPL(athanor, CompositeExplicitAutograd, library) {
  library.impl("linear_cross_entropy", &withoutGradient);
}

TORCH_LIBRARY_IMPL(athanor, Autograd, library) {
  library.impl("linear_cross_entropy", &withGradient);
}

}  // namespace

}  // namespace athanor::linear_cross_entropy
