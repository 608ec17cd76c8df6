// Values as they read in error messages.
#pragma once

#include <napi.h>

#include <string>

#include "environment.h"

namespace athanor {

// "float32", …; nullptr for the dtypes that Athanor does not offer (complex, quantized, …).
const char* dtypeName(at::ScalarType dtype);

// `float32[2, 3]`; the device is added where it is not the CPU.
std::string describeTensor(const at::Tensor& tensor);

// A JavaScript value that is no tensor: `1.5`, `"abc"`, `null`, `[1, 2]`, `an object`.
std::string describePlain(napi_env env, napi_value value);

// An argument of the given kind; handles of tensor arguments are looked up.
std::string describeValue(napi_env env, const Environment& environment, ArgumentKind kind,
                          napi_value value);

// A whole failed call: `add.Tensor(self: float32[2], other: float32[3])`.
std::string describeCall(napi_env env, const Environment& environment, const Plan& plan,
                         const napi_value* arguments, size_t count);

}  // namespace athanor
