// What token_logprobs computes of one row of logits z.
#pragma once

#include <cstdint>

namespace athanor::token_logprobs {

struct RowSums {
  float largest;   // max z
  float logSum;    // log Σ_v exp(z_v - largest); not a number if a logit is none
  float entropy;   // of softmax(z)
};

RowSums addUpRow(const float* logits, int64_t size);

// Gradients of z, -scale · softmax(z). The caller adds scale to that of the row's own token.
void spread(const float* logits, RowSums sums, float scale, float* gradient, int64_t count);

}  // namespace athanor::token_logprobs
