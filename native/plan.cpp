#include "plan.h"

#include <ATen/core/jit_type.h>
#include <ATen/core/operator_name.h>

namespace athanor {

namespace {

ArgumentKind scalarKind(c10::TypeKind kind) {
  switch (kind) {
    case c10::TypeKind::TensorType: return ArgumentKind::kTensor;
    case c10::TypeKind::NumberType: return ArgumentKind::kScalar;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return ArgumentKind::kInt;
    case c10::TypeKind::FloatType: return ArgumentKind::kFloat;
    case c10::TypeKind::BoolType: return ArgumentKind::kBool;
    case c10::TypeKind::StringType: return ArgumentKind::kString;
    case c10::TypeKind::ScalarTypeType: return ArgumentKind::kDtype;
    case c10::TypeKind::LayoutType: return ArgumentKind::kLayout;
    case c10::TypeKind::MemoryFormatType: return ArgumentKind::kMemoryFormat;
    case c10::TypeKind::DeviceObjType: return ArgumentKind::kDevice;
    case c10::TypeKind::GeneratorType: return ArgumentKind::kGenerator;
    default: return ArgumentKind::kUnsupported;
  }
}

ArgumentKind listKind(const c10::TypePtr& element) {
  if (const auto optional = element->cast<c10::OptionalType>()) {
    return optional->getElementType()->kind() == c10::TypeKind::TensorType
        ? ArgumentKind::kOptionalTensorList
        : ArgumentKind::kUnsupported;
  }
  switch (scalarKind(element->kind())) {
    case ArgumentKind::kTensor: return ArgumentKind::kTensorList;
    case ArgumentKind::kInt: return ArgumentKind::kIntList;
    case ArgumentKind::kFloat: return ArgumentKind::kFloatList;
    case ArgumentKind::kBool: return ArgumentKind::kBoolList;
    default: return ArgumentKind::kUnsupported;
  }
}

ArgumentPlan planArgument(const c10::Argument& argument) {
  c10::TypePtr type = argument.real_type();
  bool optional = false;
  if (const auto wrapped = type->cast<c10::OptionalType>()) {
    optional = true;
    type = wrapped->getElementType();
  }
  const auto list = type->cast<c10::ListType>();
  return {
      .name = argument.name(),
      .kind = list ? listKind(list->getElementType()) : scalarKind(type->kind()),
      .optional = optional,
      .keywordOnly = argument.kwarg_only(),
      .required = !argument.default_value().has_value() && !optional,
      .writes = argument.alias_info() != nullptr && argument.alias_info()->isWrite(),
      .listLength = argument.N().value_or(0),
      .defaultValue = argument.default_value().value_or(c10::IValue()),
  };
}

bool returnsWrittenArgument(const c10::FunctionSchema& schema) {
  const auto& returns = schema.returns();
  return returns.size() == 1 && returns[0].alias_info() != nullptr &&
      returns[0].alias_info()->isWrite();
}

}  // namespace

Plan::Plan(const c10::OperatorHandle& handle)
    : op(handle), returnsArgument(returnsWrittenArgument(handle.schema())) {
  const auto& schema = op.schema();
  name = schema.overload_name().empty() ? schema.name()
                                        : schema.name() + "." + schema.overload_name();
  if (name.starts_with("aten::")) name.erase(0, 6);
  for (const auto& argument : schema.arguments()) arguments.push_back(planArgument(argument));
  check = findCheck(name);
}

Plan makePlan(const std::string& name) {
  const std::string qualified = name.find("::") == std::string::npos ? "aten::" + name : name;
  const size_t dot = qualified.find('.', qualified.find("::"));
  const c10::OperatorName operatorName(
      qualified.substr(0, dot), dot == std::string::npos ? "" : qualified.substr(dot + 1));
  const auto op = c10::Dispatcher::singleton().findSchema(operatorName);
  TORCH_CHECK(op.has_value(), "unknown operator ", name);
  return Plan(*op);
}

const char* kindName(ArgumentKind kind) {
  switch (kind) {
    case ArgumentKind::kTensor: return "Tensor";
    case ArgumentKind::kTensorList: return "Tensor[]";
    case ArgumentKind::kOptionalTensorList: return "Tensor?[]";
    case ArgumentKind::kScalar: return "Scalar";
    case ArgumentKind::kInt: return "int";
    case ArgumentKind::kIntList: return "int[]";
    case ArgumentKind::kFloat: return "float";
    case ArgumentKind::kFloatList: return "float[]";
    case ArgumentKind::kBool: return "bool";
    case ArgumentKind::kBoolList: return "bool[]";
    case ArgumentKind::kString: return "string";
    case ArgumentKind::kDtype: return "dtype";
    case ArgumentKind::kLayout: return "layout";
    case ArgumentKind::kMemoryFormat: return "memoryFormat";
    case ArgumentKind::kDevice: return "device";
    case ArgumentKind::kGenerator: return "generator";
    case ArgumentKind::kUnsupported: return "unsupported";
  }
  return "unsupported";
}

}  // namespace athanor
