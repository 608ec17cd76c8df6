// Causal attention of documents that stand one behind the other, without its registration.
//
// Shapes: N positions of all documents, H heads, D head size.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <vector>

namespace athanor::attention_apart {

struct Result {
  at::Tensor out;                      // [N, H, D]
  std::vector<at::Tensor> logsumexps;  // for the backward pass
};

// Query, key and value are [N, H, D] with the elements of a head next to each other.
Result forwardDocuments(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
                        const std::vector<int64_t>& lengths);

// The gradients of query, key and value, from a contiguous gradient.
std::array<at::Tensor, 3> backwardDocuments(const at::Tensor& gradient, const at::Tensor& query,
                                            const at::Tensor& key, const at::Tensor& value,
                                            const Result& result,
                                            const std::vector<int64_t>& lengths);

}  // namespace athanor::attention_apart
