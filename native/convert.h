// Values between JavaScript and LibTorch, by the kinds of a plan.
#pragma once

#include <napi.h>

#include <string>

#include "environment.h"
#include "guard.h"

namespace athanor {

constexpr double kMaxSafeInteger = 9007199254740991.0;

// `new Array(4e9)` costs nothing in JavaScript; reading it would take minutes.
constexpr uint32_t kMaxListLength = uint32_t{1} << 22;

inline napi_valuetype typeOf(napi_env env, napi_value value) {
  napi_valuetype type;
  check(env, napi_typeof(env, value, &type));
  return type;
}

// One argument of an operator. `value` may be undefined, which means the schema's default.
// Throws BadArgument with `operator.argument must be …, got …`.
c10::IValue readArgument(napi_env env, Environment& environment, const Plan& plan,
                         const ArgumentPlan& argument, napi_value value);

// A result: tensors become handles in the innermost scope, lists arrays, nothing undefined.
napi_value writeResult(napi_env env, Environment& environment, const c10::IValue& value);

// The tensor of a handle in a cold export. Throws BadArgument when it is not alive.
const at::Tensor& readTensor(const Napi::Value& handle);

// An array of handles.
std::vector<at::Tensor> readTensors(const Napi::Value& handles);

// Throws BadArgument for a meta tensor.
void requireData(const at::Tensor& tensor);

// To be called when bytes from outside were copied into a CPU tensor: booleans become 0 or 1, which
// LibTorch's kernels rely on.
void acceptElements(const at::Tensor& tensor);

// A contiguous CPU tensor of the same values, without autograd history; no copy where none is
// needed. Throws BadArgument for a meta tensor.
at::Tensor hostCopy(const at::Tensor& tensor);

// A whole number in the range that a double holds exactly, or a bigint in the range of int64.
// Throws BadArgument with `what` in front.
int64_t readInt(napi_env env, napi_value value, const std::string& what);

std::vector<int64_t> readInts(const Napi::Value& values, const std::string& what);

// A dtype code of src/tensor/dtype.ts, which are LibTorch's own numbers.
at::ScalarType readDtype(napi_env env, napi_value value, const std::string& what);

}  // namespace athanor
