// The largest of many floats.
#pragma once

#include <cmath>
#include <cstdint>

#include "wide.h"

namespace athanor {

// The largest of `count` floats, -∞ of none; what is no number may be passed over.
float largestOf(const float* values, int64_t count);

}  // namespace athanor
