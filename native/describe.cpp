#include "describe.h"

#include <algorithm>
#include <array>

namespace athanor {

namespace {

constexpr size_t kMaxShownElements = 8;
// Arrays may be nested without end, or hold themselves.
constexpr int kMaxShownDepth = 3;

bool isTensorKind(ArgumentKind kind) {
  return kind == ArgumentKind::kTensor || kind == ArgumentKind::kTensorList ||
      kind == ArgumentKind::kOptionalTensorList;
}

std::string describeNested(napi_env env, const Environment& environment, ArgumentKind kind,
                           napi_value raw, int depth);

// The digits of a bigint as large as JavaScript allows take hours to compute.
std::string describeBigint(const Napi::BigInt& value) {
  if (value.WordCount() > 2) return "a bigint of more than 128 bits";
  return value.ToString();
}

std::string describeArray(napi_env env, const Environment& environment, ArgumentKind element,
                          const Napi::Array& array, int depth) {
  if (depth == kMaxShownDepth) return "[…]";
  std::string text = "[";
  const uint32_t length = array.Length();
  for (uint32_t i = 0; i < std::min<uint32_t>(length, kMaxShownElements); ++i) {
    if (i > 0) text += ", ";
    text += describeNested(env, environment, element, Napi::Value(array[i]), depth + 1);
  }
  if (length > kMaxShownElements) text += ", … " + std::to_string(length) + " in all";
  return text + "]";
}

std::string describeNested(napi_env env, const Environment& environment, ArgumentKind kind,
                           napi_value raw, int depth) {
  const Napi::Value value(env, raw);
  if (value.IsArray()) {
    const bool tensors = kind == ArgumentKind::kTensorList ||
        kind == ArgumentKind::kOptionalTensorList;
    return describeArray(env, environment, tensors ? ArgumentKind::kTensor : ArgumentKind::kScalar,
                         value.As<Napi::Array>(), depth);
  }
  if (!isTensorKind(kind) || !value.IsNumber()) return describePlain(env, raw);
  const Handle handle = value.As<Napi::Number>();
  const at::Tensor* tensor = environment.tensors.find(handle);
  if (tensor != nullptr) return describeTensor(*tensor);
  environment.deadHandle = handle;
  return "a disposed tensor";
}

}  // namespace

const char* dtypeName(at::ScalarType dtype) {
  switch (dtype) {
    case at::kFloat: return "float32";
    case at::kDouble: return "float64";
    case at::kHalf: return "float16";
    case at::kBFloat16: return "bfloat16";
    case at::kByte: return "uint8";
    case at::kChar: return "int8";
    case at::kShort: return "int16";
    case at::kInt: return "int32";
    case at::kLong: return "int64";
    case at::kBool: return "bool";
    case at::kUInt16: return "uint16";
    case at::kUInt32: return "uint32";
    case at::kUInt64: return "uint64";
    default: return nullptr;
  }
}

std::string describeTensor(const at::Tensor& tensor) {
  const char* dtype = dtypeName(tensor.scalar_type());
  std::string text = dtype == nullptr ? c10::toString(tensor.scalar_type()) : dtype;
  text += "[";
  for (int64_t i = 0; i < tensor.dim(); ++i) {
    if (i > 0) text += ", ";
    text += std::to_string(tensor.size(i));
  }
  text += "]";
  if (!tensor.is_cpu()) text += " " + tensor.device().str();
  return text;
}

std::string describePlain(napi_env env, napi_value raw) {
  const Napi::Value value(env, raw);
  if (value.IsString()) {
    const std::string text = value.As<Napi::String>();
    return '"' + (text.size() > 64 ? text.substr(0, 64) + "…" : text) + '"';
  }
  if (value.IsFunction()) return "a function";
  if (value.IsSymbol()) return "a symbol";
  if (value.IsObject()) return "an object";
  if (value.IsBigInt()) return describeBigint(value.As<Napi::BigInt>());
  return value.ToString();
}

std::string describeValue(napi_env env, const Environment& environment, ArgumentKind kind,
                          napi_value raw) {
  return describeNested(env, environment, kind, raw, 0);
}

std::string describeCall(napi_env env, const Environment& environment, const Plan& plan,
                         const napi_value* arguments, size_t count) {
  std::string text = plan.name + "(";
  for (size_t i = 0; i < std::min(count, plan.arguments.size()); ++i) {
    if (Napi::Value(env, arguments[i]).IsUndefined()) continue;
    if (text.back() != '(') text += ", ";
    text += plan.arguments[i].name + ": " +
        describeValue(env, environment, plan.arguments[i].kind, arguments[i]);
  }
  return text + ")";
}

}  // namespace athanor
