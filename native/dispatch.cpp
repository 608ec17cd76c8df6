// Generic dispatch: any operator of LibTorch, looked up by its schema and called boxed.

#include <array>

#include "convert.h"
#include "describe.h"
#include "exports.h"
#include "guard.h"

namespace athanor {

namespace {

constexpr size_t kMaxArguments = 32;

const Plan& planOf(const Environment& environment, napi_env env, napi_value id) {
  const int64_t index = readInt(env, id, "the operator id");
  if (index < 0 || index >= static_cast<int64_t>(environment.plans.size())) {
    throw BadArgument("the operator id must come from bindOperator, got " + std::to_string(index));
  }
  return *environment.plans[index];
}

void readArguments(napi_env env, Environment& environment, const Plan& plan,
                   const napi_value* values, size_t count, torch::jit::Stack& stack) {
  if (count > plan.arguments.size()) {
    throw BadArgument(plan.name + " must get at most " + std::to_string(plan.arguments.size()) +
                      " arguments, got " + std::to_string(count));
  }
  for (size_t i = 0; i < plan.arguments.size(); ++i) {
    const ArgumentPlan& argument = plan.arguments[i];
    if (i < count) {
      stack.push_back(readArgument(env, environment, plan, argument, values[i]));
    } else if (!argument.required) {
      stack.push_back(argument.defaultValue);
    } else {
      throw BadArgument(plan.name + "." + argument.name + " must be given, got nothing");
    }
  }
}

napi_value writeResults(napi_env env, Environment& environment, const Plan& plan,
                        const torch::jit::Stack& stack) {
  if (plan.returnsArgument || stack.empty()) return nullptr;
  if (stack.size() == 1) return writeResult(env, environment, stack[0]);
  napi_value results;
  check(env, napi_create_array_with_length(env, stack.size(), &results));
  for (uint32_t i = 0; i < stack.size(); ++i) {
    check(env, napi_set_element(env, results, i, writeResult(env, environment, stack[i])));
  }
  return results;
}

Napi::Object describeArgument(Napi::Env env, const ArgumentPlan& argument) {
  auto object = Napi::Object::New(env);
  object["name"] = argument.name;
  object["kind"] = kindName(argument.kind);
  object["optional"] = argument.optional;
  object["keywordOnly"] = argument.keywordOnly;
  object["required"] = argument.required;
  object["writes"] = argument.writes;
  object["listLength"] = static_cast<double>(argument.listLength);
  return object;
}

}  // namespace

Napi::Value bindOperator(const Napi::CallbackInfo& info) {
  Environment& environment = environmentOf(info.Env());
  environment.plans.push_back(std::make_unique<Plan>(makePlan(info[0].ToString())));
  return Napi::Number::New(info.Env(), static_cast<double>(environment.plans.size() - 1));
}

Napi::Value describeOperator(const Napi::CallbackInfo& info) {
  const Plan plan = makePlan(info[0].ToString());
  auto result = Napi::Object::New(info.Env());
  auto arguments = Napi::Array::New(info.Env());
  for (uint32_t i = 0; i < plan.arguments.size(); ++i) {
    arguments[i] = describeArgument(info.Env(), plan.arguments[i]);
  }
  auto returns = Napi::Array::New(info.Env());
  for (const auto& value : plan.op.schema().returns()) {
    returns[returns.Length()] = Napi::String::New(info.Env(), value.type()->str());
  }
  result["name"] = plan.name;
  result["schema"] = c10::toString(plan.op.schema());
  result["arguments"] = arguments;
  result["returns"] = returns;
  result["returnsArgument"] = plan.returnsArgument;
  return result;
}

Napi::Value listOperators(const Napi::CallbackInfo& info) {
  auto names = Napi::Array::New(info.Env());
  for (const auto& name : c10::Dispatcher::singleton().getAllOpNames()) {
    names[names.Length()] = Napi::String::New(info.Env(), c10::toString(name));
  }
  return names;
}

napi_value callOperator(napi_env env, napi_callback_info info) {
  std::array<napi_value, kMaxArguments> values;
  size_t count = values.size();
  void* data = nullptr;
  check(env, napi_get_cb_info(env, info, &count, values.data(), nullptr, &data));
  Environment& environment = *static_cast<Environment*>(data);
  if (count == 0 || count > values.size()) {
    throw BadArgument("call must get an operator id and at most 31 arguments");
  }
  const Plan& plan = planOf(environment, env, values[0]);
  const napi_value* arguments = values.data() + 1;
  // One stack for all calls, unless a getter of an argument calls an operator in between.
  torch::jit::Stack nested;
  torch::jit::Stack& stack = environment.stack.empty() ? environment.stack : nested;
  try {
    readArguments(env, environment, plan, arguments, count - 1, stack);
    if (plan.check != nullptr) plan.check(plan, stack);
    plan.op.callBoxed(stack);
    const napi_value result = writeResults(env, environment, plan, stack);
    stack.clear();
    return result;
  } catch (...) {
    stack.clear();
    throwCurrentException(env, describeCall(env, environment, plan, arguments, count - 1));
    return nullptr;
  }
}

}  // namespace athanor
