#include "token_logprobs.h"

#include <algorithm>
#include <cmath>

#include "largest_of.h"
#include "wide.h"

namespace athanor::token_logprobs {

constexpr int64_t kExactEvery = 512;  // floats that are added up before a double takes over

// Sums of e^d and of e^d · d over all d = logit - largest, cut at -87; returns whether none is NaN.
ATHANOR_WIDE bool addUp(const float* logits, float largest, int64_t count, float* sums) {
  float sum = 0;
  float weighted = 0;
  int32_t strange = 0;
#pragma omp simd reduction(+ : sum, weighted) reduction(| : strange)
  for (int64_t i = 0; i < count; ++i) {
    const float difference = logits[i] - largest;
    const float power = wideExp(difference);
    strange |= isNoNumber(difference);
    sum += power;
    weighted += power * cutExponent(difference);
  }
  sums[0] = sum;
  sums[1] = weighted;
  return strange == 0;
}

RowSums addUpRow(const float* logits, int64_t size) {
  const float largest = largestOf(logits, size);
  double sum = 0;
  double weighted = 0;
  for (int64_t start = 0; start < size; start += kExactEvery) {
    float sums[2];
    const int64_t count = std::min(kExactEvery, size - start);
    const bool areNumbers = addUp(logits + start, largest, count, sums);
    sum += areNumbers ? sums[0] : NAN;
    weighted += sums[1];
  }
  const double logSum = std::log(sum);
  return {largest, static_cast<float>(logSum), static_cast<float>(logSum - weighted / sum)};
}

ATHANOR_WIDE void spread(const float* logits, RowSums sums, float scale, float* gradient,
                         int64_t count) {
  // wideExpOrZero makes numbers of what is none.
  const float factor = std::isnan(sums.logSum) ? sums.logSum : -scale;
#pragma omp simd
  for (int64_t i = 0; i < count; ++i) {
    gradient[i] = factor * wideExpOrZero(logits[i] - sums.largest - sums.logSum);
  }
}

}  // namespace athanor::token_logprobs
