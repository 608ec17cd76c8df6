// Data in and out of tensors: typed arrays and single items.

#include <ATen/Functions.h>

#include <cstring>

#include "convert.h"
#include "describe.h"
#include "exports.h"
#include "guard.h"
#include "typed_array.h"

namespace athanor {

namespace {

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
  const at::Tensor tensor = readTensor(info[0]);
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
  const ArrayBytes bytes = readTypedArray(info[0], dtype);
  const auto length = static_cast<int64_t>(bytes.length / c10::elementSize(dtype));
  if (checkedCount(shape) != length) {
    throw BadArgument("the shape must hold as many elements as the data (" +
                      std::to_string(length) + "), got " + std::to_string(checkedCount(shape)));
  }
  at::Tensor tensor = at::empty(shape, at::dtype(dtype));
  copyBytes(tensor.data_ptr(), bytes.data, bytes.length);
  acceptElements(tensor);
  Environment& environment = environmentOf(info.Env());
  return Napi::Number::New(info.Env(), environment.tensors.add(std::move(tensor)));
}

Napi::Value toTypedArray(const Napi::CallbackInfo& info) {
  // No reference, for JavaScript runs below and may dispose of it.
  const at::Tensor source = readTensor(info[0]);
  requireData(source);
  const at::ScalarType dtype = source.scalar_type();
  const Napi::Value array = newTypedArray(info.Env(), dtype, source.numel());
  const at::Tensor tensor = hostCopy(source);
  const ArrayBytes bytes = readTypedArray(array, dtype);
  if (bytes.length != tensor.nbytes()) throw BadArgument("typed arrays must be JavaScript's own");
  copyBytes(bytes.data, tensor.data_ptr(), bytes.length);
  return array;
}

Napi::Value copyFromTypedArray(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = readTensor(info[0]);
  const ArrayBytes bytes = readTypedArray(info[1], tensor.scalar_type());
  if (!tensor.is_cpu() || !tensor.is_contiguous() || bytes.length != tensor.nbytes()) {
    throw BadArgument("copyFrom must get a contiguous CPU tensor and " +
                      std::to_string(tensor.nbytes()) + " bytes, got " + describeTensor(tensor) +
                      " and " + std::to_string(bytes.length) + " bytes");
  }
  copyBytes(tensor.data_ptr(), bytes.data, bytes.length);
  acceptElements(tensor);
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
