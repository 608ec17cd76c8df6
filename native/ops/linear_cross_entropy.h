// The loss of a language model's head and its gradients, a chunk of tokens at a time.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

namespace athanor::linear_cross_entropy {

constexpr int64_t kMean = 1;
constexpr int64_t kSum = 2;

struct Options {
  int64_t ignoreIndex;
  int64_t reduction;
  int64_t chunkSize;  // tokens; 0 lets kChunkElements decide
  std::optional<at::ScalarType> computeDtype;
};

struct Result {
  at::Tensor loss;
  at::Tensor inputGradient;   // undefined unless asked for
  at::Tensor weightGradient;  // undefined unless asked for
};

// Throws c10::Error for shapes, dtypes, devices and options that do not fit together.
void checkArguments(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& target,
                    const Options& options);

// Input [tokens, hidden], weight [vocabulary, hidden], target int64[tokens].
Result compute(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& target,
               const Options& options, bool wantInputGradient, bool wantWeightGradient);

}  // namespace athanor::linear_cross_entropy
