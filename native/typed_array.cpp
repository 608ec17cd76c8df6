#include "typed_array.h"

#include <string>

#include "describe.h"
#include "guard.h"

namespace athanor {

namespace {

struct ArrayKind {
  napi_typedarray_type type;
  const char* constructor;
};

// The typed array that holds a dtype's elements; 16-bit floats travel as their bits.
ArrayKind arrayKindOf(at::ScalarType dtype) {
  switch (dtype) {
    case at::kFloat: return {napi_float32_array, "Float32Array"};
    case at::kDouble: return {napi_float64_array, "Float64Array"};
    case at::kChar: return {napi_int8_array, "Int8Array"};
    case at::kShort: return {napi_int16_array, "Int16Array"};
    case at::kInt: return {napi_int32_array, "Int32Array"};
    case at::kUInt32: return {napi_uint32_array, "Uint32Array"};
    case at::kLong: return {napi_bigint64_array, "BigInt64Array"};
    case at::kUInt64: return {napi_biguint64_array, "BigUint64Array"};
    case at::kByte:
    case at::kBool: return {napi_uint8_array, "Uint8Array"};
    case at::kHalf:
    case at::kBFloat16:
    case at::kUInt16: return {napi_uint16_array, "Uint16Array"};
    default: throw BadArgument("the dtype must be one that JavaScript can hold");
  }
}

}  // namespace

ArrayBytes readTypedArray(const Napi::Value& value, at::ScalarType dtype) {
  if (!value.IsTypedArray()) throw BadArgument("the data must be a typed array");
  const auto array = value.As<Napi::TypedArray>();
  if (array.TypedArrayType() != arrayKindOf(dtype).type) {
    throw BadArgument(std::string("the typed array must be of the kind that holds ") +
                      dtypeName(dtype));
  }
  auto* base = static_cast<char*>(array.ArrayBuffer().Data());
  return {base + array.ByteOffset(), array.ByteLength()};
}

// Through JavaScript's own constructor: asked by C++ for an array that is too long or does not fit
// into memory, V8 ends the process; asked by JavaScript, it throws.
Napi::Value newTypedArray(Napi::Env env, at::ScalarType dtype, int64_t length) {
  const auto constructor = env.Global().Get(arrayKindOf(dtype).constructor).As<Napi::Function>();
  return constructor.New({Napi::Number::New(env, static_cast<double>(length))});
}

}  // namespace athanor
