// How much memory there is.
#pragma once

#include <cstddef>

namespace athanor {

// The smaller of the machine's memory and the control group's limit (a container's).
size_t machineMemoryBytes();

}  // namespace athanor
