// CUDA beyond what operators give: streams, memory statistics, graph capture.
// Without a CUDA build of LibTorch this file adds nothing, and src/tensor says so when asked.

#include "exports.h"

#ifdef ATHANOR_CUDA

#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAStream.h>

#include <map>
#include <memory>

#include "convert.h"
#include "guard.h"

namespace athanor {

namespace {

c10::DeviceIndex readDevice(const Napi::CallbackInfo& info, size_t index) {
  const int64_t device = readInt(info.Env(), info[index], "the CUDA device");
  if (device < 0 || device >= c10::cuda::device_count()) {
    throw BadArgument("the CUDA device must be below " +
                      std::to_string(c10::cuda::device_count()) + ", got " +
                      std::to_string(device));
  }
  return static_cast<c10::DeviceIndex>(device);
}

Napi::Value synchronize(const Napi::CallbackInfo& info) {
  c10::cuda::getCurrentCUDAStream(readDevice(info, 0)).synchronize();
  return info.Env().Undefined();
}

// Streams come from LibTorch's pool and live as long as the process; a handle is their id.
Napi::Value newStream(const Napi::CallbackInfo& info) {
  const auto stream = c10::cuda::getStreamFromPool(false, readDevice(info, 0));
  return Napi::BigInt::New(info.Env(), static_cast<int64_t>(stream.id()));
}

// (device, stream id) → the id of the stream that was current
Napi::Value setStream(const Napi::CallbackInfo& info) {
  const c10::DeviceIndex device = readDevice(info, 0);
  const int64_t id = readInt(info.Env(), info[1], "the stream");
  const auto before = c10::cuda::getCurrentCUDAStream(device);
  c10::cuda::setCurrentCUDAStream(c10::cuda::CUDAStream(
      c10::Stream(c10::Stream::UNSAFE, c10::Device(c10::kCUDA, device), id)));
  return Napi::BigInt::New(info.Env(), static_cast<int64_t>(before.id()));
}

Napi::Value memory(const Napi::CallbackInfo& info) {
  const auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(readDevice(info, 0));
  auto result = Napi::Object::New(info.Env());
  result["liveBytes"] = static_cast<double>(stats.allocated_bytes[0].current);
  result["peakBytes"] = static_cast<double>(stats.allocated_bytes[0].peak);
  result["reservedBytes"] = static_cast<double>(stats.reserved_bytes[0].current);
  return result;
}

Napi::Value resetPeak(const Napi::CallbackInfo& info) {
  c10::cuda::CUDACachingAllocator::resetPeakStats(readDevice(info, 0));
  return info.Env().Undefined();
}

Napi::Value emptyCache(const Napi::CallbackInfo& info) {
  c10::cuda::CUDACachingAllocator::emptyCache();
  return info.Env().Undefined();
}

// Captured graphs by number. A graph is replayed on the device that captured it.
std::map<int64_t, std::unique_ptr<at::cuda::CUDAGraph>>& graphs() {
  static thread_local std::map<int64_t, std::unique_ptr<at::cuda::CUDAGraph>> all;
  return all;
}

at::cuda::CUDAGraph& graphOf(const Napi::CallbackInfo& info) {
  const auto found = graphs().find(readInt(info.Env(), info[0], "the graph"));
  if (found == graphs().end()) throw BadArgument("the graph must be one that was captured");
  return *found->second;
}

Napi::Value beginCapture(const Napi::CallbackInfo& info) {
  static thread_local int64_t next = 1;
  auto graph = std::make_unique<at::cuda::CUDAGraph>();
  graph->capture_begin();
  graphs().emplace(next, std::move(graph));
  return Napi::Number::New(info.Env(), static_cast<double>(next++));
}

Napi::Value endCapture(const Napi::CallbackInfo& info) {
  graphOf(info).capture_end();
  return info.Env().Undefined();
}

Napi::Value replayGraph(const Napi::CallbackInfo& info) {
  graphOf(info).replay();
  return info.Env().Undefined();
}

Napi::Value disposeGraph(const Napi::CallbackInfo& info) {
  graphOf(info);
  graphs().erase(readInt(info.Env(), info[0], "the graph"));
  return info.Env().Undefined();
}

}  // namespace

void addCudaExports(Napi::Env env, Napi::Object exports) {
  auto cuda = Napi::Object::New(env);
  addExport<synchronize>(env, cuda, "synchronize");
  addExport<newStream>(env, cuda, "newStream");
  addExport<setStream>(env, cuda, "setStream");
  addExport<memory>(env, cuda, "memory");
  addExport<resetPeak>(env, cuda, "resetPeak");
  addExport<emptyCache>(env, cuda, "emptyCache");
  addExport<beginCapture>(env, cuda, "beginCapture");
  addExport<endCapture>(env, cuda, "endCapture");
  addExport<replayGraph>(env, cuda, "replayGraph");
  addExport<disposeGraph>(env, cuda, "disposeGraph");
  exports["cuda"] = cuda;
}

}  // namespace athanor

#else

namespace athanor {

void addCudaExports(Napi::Env, Napi::Object) {}

}  // namespace athanor

#endif
