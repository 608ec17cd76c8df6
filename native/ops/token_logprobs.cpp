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
#include <tuple>

#include "token_logprobs.h"
#include "wide.h"

namespace athanor::token_logprobs {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct Result {
  at::Tensor logprobs, entropies, largest, logSums;  // [N] each, see RowSums
};

int64_t grainOf(const at::Tensor& logits) {
  return std::max<int64_t>(1, kGrainElements / std::max<int64_t>(1, logits.size(1)));
}

// logits [N, V] and tokens [N], both contiguous
Result compute(const at::Tensor& logits, const at::Tensor& tokens) {
  const int64_t size = logits.size(1);
  const auto perRow = [&] { return at::empty({logits.size(0)}, logits.options()); };
  Result result{perRow(), perRow(), perRow(), perRow()};
  const float* all = logits.const_data_ptr<float>();
  const int64_t* ids = tokens.const_data_ptr<int64_t>();
  float* logprobs = result.logprobs.mutable_data_ptr<float>();
  float* entropies = result.entropies.mutable_data_ptr<float>();
  float* largest = result.largest.mutable_data_ptr<float>();
  float* logSums = result.logSums.mutable_data_ptr<float>();
  at::parallel_for(0, logits.size(0), grainOf(logits), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      const float* of = all + row * size;
      const RowSums sums = addUpRow(of, size);
      logprobs[row] = of[ids[row]] - sums.largest - sums.logSum;
      entropies[row] = sums.entropy;
      largest[row] = sums.largest;
      logSums[row] = sums.logSum;
    }
  });
  return result;
}

at::Tensor gradientOf(const at::Tensor& logits, const at::Tensor& tokens, const Result& result,
                      const at::Tensor& outputGradient) {
  const int64_t size = logits.size(1);
  at::Tensor gradient = at::empty_like(logits);
  const float* all = logits.const_data_ptr<float>();
  const int64_t* ids = tokens.const_data_ptr<int64_t>();
  const float* largest = result.largest.const_data_ptr<float>();
  const float* logSums = result.logSums.const_data_ptr<float>();
  const float* scales = outputGradient.const_data_ptr<float>();
  float* gradients = gradient.mutable_data_ptr<float>();
  at::parallel_for(0, logits.size(0), grainOf(logits), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      float* of = gradients + row * size;
      spread(all + row * size, {largest[row], logSums[row], 0.0F}, scales[row], of, size);
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
    context->save_for_backward({logits, tokens, result.largest, result.logSums});
    context->mark_non_differentiable({result.entropies});
    return {result.logprobs, result.entropies};
  }

  static variable_list backward(AutogradContext* context, variable_list outputGradients) {
    TORCH_CHECK(!at::GradMode::is_enabled(), "token_logprobs has no second derivative in float32");
    const auto saved = context->get_saved_variables();
    const at::Tensor& given = outputGradients[0];
    const Result result{{}, {}, saved[2], saved[3]};
    return {gradientOf(saved[0], saved[1], result, given.contiguous()), at::Tensor()};
  }
};

std::tuple<at::Tensor, at::Tensor> composed(const at::Tensor& logits, const at::Tensor& tokens) {
  const at::Tensor all = at::log_softmax(logits, 1);
  const at::Tensor logprobs = all.gather(1, tokens.unsqueeze(1)).squeeze(1);
  const at::NoGradGuard noGrad;
  return {logprobs, at::special_entr(all.exp()).sum(1)};
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
