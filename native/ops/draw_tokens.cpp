// athanor::draw_tokens: from each row of scores the token at which the cumulative distribution of softmax
// passes a number from [0, 1), and the logarithm of the sum of exponentials. Sums of blocks are kept, not
// those of every token: only the block in which the token lies is looked through.
//
// Shapes: B rows, V vocabulary.

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include "largest_of.h"
#include "wide.h"

namespace athanor::draw_tokens {

constexpr int64_t kBlock = 256;  // tokens

// e^(score - largest) of up to kBlock scores, 0 from e^-87 down; returns whether no difference is NaN.
ATHANOR_WIDE bool powersOf(const float* scores, float largest, int64_t count, float* powers) {
  int32_t strange = 0;
#pragma omp simd reduction(| : strange)
  for (int64_t i = 0; i < count; ++i) {
    const float difference = scores[i] - largest;
    strange |= isNoNumber(difference);
    powers[i] = wideExpOrZero(difference);
  }
  return strange == 0;
}

// In double: rounding of the sum over a large vocabulary shifts no border.
ATHANOR_WIDE double sumOf(const float* powers, int64_t count) {
  double sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int64_t i = 0; i < count; ++i) sum += static_cast<double>(powers[i]);
  return sum;
}

namespace {

// One row. Memory for its sums is the caller's.
class Drawing {
 public:
  Drawing(const float* scores, int64_t size) : scores_(scores), size_(size) {}

  // The token, V where there is none.
  int64_t draw(double uniform, std::vector<double>& sums) {
    largest_ = largestOf(scores_, size_);
    sums.clear();
    for (int64_t start = 0; start < size_; start += kBlock) {
      const int64_t count = std::min(kBlock, size_ - start);
      const bool areNumbers = powersOf(scores_ + start, largest_, count, powers_);
      sum_ += areNumbers ? sumOf(powers_, count) : NAN;
      sums.push_back(sum_);
    }
    if (!std::isfinite(sum_) || !(uniform >= 0 && uniform < 1)) return size_;
    const double wanted = std::min(uniform * sum_, std::nextafter(sum_, 0.0));
    const auto block = std::upper_bound(sums.begin(), sums.end(), wanted) - sums.begin();
    const double before = block == 0 ? 0.0 : sums[block - 1];
    return find(block * kBlock, wanted, before);
  }

  double logSum() const { return std::log(sum_) + largest_; }

 private:
  // The first token whose sum is above, and so never one of probability 0; rounding may leave none.
  int64_t find(int64_t start, double wanted, double sum) {
    const int64_t count = std::min(kBlock, size_ - start);
    powersOf(scores_ + start, largest_, count, powers_);
    int64_t last = 0;
    for (int64_t i = 0; i < count; ++i) {
      sum += static_cast<double>(powers_[i]);
      if (sum > wanted) return start + i;
      if (powers_[i] > 0) last = i;
    }
    return start + last;
  }

  const float* scores_;
  int64_t size_;
  float largest_ = 0;
  double sum_ = 0;
  float powers_[kBlock];
};

std::tuple<at::Tensor, at::Tensor> compute(const at::Tensor& scores, const at::Tensor& uniforms) {
  const int64_t size = scores.size(1);
  at::Tensor tokens = at::empty({scores.size(0)}, uniforms.options().dtype(at::kLong));
  at::Tensor logSums = at::empty({scores.size(0)}, uniforms.options());
  const float* all = scores.const_data_ptr<float>();
  const double* wanted = uniforms.const_data_ptr<double>();
  int64_t* drawn = tokens.mutable_data_ptr<int64_t>();
  double* sums = logSums.mutable_data_ptr<double>();
  const int64_t grain = std::max<int64_t>(1, kGrainElements / size);
  at::parallel_for(0, scores.size(0), grain, [&](int64_t begin, int64_t end) {
    std::vector<double> memory;
    for (int64_t row = begin; row < end; ++row) {
      Drawing drawing(all + row * size, size);
      drawn[row] = drawing.draw(wanted[row], memory);
      sums[row] = drawing.logSum();
    }
  });
  return {tokens, logSums};
}

std::tuple<at::Tensor, at::Tensor> composed(const at::Tensor& scores, const at::Tensor& uniforms) {
  const at::Tensor largest = scores.amax({1}, true);
  const at::Tensor cumulative = scores.sub(largest).exp_().cumsum(1, at::kDouble);
  const at::Tensor sum = cumulative.narrow(1, scores.size(1) - 1, 1);
  const at::Tensor outside = uniforms.lt(0).logical_or(uniforms.ge(1));
  const at::Tensor wanted = uniforms.masked_fill(outside, NAN).unsqueeze(1).mul(sum);
  const at::Tensor drawn = at::searchsorted(cumulative, wanted, false, true);
  return {drawn.squeeze(1), sum.log().add(largest).squeeze(1)};
}

// scores [B, V], uniforms float64[B] → tokens int64[B], logSums float64[B]. The token is V where a score is
// NaN or +∞, where all are -∞, and for a uniform number that is none of [0, 1).
std::tuple<at::Tensor, at::Tensor> drawTokens(const at::Tensor& scores,
                                              const at::Tensor& uniforms) {
  TORCH_CHECK(scores.dim() == 2 && scores.size(1) > 0, "scores must be [rows, vocabulary], got ",
              scores.sizes());
  TORCH_CHECK(uniforms.dim() == 1 && uniforms.size(0) == scores.size(0) &&
                  uniforms.scalar_type() == at::kDouble,
              "uniforms must be float64[", scores.size(0), "], got ", uniforms.scalar_type(),
              uniforms.sizes());
  const at::NoGradGuard noGrad;
  if (!isWide(scores) || !uniforms.is_cpu()) return composed(scores, uniforms);
  return compute(scores.contiguous(), uniforms.contiguous());
}

TORCH_LIBRARY_FRAGMENT(athanor, library) {
  library.def("draw_tokens(Tensor scores, Tensor uniforms) -> (Tensor tokens, Tensor log_sums)");
}

TORCH_LIBRARY_IMPL(athanor, CompositeImplicitAutograd, library) {
  library.impl("draw_tokens", &drawTokens);
}

}  // namespace

}  // namespace athanor::draw_tokens
