// What belongs to the whole process: threads, seeds, memory and how LibTorch was built.

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <latch>
#include <system_error>
#include <thread>
#include <vector>

#include "convert.h"
#include "describe.h"
#include "exports.h"
#include "guard.h"
#include "host_memory.h"
#include "ops/bf16_products.h"

namespace athanor {

namespace {

// Starts that many threads at once and ends them: when the system refuses one later (a limit of the
// user or the container), the OpenMP runtime ends the process.
void requireThreads(size_t count) {
  std::latch started(1);
  std::vector<std::thread> threads;
  bool refused = false;
  try {
    while (threads.size() + 1 < count) threads.emplace_back([&started] { started.wait(); });
  } catch (const std::system_error&) {
    refused = true;
  }
  const size_t numStarted = threads.size() + 1;
  started.count_down();
  for (std::thread& thread : threads) thread.join();
  if (!refused) return;
  throw BadArgument("the number of threads must be what the system allows, at most " +
                    std::to_string(numStarted) + " now, got " + std::to_string(count));
}

}  // namespace

Napi::Value setErrorFactory(const Napi::CallbackInfo& info) {
  if (!info[0].IsFunction()) throw BadArgument("the error factory must be a function");
  environmentOf(info.Env()).makeError = Napi::Persistent(info[0].As<Napi::Function>());
  return info.Env().Undefined();
}

Napi::Value setNumThreads(const Napi::CallbackInfo& info) {
  const int64_t count = readInt(info.Env(), info[0], "the number of threads");
  if (count < 1 || count > 1024) {
    throw BadArgument("the number of threads must be from 1 to 1024, got " +
                      std::to_string(count));
  }
  requireThreads(static_cast<size_t>(count));
  at::set_num_threads(static_cast<int>(count));
  return info.Env().Undefined();
}

Napi::Value numThreads(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), at::get_num_threads());
}

// Seeds the default generators of the CPU and of every CUDA device: (bigint below 2^64).
Napi::Value manualSeed(const Napi::CallbackInfo& info) {
  if (!info[0].IsBigInt()) throw BadArgument("the seed must be a bigint");
  bool lossless = false;
  const uint64_t seed = info[0].As<Napi::BigInt>().Uint64Value(&lossless);
  if (!lossless) throw BadArgument("the seed must be from 0 to 2^64 - 1");
  at::manual_seed(seed);
  return info.Env().Undefined();
}

Napi::Value buildInfo(const Napi::CallbackInfo& info) {
  auto result = Napi::Object::New(info.Env());
  auto dtypes = Napi::Object::New(info.Env());
  for (int code = 0; code < static_cast<int>(at::ScalarType::NumOptions); ++code) {
    const char* name = dtypeName(static_cast<at::ScalarType>(code));
    if (name != nullptr) dtypes[name] = code;
  }
  result["libtorchVersion"] = TORCH_VERSION;
  result["cpuCapability"] = at::get_cpu_capability();
  result["cpuMultipliesBf16"] = cpuMultipliesBf16();
  result["cudaDevices"] = static_cast<double>(torch::cuda::device_count());
  result["dtypes"] = dtypes;
#ifdef ATHANOR_CUDA
  result["variant"] = "cuda";
#else
  result["variant"] = "cpu";
#endif
  return result;
}

Napi::Value memoryStats(const Napi::CallbackInfo& info) {
  const HostMemoryStats stats = hostMemoryStats();
  auto result = Napi::Object::New(info.Env());
  result["liveBytes"] = static_cast<double>(stats.liveBytes);
  result["cachedBytes"] = static_cast<double>(stats.cachedBytes);
  result["peakBytes"] = static_cast<double>(stats.peakBytes);
  result["limitBytes"] = static_cast<double>(stats.limitBytes);
  return result;
}

Napi::Value resetPeakMemory(const Napi::CallbackInfo& info) {
  resetPeakHostMemory();
  return info.Env().Undefined();
}

Napi::Value setMemoryLimit(const Napi::CallbackInfo& info) {
  const int64_t bytes = readInt(info.Env(), info[0], "the memory limit in bytes");
  if (bytes <= 0) throw BadArgument("the memory limit must be positive");
  setHostMemoryLimit(static_cast<size_t>(bytes));
  return info.Env().Undefined();
}

}  // namespace athanor
