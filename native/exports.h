// Every function that JavaScript can call, by the file that implements it. addon.cpp lists them.
#pragma once

#include <napi.h>

namespace athanor {

// dispatch.cpp
Napi::Value bindOperator(const Napi::CallbackInfo& info);     // (name) → operator id
Napi::Value describeOperator(const Napi::CallbackInfo& info); // (name) → schema
Napi::Value listOperators(const Napi::CallbackInfo& info);    // () → names
napi_value callOperator(napi_env env, napi_callback_info info);  // (id, ...arguments) → result

// scopes.cpp
Napi::Value beginScope(const Napi::CallbackInfo& info);
Napi::Value endScope(const Napi::CallbackInfo& info);         // (survivors) → escaped handles
Napi::Value disposeTensor(const Napi::CallbackInfo& info);
Napi::Value releaseTensor(const Napi::CallbackInfo& info);    // out of its scope
Napi::Value isAlive(const Napi::CallbackInfo& info);
Napi::Value liveTensors(const Napi::CallbackInfo& info);
Napi::Value adjustExternalMemory(const Napi::CallbackInfo& info);

// data.cpp
Napi::Value tensorInfo(const Napi::CallbackInfo& info);       // (handle) → [dtype, device, ...shape]
Napi::Value fromTypedArray(const Napi::CallbackInfo& info);   // (data, dtype, shape) → handle
Napi::Value toTypedArray(const Napi::CallbackInfo& info);     // (handle) → typed array, a copy
Napi::Value copyFromTypedArray(const Napi::CallbackInfo& info);
Napi::Value tensorItem(const Napi::CallbackInfo& info);
Napi::Value readFromFile(const Napi::CallbackInfo& info);     // (handle, fd, position)
Napi::Value writeToFile(const Napi::CallbackInfo& info);      // (handle, fd, position)

// autograd.cpp
Napi::Value setGradEnabled(const Napi::CallbackInfo& info);   // (enabled) → before
Napi::Value requiresGrad(const Napi::CallbackInfo& info);
Napi::Value setRequiresGrad(const Napi::CallbackInfo& info);
Napi::Value isLeaf(const Napi::CallbackInfo& info);
Napi::Value gradientFunction(const Napi::CallbackInfo& info);
Napi::Value retainGrad(const Napi::CallbackInfo& info);
Napi::Value getGrad(const Napi::CallbackInfo& info);
Napi::Value setGrad(const Napi::CallbackInfo& info);
Napi::Value backward(const Napi::CallbackInfo& info);
Napi::Value gradients(const Napi::CallbackInfo& info);

// process.cpp
Napi::Value setErrorFactory(const Napi::CallbackInfo& info);
Napi::Value setNumThreads(const Napi::CallbackInfo& info);
Napi::Value numThreads(const Napi::CallbackInfo& info);
Napi::Value manualSeed(const Napi::CallbackInfo& info);
Napi::Value buildInfo(const Napi::CallbackInfo& info);
Napi::Value memoryStats(const Napi::CallbackInfo& info);
Napi::Value resetPeakMemory(const Napi::CallbackInfo& info);
Napi::Value setMemoryLimit(const Napi::CallbackInfo& info);

// profile.cpp
Napi::Value beginProfile(const Napi::CallbackInfo& info);
Napi::Value endProfile(const Napi::CallbackInfo& info);       // () → time by operator

// cuda.cpp
void addCudaExports(Napi::Env env, Napi::Object exports);

}  // namespace athanor
