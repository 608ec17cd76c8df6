// athanor::token_logprobs: of each row of logits z the logarithm of the probability of one token, and the
// entropy of all,
//
//   log p(t) = z_t - log Σ_v exp(z_v),   H = -Σ_v p(v) log p(v),
//
// in two passes over the logits; as separate operators it takes five, four of them over new memory, and the
// backward pass fills a gradient of the log-probabilities with zeros first.
//
// Shapes: N rows, V vocabulary.

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "largest_of.h"
#include "wide.h"

namespace athanor::token_logprobs {

constexpr int64_t kExactEvery = 512;  // floats that are added up before a double takes over

// Adds e^d and e^d · d of all d = logit - largest, -87 where it is less, to sums; says whether all of
// them are numbers.
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

// gradient of the logits: scale · (onehot(token) - p), without the one
ATHANOR_WIDE void spread(const float* logits, float logSum, float scale, float* gradient,
                         int64_t count) {
#pragma omp simd
  for (int64_t i = 0; i < count; ++i) gradient[i] = -scale * wideExp(logits[i] - logSum);
}

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct Result {
  at::Tensor logprobs, entropies, logSums;  // [N] each
};

int64_t grainOf(const at::Tensor& logits) {
  return std::max<int64_t>(1, kGrainElements / std::max<int64_t>(1, logits.size(1)));
}

// logits [N, V] and tokens [N], next to each other
Result compute(const at::Tensor& logits, const at::Tensor& tokens) {
  const int64_t size = logits.size(1);
  Result result{at::empty({logits.size(0)}, logits.options()), {}, {}};
  result.entropies = at::empty_like(result.logprobs);
  result.logSums = at::empty_like(result.logprobs);
  const float* all = logits.const_data_ptr<float>();
  const int64_t* ids = tokens.const_data_ptr<int64_t>();
  float* logprobs = result.logprobs.mutable_data_ptr<float>();
  float* entropies = result.entropies.mutable_data_ptr<float>();
  float* logSums = result.logSums.mutable_data_ptr<float>();
  at::parallel_for(0, logits.size(0), grainOf(logits), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      const float* of = all + row * size;
      const float largest = largestOf(of, size);
      double sum = 0;
      double weighted = 0;
      for (int64_t start = 0; start < size; start += kExactEvery) {
        float sums[2];
        const bool areNumbers =
            addUp(of + start, largest, std::min(kExactEvery, size - start), sums);
        sum += areNumbers ? sums[0] : NAN;
        weighted += sums[1];
      }
      const double logSum = std::log(sum);
      logprobs[row] = static_cast<float>(of[ids[row]] - largest - logSum);
      entropies[row] = static_cast<float>(logSum - weighted / sum);
      logSums[row] = static_cast<float>(largest + logSum);
    }
  });
  return result;
}

at::Tensor gradientOf(const at::Tensor& logits, const at::Tensor& tokens, const at::Tensor& logSums,
                      const at::Tensor& outputGradient) {
  const int64_t size = logits.size(1);
  at::Tensor gradient = at::empty_like(logits);
  const float* all = logits.const_data_ptr<float>();
  const int64_t* ids = tokens.const_data_ptr<int64_t>();
  const float* sums = logSums.const_data_ptr<float>();
  const float* scales = outputGradient.const_data_ptr<float>();
  float* gradients = gradient.mutable_data_ptr<float>();
  at::parallel_for(0, logits.size(0), grainOf(logits), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      float* of = gradients + row * size;
      spread(all + row * size, sums[row], scales[row], of, size);
      of[ids[row]] += scales[row];
    }
  });
  return gradient;
}

class TokenLogprobs : public torch::autograd::Function<TokenLogprobs> {
 public:
  static variable_list forward(AutogradContext* context, const at::Tensor& logits,
                               const at::Tensor& tokens) {
    Result result = compute(logits, tokens);
    context->save_for_backward({logits, tokens, result.logSums});
    context->mark_non_differentiable({result.entropies});
    return {result.logprobs, result.entropies};
  }

  static variable_list backward(AutogradContext* context, variable_list outputGradients) {
    TORCH_CHECK(!at::GradMode::is_enabled(), "token_logprobs has no second derivative in float32");
    const auto saved = context->get_saved_variables();
    const at::Tensor& given = outputGradients[0];
    return {gradientOf(saved[0], saved[1], saved[2], given.contiguous()), at::Tensor()};
  }
};

std::tuple<at::Tensor, at::Tensor> composed(const at::Tensor& logits, const at::Tensor& tokens) {
  const at::Tensor all = at::log_softmax(logits, 1);
  const at::Tensor logprobs = all.gather(1, tokens.unsqueeze(1)).squeeze(1);
  const at::NoGradGuard noGrad;
  return {logprobs, all.exp().mul(all.clamp_min(-87)).sum(1).neg()};
}

void checkArguments(const at::Tensor& logits, const at::Tensor& tokens) {
  TORCH_CHECK(logits.dim() == 2 && logits.size(1) > 0, "logits must be [rows, vocabulary], got ",
              logits.sizes());
  TORCH_CHECK(tokens.dim() == 1 && tokens.size(0) == logits.size(0) &&
                  tokens.scalar_type() == at::kLong,
              "tokens must be int64[", logits.size(0), "], got ", tokens.scalar_type(),
              tokens.sizes());
}

// logits [N, V], tokens int64[N] → logprobs [N], and entropies [N], which have no gradient
std::tuple<at::Tensor, at::Tensor> tokenLogprobs(const at::Tensor& logits,
                                                 const at::Tensor& tokens) {
  checkArguments(logits, tokens);
  if (!isWide(logits) || !tokens.is_cpu() || tokens.numel() == 0) return composed(logits, tokens);
  const at::Tensor ids = tokens.contiguous();
  TORCH_CHECK_INDEX(
      ids.min().item<int64_t>() >= 0 && ids.max().item<int64_t>() < logits.size(1),
      "tokens must lie from 0 to below ", logits.size(1));
  const at::Tensor rows = logits.contiguous();
  if (at::GradMode::is_enabled() && rows.requires_grad()) {
    const variable_list both = TokenLogprobs::apply(rows, ids);
    return {both[0], both[1]};
  }
  const Result result = compute(rows, ids);
  return {result.logprobs, result.entropies};
}

TORCH_LIBRARY_FRAGMENT(athanor, library) {
  library.def(
      "token_logprobs(Tensor logits, Tensor tokens) -> (Tensor logprobs, Tensor entropies)");
}

TORCH_LIBRARY_IMPL(athanor, CompositeImplicitAutograd, library) {
  library.impl("token_logprobs", &tokenLogprobs);
}

}  // namespace

}  // namespace athanor::token_logprobs
