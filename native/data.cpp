// Data in and out of tensors: typed arrays and single items.

#include <ATen/Functions.h>

#include <cstring>

#include "convert.h"
#include "describe.h"
#include "exports.h"
#include "guard.h"

namespace athanor {

namespace {

// The typed array that holds a dtype's elements; 16-bit floats travel as their bits.
napi_typedarray_type arrayTypeOf(at::ScalarType dtype) {
  switch (dtype) {
    case at::kFloat: return napi_float32_array;
    case at::kDouble: return napi_float64_array;
    case at::kChar: return napi_int8_array;
    case at::kShort: return napi_int16_array;
    case at::kInt: return napi_int32_array;
    case at::kUInt32: return napi_uint32_array;
    case at::kLong: return napi_bigint64_array;
    case at::kUInt64: return napi_biguint64_array;
    case at::kByte:
    case at::kBool: return napi_uint8_array;
    case at::kHalf:
    case at::kBFloat16:
    case at::kUInt16: return napi_uint16_array;
    default: throw BadArgument("the dtype must be one that JavaScript can hold");
  }
}

struct Bytes {
  void* data;
  size_t length;
};

Bytes readTypedArray(const Napi::Value& value, at::ScalarType dtype) {
  if (!value.IsTypedArray()) throw BadArgument("the data must be a typed array");
  const auto array = value.As<Napi::TypedArray>();
  if (array.TypedArrayType() != arrayTypeOf(dtype)) {
    throw BadArgument(std::string("the typed array must be of the kind that holds ") +
                      dtypeName(dtype));
  }
  auto* base = static_cast<char*>(array.ArrayBuffer().Data());
  return {base + array.ByteOffset(), array.ByteLength()};
}

// memcpy must not be given null, which an empty tensor's data is.
void copyBytes(void* to, const void* from, size_t length) {
  if (length > 0) std::memcpy(to, from, length);
}

int64_t checkedCount(const std::vector<int64_t>& shape) {
  int64_t count = 1;
  for (const int64_t size : shape) {
    if (size < 0 || __builtin_mul_overflow(count, size, &count)) {
      throw BadArgument("the shape must hold non-negative sizes whose product fits in 63 bits");
    }
  }
  return count;
}

Napi::Value itemValue(Napi::Env env, const at::Scalar& item) {
  if (item.isBoolean()) return Napi::Boolean::New(env, item.toBool());
  if (item.isFloatingPoint()) return Napi::Number::New(env, item.toDouble());
  const int64_t integer = item.toLong();
  if (std::abs(static_cast<double>(integer)) > 9007199254740991.0) {
    throw BadArgument("item must fit in a number without rounding (2^53), got " +
                      std::to_string(integer));
  }
  return Napi::Number::New(env, static_cast<double>(integer));
}

}  // namespace

Napi::Value tensorInfo(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = readTensor(info[0]);
  auto result = Napi::Array::New(info.Env(), 2 + tensor.dim());
  result[0u] = static_cast<double>(tensor.scalar_type());
  result[1u] = tensor.device().str();
  for (int64_t i = 0; i < tensor.dim(); ++i) {
    result[static_cast<uint32_t>(2 + i)] = static_cast<double>(tensor.size(i));
  }
  return result;
}

Napi::Value fromTypedArray(const Napi::CallbackInfo& info) {
  const at::ScalarType dtype = readDtype(info.Env(), info[1], "dtype");
  const std::vector<int64_t> shape = readInts(info[2], "shape");
  // Last, because a getter in `shape` could take the array's memory away.
  const Bytes bytes = readTypedArray(info[0], dtype);
  const auto length = static_cast<int64_t>(bytes.length / c10::elementSize(dtype));
  if (checkedCount(shape) != length) {
    throw BadArgument("the shape must hold as many elements as the data (" +
                      std::to_string(length) + "), got " + std::to_string(checkedCount(shape)));
  }
  at::Tensor tensor = at::empty(shape, at::dtype(dtype));
  copyBytes(tensor.data_ptr(), bytes.data, bytes.length);
  Environment& environment = environmentOf(info.Env());
  return Napi::Number::New(info.Env(), environment.tensors.add(std::move(tensor)));
}

Napi::Value toTypedArray(const Napi::CallbackInfo& info) {
  const at::Tensor tensor = hostCopy(readTensor(info[0]));
  auto buffer = Napi::ArrayBuffer::New(info.Env(), tensor.nbytes());
  copyBytes(buffer.Data(), tensor.data_ptr(), tensor.nbytes());
  napi_value array;
  check(info.Env(), napi_create_typedarray(info.Env(), arrayTypeOf(tensor.scalar_type()),
                                           tensor.numel(), buffer, 0, &array));
  return {info.Env(), array};
}

Napi::Value copyFromTypedArray(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = readTensor(info[0]);
  const Bytes bytes = readTypedArray(info[1], tensor.scalar_type());
  if (!tensor.is_cpu() || !tensor.is_contiguous() || bytes.length != tensor.nbytes()) {
    throw BadArgument("copyFrom must get a contiguous CPU tensor and " +
                      std::to_string(tensor.nbytes()) + " bytes, got " + describeTensor(tensor) +
                      " and " + std::to_string(bytes.length) + " bytes");
  }
  copyBytes(tensor.data_ptr(), bytes.data, bytes.length);
  tensor.unsafeGetTensorImpl()->bump_version();
  return info.Env().Undefined();
}

Napi::Value tensorItem(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = readTensor(info[0]);
  if (tensor.numel() != 1 || tensor.is_meta()) {
    throw BadArgument("item must be asked of a tensor with one element, got " +
                      describeTensor(tensor));
  }
  return itemValue(info.Env(), tensor.item());
}

}  // namespace athanor
