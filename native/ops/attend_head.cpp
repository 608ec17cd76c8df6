#include "attend_head.h"

#include <cmath>
#include <limits>

#include "small_products.h"
#include "wide.h"

namespace athanor::cache_attention {

namespace {

constexpr int64_t kLineElements = 16;  // floats of a line of the caches

// Scores of `length` keys, and the largest of them. Fetches the values beside: a cache of many rows
// comes from far away, in pieces too short for the processor to guess.
ATHANOR_INLINE float scoreKeys(const float* query, const float* keys, const float* values,
                               float* scores, int64_t length, int64_t size) {
  const float scale = 1.0F / std::sqrt(static_cast<float>(size));
  float largest = -std::numeric_limits<float>::infinity();
  for (int64_t t = 0; t < length; ++t) {
    const float* key = keys + t * size;
    for (int64_t i = 0; i < size; i += kLineElements) __builtin_prefetch(values + t * size + i);
    float dot = 0.0F;
#pragma omp simd reduction(+ : dot)
    for (int64_t i = 0; i < size; ++i) dot += query[i] * key[i];
    scores[t] = dot * scale;
    largest = scores[t] > largest ? scores[t] : largest;
  }
  return largest;
}

}  // namespace

ATHANOR_WIDE void attendHead(const float* query, CachedHead head, float* weights, float* out,
                             int64_t length, int64_t size) {
  const auto [keys, values, nextKeys] = head;
  const float largest = scoreKeys(query, keys, values, weights, length, size);
  float sum = 0.0F;
#pragma omp simd reduction(+ : sum)
  for (int64_t t = 0; t < length; ++t) {
    const float weight = wideExp(weights[t] - largest);
    sum += weight + 0.0F * weights[t];  // The second is not a number where the score is none.
    weights[t] = weight;
  }
#pragma omp simd
  for (int64_t i = 0; i < size; ++i) out[i] = 0.0F;
  int64_t t = 0;
  for (; t + 4 <= length; t += 4) {
    const float* weight = weights + t;
    const float* value = values + t * size;
    for (int64_t i = 0; i < 4 * size; i += kLineElements) {
      __builtin_prefetch(nextKeys + t * size + i);
    }
#pragma omp simd
    for (int64_t i = 0; i < size; ++i) {
      out[i] += weight[0] * value[i] + weight[1] * value[size + i] +
                weight[2] * value[2 * size + i] + weight[3] * value[3 * size + i];
    }
  }
  for (; t < length; ++t) {
#pragma omp simd
    for (int64_t i = 0; i < size; ++i) out[i] += weights[t] * values[t * size + i];
  }
  const float factor = 1.0F / sum;
#pragma omp simd
  for (int64_t i = 0; i < size; ++i) out[i] *= factor;
}

}  // namespace athanor::cache_attention
