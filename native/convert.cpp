#include "convert.h"

#include <cmath>

#include "describe.h"
#include "guard.h"

namespace athanor {

napi_value writeResult(napi_env env, Environment& environment, const c10::IValue& value) {
  napi_value result;
  if (value.isTensor()) {
    const at::Tensor& tensor = value.toTensor();
    if (!tensor.defined()) return Napi::Env(env).Null();
    check(env, napi_create_double(env, environment.tensors.add(tensor), &result));
  } else if (value.isInt()) {
    check(env, napi_create_double(env, static_cast<double>(value.toInt()), &result));
  } else if (value.isDouble()) {
    check(env, napi_create_double(env, value.toDouble(), &result));
  } else if (value.isBool()) {
    check(env, napi_get_boolean(env, value.toBool(), &result));
  } else if (value.isTensorList()) {
    const auto tensors = value.toTensorVector();
    check(env, napi_create_array_with_length(env, tensors.size(), &result));
    for (uint32_t i = 0; i < tensors.size(); ++i) {
      check(env, napi_set_element(env, result, i, writeResult(env, environment, tensors[i])));
    }
  } else {
    check(env, napi_get_undefined(env, &result));
  }
  return result;
}

const at::Tensor& readTensor(const Napi::Value& handle) {
  const Environment& environment = environmentOf(handle.Env());
  const at::Tensor* found =
      handle.IsNumber() ? environment.tensors.find(handle.As<Napi::Number>()) : nullptr;
  if (found == nullptr) {
    refuse("the argument", "be a live tensor",
           describeValue(handle.Env(), environment, ArgumentKind::kTensor, handle));
  }
  return *found;
}

std::vector<at::Tensor> readTensors(const Napi::Value& handles) {
  if (!handles.IsArray()) refuse("the argument", "be an array of tensors", "something else");
  const auto array = handles.As<Napi::Array>();
  if (array.Length() > kMaxListLength) refuse("the argument", "be less than 2^22 tensors", "more");
  std::vector<at::Tensor> tensors;
  for (uint32_t i = 0; i < array.Length(); ++i) tensors.push_back(readTensor(array[i]));
  return tensors;
}

int64_t readInt(napi_env env, napi_value value, const std::string& what) {
  double number;
  if (napi_get_value_double(env, value, &number) == napi_ok) {
    if (std::abs(number) <= kMaxSafeInteger && std::trunc(number) == number) {
      return static_cast<int64_t>(number);
    }
  } else if (typeOf(env, value) == napi_bigint) {
    int64_t big;
    bool lossless;
    check(env, napi_get_value_bigint_int64(env, value, &big, &lossless));
    if (lossless) return big;
  }
  refuse(what, "be an integer", describePlain(env, value));
}

std::vector<int64_t> readInts(const Napi::Value& values, const std::string& what) {
  if (!values.IsArray()) refuse(what, "be an array of integers", describePlain(values.Env(), values));
  const auto array = values.As<Napi::Array>();
  if (array.Length() > kMaxListLength) refuse(what, "be an array of less than 2^22", "a longer one");
  std::vector<int64_t> numbers;
  for (uint32_t i = 0; i < array.Length(); ++i) {
    numbers.push_back(readInt(values.Env(), Napi::Value(array[i]), what));
  }
  return numbers;
}

at::ScalarType readDtype(napi_env env, napi_value value, const std::string& what) {
  const int64_t code = readInt(env, value, what);
  if (code < 0 || code >= static_cast<int64_t>(at::ScalarType::NumOptions) ||
      dtypeName(static_cast<at::ScalarType>(code)) == nullptr) {
    refuse(what, "be a dtype that Athanor knows", "the code " + std::to_string(code));
  }
  return static_cast<at::ScalarType>(code);
}

void requireData(const at::Tensor& tensor) {
  if (tensor.is_meta()) throw BadArgument("a meta tensor must be made real first: it has no data");
}

void acceptElements(const at::Tensor& tensor) {
  if (tensor.scalar_type() != at::kBool) return;
  auto* bytes = static_cast<uint8_t*>(tensor.data_ptr());
  for (size_t i = 0; i < tensor.nbytes(); ++i) bytes[i] = bytes[i] != 0;
}

at::Tensor hostCopy(const at::Tensor& tensor) {
  requireData(tensor);
  return tensor.detach().to(at::kCPU).contiguous();
}

}  // namespace athanor
