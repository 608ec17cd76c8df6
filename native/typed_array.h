// JavaScript's typed arrays, by the dtypes whose elements they hold.
#pragma once

#include <napi.h>

#include <ATen/core/Tensor.h>

namespace athanor {

// The memory of a typed array; valid until JavaScript runs again, which may take it away.
struct ArrayBytes {
  void* data;
  size_t length;
};

// Throws BadArgument unless the value is the typed array that holds such elements.
ArrayBytes readTypedArray(const Napi::Value& value, at::ScalarType dtype);

// A new one of zeros. Throws a RangeError when it would be too long or does not fit into memory.
Napi::Value newTypedArray(Napi::Env env, at::ScalarType dtype, int64_t length);

}  // namespace athanor
