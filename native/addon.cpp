// The entry point: makes an environment's data and lists every export.

#include <mutex>

#include "environment.h"
#include "exports.h"
#include "guard.h"
#include "host_memory.h"

namespace athanor {

Environment& environmentOf(Napi::Env env) { return *env.GetInstanceData<Environment>(); }

namespace {

void addExports(Napi::Env env, Napi::Object exports) {
  addExport<bindOperator>(env, exports, "bindOperator");
  addExport<describeOperator>(env, exports, "describeOperator");
  addExport<listOperators>(env, exports, "listOperators");
  addExport<beginScope>(env, exports, "beginScope");
  addExport<endScope>(env, exports, "endScope");
  addExport<disposeTensor>(env, exports, "disposeTensor");
  addExport<releaseTensor>(env, exports, "releaseTensor");
  addExport<isAlive>(env, exports, "isAlive");
  addExport<liveTensors>(env, exports, "liveTensors");
  addExport<adjustExternalMemory>(env, exports, "adjustExternalMemory");
  addExport<tensorInfo>(env, exports, "tensorInfo");
  addExport<fromTypedArray>(env, exports, "fromTypedArray");
  addExport<toTypedArray>(env, exports, "toTypedArray");
  addExport<copyFromTypedArray>(env, exports, "copyFromTypedArray");
  addExport<tensorItem>(env, exports, "tensorItem");
  addExport<readFromFile>(env, exports, "readFromFile");
  addExport<writeToFile>(env, exports, "writeToFile");
  addExport<setGradEnabled>(env, exports, "setGradEnabled");
  addExport<requiresGrad>(env, exports, "requiresGrad");
  addExport<setRequiresGrad>(env, exports, "setRequiresGrad");
  addExport<isLeaf>(env, exports, "isLeaf");
  addExport<gradientFunction>(env, exports, "gradientFunction");
  addExport<retainGrad>(env, exports, "retainGrad");
  addExport<getGrad>(env, exports, "getGrad");
  addExport<setGrad>(env, exports, "setGrad");
  addExport<backward>(env, exports, "backward");
  addExport<gradients>(env, exports, "gradients");
  addExport<setErrorFactory>(env, exports, "setErrorFactory");
  addExport<setNumThreads>(env, exports, "setNumThreads");
  addExport<numThreads>(env, exports, "numThreads");
  addExport<manualSeed>(env, exports, "manualSeed");
  addExport<buildInfo>(env, exports, "buildInfo");
  addExport<memoryStats>(env, exports, "memoryStats");
  addExport<resetPeakMemory>(env, exports, "resetPeakMemory");
  addExport<setMemoryLimit>(env, exports, "setMemoryLimit");
  addExport<beginProfile>(env, exports, "beginProfile");
  addExport<endProfile>(env, exports, "endProfile");
}

// The hot path gets its environment as data, which saves a lookup in every operator call.
void addCall(Napi::Env env, Napi::Object exports, Environment* environment) {
  napi_value value;
  check(env, napi_create_function(env, "call", NAPI_AUTO_LENGTH, guarded<callOperator>,
                                  environment, &value));
  exports["call"] = value;
}

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  static std::once_flag installed;
  std::call_once(installed, installHostAllocator);
  auto* environment = new Environment();
  env.SetInstanceData(environment);
  addExports(env, exports);
  addCall(env, exports, environment);
  addCudaExports(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(athanor, initialize)

}  // namespace athanor
