#include "largest_of.h"

#include <algorithm>

#include "small_products.h"

namespace athanor {

ATHANOR_WIDE float largestOf(const float* values, int64_t count) {
  // In types of vectors, four of which are under way at once: the compiler may not change the order of a
  // maximum of floats, and would take one after the other.
  Vector8 most[4] = {};
  for (Vector8& each : most) each -= INFINITY;
  int64_t i = 0;
  for (; i + 32 <= count; i += 32) {
    for (int64_t k = 0; k < 4; ++k) {
      const Vector8 next = *reinterpret_cast<const Vector8*>(values + i + 8 * k);
      most[k] = next > most[k] ? next : most[k];
    }
  }
  float largest = -INFINITY;
  for (const Vector8& each : most) {
    for (int64_t k = 0; k < 8; ++k) largest = std::max(largest, each[k]);
  }
  for (; i < count; ++i) largest = std::max(largest, values[i]);
  return largest;
}

}  // namespace athanor
