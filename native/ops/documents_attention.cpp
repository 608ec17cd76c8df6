#include "documents_attention.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <utility>

#include "short_attention.h"
#include "wide.h"

namespace athanor::attention_apart {

namespace {

using short_attention::MutableRows;
using short_attention::Rows;
using short_attention::Size;

using Lengths = std::vector<int64_t>;

// Whether the loops of short_attention.h are made for these.
bool areShort(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
              const Lengths& lengths) {
  const bool fit = isWide(query) && isWide(key) && isWide(value) && query.size(2) % 8 == 0;
  const auto isShort = [](int64_t length) { return length <= short_attention::kMaxLength; };
  return fit && !lengths.empty() && std::all_of(lengths.begin(), lengths.end(), isShort);
}

// Of tensor [N, H, D] one head from a position on.
Rows rowsOf(const at::Tensor& tensor, int64_t start, int64_t head) {
  const float* data = tensor.const_data_ptr<float>();
  return {data + start * tensor.stride(0) + head * tensor.stride(1), tensor.stride(0)};
}

MutableRows mutableRowsOf(const at::Tensor& tensor, int64_t start, int64_t head) {
  float* data = tensor.mutable_data_ptr<float>();
  return {data + start * tensor.stride(0) + head * tensor.stride(1), tensor.stride(0)};
}

// Calls `body` with each document's size and start and each head, and with scratch of its thread.
template <typename Body>
void forEachHead(const at::Tensor& query, const Lengths& lengths, const Body& body) {
  const int64_t headSize = query.size(2);
  const auto numDocuments = static_cast<int64_t>(lengths.size());
  Lengths starts(lengths.size(), 0);
  for (size_t i = 1; i < lengths.size(); ++i) starts[i] = starts[i - 1] + lengths[i - 1];
  const int64_t longest = *std::max_element(lengths.begin(), lengths.end());
  const int64_t grain = std::max<int64_t>(1, 16 * kGrainElements / (longest * longest * headSize));
  // Documents of one head follow each other, so that each thread has some of every length.
  at::parallel_for(0, query.size(1) * numDocuments, grain, [&](int64_t begin, int64_t end) {
    std::vector<float> scratch(short_attention::scratchSize({longest, headSize}));
    for (int64_t task = begin; task < end; ++task) {
      const int64_t document = task % numDocuments;
      body(Size{lengths[document], headSize}, starts[document], task / numDocuments,
           scratch.data());
    }
  });
}

Result forwardShort(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
                    const Lengths& lengths) {
  const at::Tensor out = at::empty(query.sizes(), query.options());
  const at::Tensor logsumexp = at::empty({query.size(1), query.size(0)}, query.options());
  float* sums = logsumexp.mutable_data_ptr<float>();
  const int64_t numPositions = query.size(0);
  forEachHead(query, lengths, [&](Size size, int64_t start, int64_t head, float* scratch) {
    short_attention::forward(size, rowsOf(query, start, head), rowsOf(key, start, head),
                             rowsOf(value, start, head), mutableRowsOf(out, start, head),
                             sums + head * numPositions + start, scratch);
  });
  return {out, {logsumexp}};
}

void backwardShort(const at::Tensor& gradient, const at::Tensor& query, const at::Tensor& key,
                   const at::Tensor& value, const Result& result, const Lengths& lengths,
                   const std::array<at::Tensor, 3>& gradients) {
  const float* sums = result.logsumexps[0].const_data_ptr<float>();
  const int64_t numPositions = query.size(0);
  forEachHead(query, lengths, [&](Size size, int64_t start, int64_t head, float* scratch) {
    const auto of = [&](size_t i) { return mutableRowsOf(gradients[i], start, head); };
    short_attention::backward(size, rowsOf(query, start, head), rowsOf(key, start, head),
                              rowsOf(value, start, head), rowsOf(result.out, start, head),
                              sums + head * numPositions + start, rowsOf(gradient, start, head),
                              {of(0), of(1), of(2)}, scratch);
  });
}

// Of tensor [N, H, D] a document as LibTorch's kernel wants it, [1, H, L, D].
at::Tensor documentOf(const at::Tensor& tensor, int64_t start, int64_t length) {
  return tensor.narrow(0, start, length).unsqueeze(0).transpose(1, 2);
}

}  // namespace

Result forwardDocuments(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
                        const Lengths& lengths) {
  if (areShort(query, key, value, lengths)) return forwardShort(query, key, value, lengths);
  Result result{at::empty(query.sizes(), query.options()), {}};
  int64_t start = 0;
  for (const int64_t length : lengths) {
    auto [out, logsumexp] = at::_scaled_dot_product_flash_attention_for_cpu(
        documentOf(query, start, length), documentOf(key, start, length),
        documentOf(value, start, length), 0.0, true);
    documentOf(result.out, start, length).copy_(out);
    result.logsumexps.push_back(std::move(logsumexp));
    start += length;
  }
  return result;
}

std::array<at::Tensor, 3> backwardDocuments(const at::Tensor& gradient, const at::Tensor& query,
                                            const at::Tensor& key, const at::Tensor& value,
                                            const Result& result, const Lengths& lengths) {
  std::array<at::Tensor, 3> gradients;
  for (at::Tensor& each : gradients) each = at::empty(query.sizes(), query.options());
  if (areShort(query, key, value, lengths)) {
    backwardShort(gradient, query, key, value, result, lengths, gradients);
    return gradients;
  }
  int64_t start = 0;
  for (size_t i = 0; i < lengths.size(); start += lengths[i++]) {
    const auto of = [&](const at::Tensor& all) { return documentOf(all, start, lengths[i]); };
    const auto [ofQuery, ofKey, ofValue] =
        at::_scaled_dot_product_flash_attention_for_cpu_backward(
            of(gradient), of(query), of(key), of(value), of(result.out), result.logsumexps[i], 0.0,
            true);
    of(gradients[0]).copy_(ofQuery);
    of(gradients[1]).copy_(ofKey);
    of(gradients[2]).copy_(ofValue);
  }
  return gradients;
}

}  // namespace athanor::attention_apart
