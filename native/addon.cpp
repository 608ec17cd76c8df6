// The entry point: makes an environment's data and lists every export.

#include <mutex>

#include "environment.h"
#include "exports.h"
#include "guard.h"
#include "host_memory.h"

namespace athanor {

Environment& environmentOf(Napi::Env env) { return *env.GetInstanceData<Environment>(); }

namespace {

template <ColdExport function>
void add(Napi::Env env, Napi::Object exports, const char* name) {
  napi_value value;
  check(env, napi_create_function(env, name, NAPI_AUTO_LENGTH, guarded<function>, nullptr, &value));
  exports[name] = value;
}

void addExports(Napi::Env env, Napi::Object exports) {
  add<bindOperator>(env, exports, "bindOperator");
  add<describeOperator>(env, exports, "describeOperator");
  add<listOperators>(env, exports, "listOperators");
  add<beginScope>(env, exports, "beginScope");
  add<endScope>(env, exports, "endScope");
  add<inScope>(env, exports, "inScope");
  add<disposeTensor>(env, exports, "disposeTensor");
  add<releaseTensor>(env, exports, "releaseTensor");
  add<isAlive>(env, exports, "isAlive");
  add<liveTensors>(env, exports, "liveTensors");
  add<adjustExternalMemory>(env, exports, "adjustExternalMemory");
  add<tensorInfo>(env, exports, "tensorInfo");
  add<fromTypedArray>(env, exports, "fromTypedArray");
  add<toTypedArray>(env, exports, "toTypedArray");
  add<copyFromTypedArray>(env, exports, "copyFromTypedArray");
  add<tensorItem>(env, exports, "tensorItem");
  add<readFromFile>(env, exports, "readFromFile");
  add<writeToFile>(env, exports, "writeToFile");
  add<setGradEnabled>(env, exports, "setGradEnabled");
  add<requiresGrad>(env, exports, "requiresGrad");
  add<setRequiresGrad>(env, exports, "setRequiresGrad");
  add<isLeaf>(env, exports, "isLeaf");
  add<gradientFunction>(env, exports, "gradientFunction");
  add<retainGrad>(env, exports, "retainGrad");
  add<getGrad>(env, exports, "getGrad");
  add<setGrad>(env, exports, "setGrad");
  add<backward>(env, exports, "backward");
  add<gradients>(env, exports, "gradients");
  add<setErrorFactory>(env, exports, "setErrorFactory");
  add<setNumThreads>(env, exports, "setNumThreads");
  add<numThreads>(env, exports, "numThreads");
  add<manualSeed>(env, exports, "manualSeed");
  add<buildInfo>(env, exports, "buildInfo");
  add<memoryStats>(env, exports, "memoryStats");
  add<resetPeakMemory>(env, exports, "resetPeakMemory");
  add<setMemoryLimit>(env, exports, "setMemoryLimit");
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
