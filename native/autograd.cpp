// Automatic differentiation: LibTorch's engine, asked from JavaScript.

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/variable.h>

#include "convert.h"
#include "exports.h"
#include "guard.h"

namespace athanor {

namespace {

bool readFlag(const Napi::Value& value) { return value.IsBoolean() && value.As<Napi::Boolean>(); }

Napi::Value newHandle(Napi::Env env, const at::Tensor& tensor) {
  if (!tensor.defined()) return env.Null();
  return Napi::Number::New(env, environmentOf(env).tensors.add(tensor));
}

// Gradients handed to the engine: one for each output, null where it is the scalar's own one.
std::vector<at::Tensor> readOutputGradients(const Napi::Value& value) {
  std::vector<at::Tensor> tensors;
  if (!value.IsArray()) return tensors;
  const auto array = value.As<Napi::Array>();
  for (uint32_t i = 0; i < array.Length(); ++i) {
    const Napi::Value element = array[i];
    tensors.push_back(element.IsNull() ? at::Tensor() : readTensor(element));
  }
  return tensors;
}

}  // namespace

Napi::Value setGradEnabled(const Napi::CallbackInfo& info) {
  const bool before = at::GradMode::is_enabled();
  at::GradMode::set_enabled(readFlag(info[0]));
  return Napi::Boolean::New(info.Env(), before);
}

Napi::Value requiresGrad(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), readTensor(info[0]).requires_grad());
}

Napi::Value setRequiresGrad(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = readTensor(info[0]);
  const bool wanted = readFlag(info[1]);
  if (!tensor.is_leaf() && !wanted) {
    throw BadArgument("requiresGrad must stay true on the result of a differentiable operation; "
                      "detach() gives a tensor without history");
  }
  tensor.set_requires_grad(wanted);
  return info.Env().Undefined();
}

Napi::Value isLeaf(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), readTensor(info[0]).is_leaf());
}

Napi::Value gradientFunction(const Napi::CallbackInfo& info) {
  const auto& function = readTensor(info[0]).grad_fn();
  if (!function) return info.Env().Null();
  return Napi::String::New(info.Env(), function->name());
}

Napi::Value retainGrad(const Napi::CallbackInfo& info) {
  readTensor(info[0]).retain_grad();
  return info.Env().Undefined();
}

Napi::Value getGrad(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = readTensor(info[0]);
  // LibTorch warns when a result is asked for the gradient that it never keeps.
  if (!tensor.is_leaf() && !tensor.retains_grad()) return info.Env().Null();
  return newHandle(info.Env(), tensor.grad());
}

Napi::Value setGrad(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = readTensor(info[0]);
  if (info[1].IsNull()) {
    tensor.mutable_grad() = at::Tensor();
    return info.Env().Undefined();
  }
  const at::Tensor& gradient = readTensor(info[1]);
  if (gradient.sizes() != tensor.sizes() || gradient.scalar_type() != tensor.scalar_type() ||
      gradient.device() != tensor.device()) {
    throw BadArgument("a gradient must have the shape, dtype and device of its tensor");
  }
  // Such a pair would keep itself alive for ever.
  if (gradient.is_same(tensor)) throw BadArgument("a gradient must not be its own tensor");
  tensor.mutable_grad() = gradient;
  return info.Env().Undefined();
}

// (tensors, gradients | null, retainGraph, createGraph)
Napi::Value backward(const Napi::CallbackInfo& info) {
  torch::autograd::backward(readTensors(info[0]), readOutputGradients(info[1]), readFlag(info[2]),
                            readFlag(info[3]));
  return info.Env().Undefined();
}

// (outputs, inputs, gradients | null, retainGraph, createGraph, allowUnused) → handles and nulls
Napi::Value gradients(const Napi::CallbackInfo& info) {
  const auto results = torch::autograd::grad(
      readTensors(info[0]), readTensors(info[1]), readOutputGradients(info[2]), readFlag(info[3]),
      readFlag(info[4]), readFlag(info[5]));
  auto handles = Napi::Array::New(info.Env(), results.size());
  for (uint32_t i = 0; i < results.size(); ++i) handles[i] = newHandle(info.Env(), results[i]);
  return handles;
}

}  // namespace athanor
