// athanor::swiglu: silu(gate) · up (Shazeer 2020, arXiv 2002.05202, eq. 6), in one pass over memory
// forward and one backward; as separate operators it takes two and three, and keeps silu(gate).

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include "wide.h"

namespace athanor::swiglu {

ATHANOR_WIDE void forwardLoop(const float* gate, const float* up, float* out, int64_t count) {
#pragma omp simd
  for (int64_t i = 0; i < count; ++i) {
    out[i] = gate[i] / (1.0F + wideExp(-gate[i])) * up[i];
  }
}

ATHANOR_WIDE void backwardLoop(const float* gradient, const float* gate, const float* up,
                               float* gateGradient, float* upGradient, int64_t count) {
#pragma omp simd
  for (int64_t i = 0; i < count; ++i) {
    const float sigmoid = 1.0F / (1.0F + wideExp(-gate[i]));
    const float silu = gate[i] * sigmoid;
    gateGradient[i] = gradient[i] * up[i] * (sigmoid + silu * (1.0F - sigmoid));
    upGradient[i] = gradient[i] * silu;
  }
}

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor compute(const at::Tensor& gate, const at::Tensor& up) {
  at::Tensor out = at::empty_like(gate);
  const float* gates = gate.const_data_ptr<float>();
  const float* ups = up.const_data_ptr<float>();
  float* outs = out.mutable_data_ptr<float>();
  at::parallel_for(0, gate.numel(), kGrainElements, [&](int64_t begin, int64_t end) {
    forwardLoop(gates + begin, ups + begin, outs + begin, end - begin);
  });
  return out;
}

class Swiglu : public torch::autograd::Function<Swiglu> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& gate,
                            const at::Tensor& up) {
    context->save_for_backward({gate, up});
    return compute(gate, up);
  }

  static variable_list backward(AutogradContext* context, variable_list outputGradients) {
    TORCH_CHECK(!at::GradMode::is_enabled(), "swiglu has no second derivative in float32");
    const auto saved = context->get_saved_variables();
    const at::Tensor gradient = outputGradients[0].contiguous();
    at::Tensor gateGradient = at::empty_like(saved[0]);
    at::Tensor upGradient = at::empty_like(saved[1]);
    const float* gradients = gradient.const_data_ptr<float>();
    const float* gates = saved[0].const_data_ptr<float>();
    const float* ups = saved[1].const_data_ptr<float>();
    float* gateGradients = gateGradient.mutable_data_ptr<float>();
    float* upGradients = upGradient.mutable_data_ptr<float>();
    at::parallel_for(0, gradient.numel(), kGrainElements, [&](int64_t begin, int64_t end) {
      backwardLoop(gradients + begin, gates + begin, ups + begin, gateGradients + begin,
                   upGradients + begin, end - begin);
    });
    return {gateGradient, upGradient};
  }
};

at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up) {
  TORCH_CHECK(gate.sizes() == up.sizes(), "gate and up must have one shape, got ", gate.sizes(),
              " and ", up.sizes());
  if (!isWide(gate) || !isWide(up)) return at::silu(gate).mul(up);
  const at::Tensor gates = gate.contiguous();
  const at::Tensor ups = up.contiguous();
  const bool wantsGradient = gates.requires_grad() || ups.requires_grad();
  if (!at::GradMode::is_enabled() || !wantsGradient) return compute(gates, ups);
  return Swiglu::apply(gates, ups);
}

TORCH_LIBRARY_FRAGMENT(athanor, library) {
  library.def("swiglu(Tensor gate, Tensor up) -> Tensor");
}

TORCH_LIBRARY_IMPL(athanor, CompositeImplicitAutograd, library) {
  library.impl("swiglu", &swiglu);
}

}  // namespace

}  // namespace athanor::swiglu
