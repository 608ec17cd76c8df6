// Ownership of tensors: scopes, disposal and the counter of live tensors.

#include "convert.h"
#include "exports.h"
#include "guard.h"

namespace athanor {

namespace {

constexpr int64_t kMaxExternalBytes = int64_t{1} << 44;

std::vector<Handle> readHandles(const Napi::Value& value) {
  std::vector<Handle> handles;
  if (!value.IsArray()) return handles;
  const auto array = value.As<Napi::Array>();
  if (array.Length() > kMaxListLength) {
    throw BadArgument("a scope must be left by less than 2^22 tensors, got " +
                      std::to_string(array.Length()));
  }
  handles.reserve(array.Length());
  for (uint32_t i = 0; i < array.Length(); ++i) {
    const Napi::Value element = array[i];
    if (element.IsNumber()) handles.push_back(element.As<Napi::Number>());
  }
  return handles;
}

}  // namespace

Napi::Value beginScope(const Napi::CallbackInfo& info) {
  environmentOf(info.Env()).tensors.beginScope();
  return info.Env().Undefined();
}

Napi::Value endScope(const Napi::CallbackInfo& info) {
  const auto escaped = environmentOf(info.Env()).tensors.endScope(readHandles(info[0]));
  auto result = Napi::Array::New(info.Env(), escaped.size());
  for (uint32_t i = 0; i < escaped.size(); ++i) result[i] = escaped[i];
  return result;
}

Napi::Value disposeTensor(const Napi::CallbackInfo& info) {
  const bool removed = info[0].IsNumber() &&
      environmentOf(info.Env()).tensors.remove(info[0].As<Napi::Number>());
  return Napi::Boolean::New(info.Env(), removed);
}

Napi::Value releaseTensor(const Napi::CallbackInfo& info) {
  readTensor(info[0]);
  environmentOf(info.Env()).tensors.release(info[0].As<Napi::Number>());
  return info.Env().Undefined();
}

Napi::Value isAlive(const Napi::CallbackInfo& info) {
  const bool alive = info[0].IsNumber() &&
      environmentOf(info.Env()).tensors.find(info[0].As<Napi::Number>()) != nullptr;
  return Napi::Boolean::New(info.Env(), alive);
}

Napi::Value liveTensors(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(),
                           static_cast<double>(environmentOf(info.Env()).tensors.size()));
}

// Tells V8 about tensor memory that only its garbage collector can free: (bytes, may be negative).
Napi::Value adjustExternalMemory(const Napi::CallbackInfo& info) {
  const int64_t bytes = readInt(info.Env(), info[0], "the number of bytes");
  // V8 adds these up without looking, and collects garbage without end when the sum is absurd.
  if (bytes > kMaxExternalBytes || bytes < -kMaxExternalBytes) {
    throw BadArgument("the number of bytes must be below 2^44, got " + std::to_string(bytes));
  }
  Napi::MemoryManagement::AdjustExternalMemory(info.Env(), bytes);
  return info.Env().Undefined();
}

}  // namespace athanor
