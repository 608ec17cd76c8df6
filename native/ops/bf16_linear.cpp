// athanor::bf16_linear: x Wᵀ + b in bfloat16. On a processor without instructions for it LibTorch
// multiplies bfloat16 8 to 200 times as slowly as float32; there the factors are widened, multiplied
// in float32 and the result rounded. For the backward pass input and weight are kept as they came.
//
// Shapes: `*` any leading dimensions, N all of them, I in, O out.

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <optional>

#include "bf16_products.h"

namespace athanor::bf16_linear {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// For fewer rows LibTorch's product, which is one of vectors, takes less time than widening a weight.
constexpr int64_t kWidenedRows = 4;

at::Tensor rounded(const at::Tensor& tensor) { return tensor.to(at::kBFloat16); }

// What a factor is in bfloat16, in float32.
at::Tensor factor(const at::Tensor& tensor) { return widened(rounded(tensor)); }

at::Tensor compute(const at::Tensor& input, const at::Tensor& weight,
                   const std::optional<at::Tensor>& bias) {
  const auto added = bias ? std::make_optional(factor(*bias)) : std::nullopt;
  return rounded(at::linear(factor(input), factor(weight), added));
}

class Bf16Linear : public torch::autograd::Function<Bf16Linear> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& input,
                            const at::Tensor& weight, const std::optional<at::Tensor>& bias) {
    context->save_for_backward({input, weight});
    if (bias) context->saved_data["biasDtype"] = bias->scalar_type();
    return compute(input, weight, bias);
  }

  static variable_list backward(AutogradContext* context, variable_list outputGradients) {
    TORCH_CHECK(!at::GradMode::is_enabled(), "bf16_linear has no second derivative");
    const auto saved = context->get_saved_variables();
    const at::Tensor gradient = widened(outputGradients[0]).flatten(0, -2);  // [N, O]
    variable_list gradients(3);
    if (context->needs_input_grad(0)) {
      gradients[0] = rounded(at::mm(gradient, factor(saved[1]))).view(saved[0].sizes());
    }
    if (context->needs_input_grad(1)) {
      const at::Tensor input = widened(saved[0]).flatten(0, -2);
      gradients[1] = rounded(at::mm(gradient.t(), input)).to(saved[1].scalar_type());
    }
    const auto biasDtype = context->saved_data.find("biasDtype");
    if (biasDtype != context->saved_data.end() && context->needs_input_grad(2)) {
      gradients[2] = rounded(gradient.sum(0)).to(biasDtype->second.toScalarType());
    }
    return gradients;
  }
};

// input [*, I], weight [O, I], bias [O] → [*, O]
at::Tensor bf16Linear(const at::Tensor& input, const at::Tensor& weight,
                      const std::optional<at::Tensor>& bias) {
  TORCH_CHECK(input.scalar_type() == at::kBFloat16, "input must be bfloat16, got ",
              input.scalar_type());
  TORCH_CHECK(weight.is_floating_point() && bias.value_or(weight).is_floating_point(),
              "weight and bias must be of a floating dtype");
  const bool isRecorded =
      at::GradMode::is_enabled() && (input.requires_grad() || weight.requires_grad() ||
                                     (bias.has_value() && bias->requires_grad()));
  const bool isLarge = isRecorded || input.numel() >= kWidenedRows * weight.size(-1);
  if (!isLarge || !isWidened(input.scalar_type(), input.device())) {
    const auto added = bias ? std::make_optional(rounded(*bias)) : std::nullopt;
    return at::linear(input, rounded(weight), added);
  }
  TORCH_CHECK(input.dim() > 1 && weight.dim() == 2 && input.size(-1) == weight.size(1),
              "input must be [*, in] and weight [out, in], got ", input.sizes(), " and ",
              weight.sizes());
  return isRecorded ? Bf16Linear::apply(input, weight, bias) : compute(input, weight, bias);
}

TORCH_LIBRARY_FRAGMENT(athanor, library) {
  library.def("bf16_linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor");
}

TORCH_LIBRARY_IMPL(athanor, CompositeImplicitAutograd, library) {
  library.impl("bf16_linear", &bf16Linear);
}

}  // namespace

}  // namespace athanor::bf16_linear
