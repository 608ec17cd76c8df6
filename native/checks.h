// What LibTorch's operators take for granted. Some of them index lists without comparing lengths, or
// read one tensor by the shape of another: with the wrong arguments they leave their memory. Here such
// calls are refused before they are made. tests/fuzz/operators finds the operators that need it.
#pragma once

#include <ATen/core/stack.h>

#include <string>

namespace athanor {

struct Plan;

// Looks at the arguments of one call. Throws BadArgument with `operator.argument must …, got …`; may
// also replace an argument by an equal one that the operator reads correctly.
using Check = void (*)(const Plan& plan, torch::jit::Stack& arguments);

// The check of an operator by its name with overload, nullptr for the most of them.
Check findCheck(const std::string& name);

}  // namespace athanor
