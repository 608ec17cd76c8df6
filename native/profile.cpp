// Time by operator: what LibTorch tells its observers, added up.

#include <ATen/record_function.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "exports.h"
#include "guard.h"

namespace athanor {

namespace {

using Clock = std::chrono::steady_clock;

struct Total {
  size_t numCalls = 0;
  Clock::duration self{};  // without the operators that it calls
};

// One for the process, because backward passes may run on threads of LibTorch's own.
struct Profile {
  std::mutex mutex;
  std::unordered_map<std::string, Total> totals;
  at::CallbackHandle observer = at::INVALID_CALLBACK_HANDLE;
};

// Never destroyed: a thread may still end an operator while the process exits.
Profile& profile() {
  static auto* instance = new Profile();
  return *instance;
}

struct Running {
  Clock::time_point start;
  Clock::duration inside{};  // spent in operators that it called
};

// The operators that this thread is in, outermost first.
thread_local std::vector<Running> running;

std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction&) {
  running.push_back({Clock::now()});
  return nullptr;
}

void end(const at::RecordFunction& function, at::ObserverContext*) {
  if (running.empty()) return;  // LibTorch goes on when `begin` could not allocate
  const Running ended = running.back();
  running.pop_back();
  const Clock::duration whole = Clock::now() - ended.start;
  if (!running.empty()) running.back().inside += whole;
  const std::lock_guard lock(profile().mutex);
  Total& total = profile().totals[function.name()];
  ++total.numCalls;
  total.self += whole - ended.inside;
}

}  // namespace

Napi::Value beginProfile(const Napi::CallbackInfo& info) {
  const std::lock_guard lock(profile().mutex);
  if (profile().observer != at::INVALID_CALLBACK_HANDLE) {
    throw BadArgument("operators are being profiled already in this process");
  }
  profile().totals.clear();
  profile().observer = at::addGlobalCallback(
      at::RecordFunctionCallback(&begin, &end)
          .scopes({at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION}));
  return info.Env().Undefined();
}

// () → [{name, numCalls, milliseconds}], in no order
Napi::Value endProfile(const Napi::CallbackInfo& info) {
  const std::lock_guard lock(profile().mutex);
  if (profile().observer == at::INVALID_CALLBACK_HANDLE) {
    throw BadArgument("no operators are being profiled in this process");
  }
  at::removeCallback(profile().observer);
  profile().observer = at::INVALID_CALLBACK_HANDLE;
  auto result = Napi::Array::New(info.Env(), profile().totals.size());
  uint32_t index = 0;
  for (const auto& [name, total] : profile().totals) {
    auto row = Napi::Object::New(info.Env());
    row["name"] = name;
    row["numCalls"] = static_cast<double>(total.numCalls);
    row["milliseconds"] = std::chrono::duration<double, std::milli>(total.self).count();
    result[index++] = row;
  }
  return result;
}

}  // namespace athanor
