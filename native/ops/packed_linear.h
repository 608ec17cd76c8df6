// How packed_linear wants weights: in panels, in which what is multiplied together lies together.
#pragma once

#include <cstdint>

namespace athanor::packed_linear {

constexpr int64_t kWidth = 16;  // outputs of a panel

}  // namespace athanor::packed_linear
