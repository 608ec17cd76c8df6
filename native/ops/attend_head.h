// What one query sees of one head in a cache, in float32.
#pragma once

#include <cstdint>

namespace athanor::cache_attention {

// Rows of a head follow each other.
struct CachedHead {
  const float* keys;
  const float* values;
  const float* nextKeys;  // of the head that comes after; they are fetched beside
};

// Writes softmax(query · keysᵀ / √size) · values, in an order that depends on nothing else. `weights`
// has room for `length` numbers.
void attendHead(const float* query, CachedHead head, float* weights, float* out, int64_t length,
                int64_t size);

}  // namespace athanor::cache_attention
