// What one JavaScript environment (the main thread or a worker) owns: tensors, resolved
// operators and the function that makes errors. Freed when the environment ends.
#pragma once

#include <napi.h>

#include <ATen/core/stack.h>

#include <memory>
#include <vector>

#include "plan.h"
#include "tensor_table.h"

namespace athanor {

struct Environment {
  TensorTable tensors;
  std::vector<std::unique_ptr<Plan>> plans;
  // The argument stack of the operator being called; empty between calls.
  torch::jit::Stack stack;
  // The dead handle that an error message mentions, so that JavaScript can say where it was made.
  mutable Handle deadHandle = kNoHandle;
  // Makes the JavaScript error for a failed call; set once by src/tensor.
  Napi::FunctionReference makeError;
};

// The environment of this call. Cold exports use it; `call` gets its own through a data pointer.
Environment& environmentOf(Napi::Env env);

}  // namespace athanor
