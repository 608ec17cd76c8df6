#include "guard.h"

#include <c10/util/Exception.h>

#include <new>

#include "environment.h"

namespace athanor {

namespace {

std::string withContext(const std::string& context, const std::string& message) {
  return context.empty() ? message : context + ": " + message;
}

// The text of the exception in flight. LibTorch's C++ backtraces are left out: they name frames
// of its build, which help no user.
std::string describeCurrentException(const std::string& context) {
  try {
    throw;
  } catch (const BadArgument& error) {
    return error.what();
  } catch (const c10::Error& error) {
    return withContext(context, error.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    return withContext(context, "out of memory");
  } catch (const std::exception& error) {
    return withContext(context, error.what());
  } catch (...) {
    return withContext(context, "an exception of unknown type");
  }
}

void throwMessage(napi_env rawEnv, const std::string& message) {
  const Napi::Env env(rawEnv);
  const Environment& environment = environmentOf(env);
  if (environment.makeError.IsEmpty()) throw Napi::Error::New(env, message);
  std::vector<napi_value> arguments{Napi::String::New(env, message)};
  if (environment.deadHandle != kNoHandle) {
    arguments.push_back(Napi::Number::New(env, environment.deadHandle));
    environment.deadHandle = kNoHandle;
  }
  const Napi::Value error = environment.makeError.Call(arguments);
  check(env, napi_throw(env, error));
}

// In a worker that is being terminated nothing can be thrown any more, and nobody would catch it.
void throwAgain(const Napi::Error& error) noexcept {
  try {
    error.ThrowAsJavaScriptException();
  } catch (...) {
  }
}

}  // namespace

void throwCurrentException(napi_env env, const std::string& context) noexcept {
  try {
    try {
      throw;
    } catch (const Napi::Error& error) {
      throwAgain(error);
      return;
    } catch (...) {
      throwMessage(env, describeCurrentException(context));
    }
  } catch (const Napi::Error& error) {
    throwAgain(error);
  } catch (...) {
    napi_throw_error(env, nullptr, "athanor: out of memory while reporting an error");
  }
}

}  // namespace athanor
