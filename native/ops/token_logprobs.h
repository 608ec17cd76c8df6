// What token_logprobs computes of one row of logits z.
#pragma once

#include <cstdint>

namespace athanor::token_logprobs {

struct RowSums {
  float largest;   // max z
  double logSum;   // log Σ_v exp(z_v - largest); not a number if a logit is none
  double entropy;  // of softmax(z)
};

RowSums addUpRow(const float* logits, int64_t size);

// Gradients -scale · exp(z - logSum): those of the token at hand lack its scale.
void spread(const float* logits, float logSum, float scale, float* gradient, int64_t count);

}  // namespace athanor::token_logprobs
