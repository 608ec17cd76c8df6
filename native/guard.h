// The one place where C++ exceptions become JavaScript errors. Every export passes through it, so
// no exception of LibTorch, of the standard library or of ours can end the process.
#pragma once

#include <napi.h>

#include <stdexcept>
#include <string>

namespace athanor {

// A call refused before it reached LibTorch. Its text is a whole sentence for the user.
struct BadArgument : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] inline void refuse(const std::string& what, const std::string& must,
                                const std::string& got) {
  throw BadArgument(what + " must " + must + ", got " + got);
}

// Turns the exception in flight into a pending JavaScript exception. `context`, when not empty,
// is put in front of LibTorch's own message.
void throwCurrentException(napi_env env, const std::string& context = "") noexcept;

using ColdExport = Napi::Value (*)(const Napi::CallbackInfo&);
using HotExport = napi_value (*)(napi_env, napi_callback_info);

template <ColdExport function>
napi_value guarded(napi_env env, napi_callback_info raw) noexcept {
  try {
    const Napi::CallbackInfo info(env, raw);
    return function(info);
  } catch (...) {
    throwCurrentException(env);
    return nullptr;
  }
}

template <HotExport function>
napi_value guarded(napi_env env, napi_callback_info raw) noexcept {
  try {
    return function(env, raw);
  } catch (...) {
    throwCurrentException(env);
    return nullptr;
  }
}

// Checks the status of a Node-API call.
inline void check(napi_env env, napi_status status) {
  if (status != napi_ok) throw Napi::Error::New(env);
}

// Adds a function to the exports.
template <ColdExport function>
void addExport(Napi::Env env, Napi::Object target, const char* name) {
  napi_value value;
  check(env, napi_create_function(env, name, NAPI_AUTO_LENGTH, guarded<function>, nullptr, &value));
  target[name] = value;
}

}  // namespace athanor
