// How the arguments of one operator are read from JavaScript. Computed once per operator from its
// schema, so that a call does not look at types, names or defaults again.
#pragma once

#include <ATen/core/dispatch/Dispatcher.h>

#include <string>
#include <vector>

#include "checks.h"

namespace athanor {

enum class ArgumentKind {
  kTensor,
  kTensorList,
  kOptionalTensorList,  // Tensor?[], the index lists of `index`
  kScalar,
  kInt,
  kIntList,
  kFloat,
  kFloatList,
  kBool,
  kBoolList,
  kString,
  kDtype,
  kLayout,
  kMemoryFormat,
  kDevice,
  kGenerator,  // always null: random streams are seeded, not passed
  kUnsupported,
};

struct ArgumentPlan {
  std::string name;
  ArgumentKind kind;
  bool optional;          // the schema's `?`: null is a value
  bool keywordOnly;
  bool required;          // no default in the schema
  bool writes;            // an alias that the operator writes to: `Tensor(a!)`
  int64_t listLength;     // N of `int[N]`, which also accepts one number; 0 otherwise
  c10::IValue defaultValue;
};

struct Plan {
  explicit Plan(const c10::OperatorHandle& op);

  c10::OperatorHandle op;
  std::string name;  // with its overload: "add.Tensor"
  std::vector<ArgumentPlan> arguments;
  // True for in-place operators: the result is an argument that the caller already holds.
  bool returnsArgument;
  // Looks at the arguments before the call; nullptr for operators that do so themselves.
  Check check;
};

// The plan of an operator named "aten::add.Tensor" or "add.Tensor".
// Throws c10::Error for an unknown name.
Plan makePlan(const std::string& name);

// The name of a kind in error messages and in the schemas handed to the generator.
const char* kindName(ArgumentKind kind);

}  // namespace athanor
