// athanor::attention_apart: causal attention of documents that stand one behind the other and do not
// see each other, on a CPU. No pair of positions is computed that does not see each other; gradients
// are written where they belong, without an autograd node and a tensor of zeros for each document.
//
// Shapes: N positions of all documents, H heads, K key-value heads, D head size, L of a document.

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <utility>
#include <vector>

#include "bf16_products.h"
#include "documents_attention.h"

namespace athanor::attention_apart {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// A list itself would count as so many inputs.
struct Documents {
  std::vector<int64_t> lengths;
};

// In float32 where bfloat16 is slow; what comes out is rounded as LibTorch's kernel rounds it.
Result attended(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
                const std::vector<int64_t>& lengths) {
  Result result = forwardDocuments(widened(query), widened(key), widened(value), lengths);
  result.out = result.out.to(query.scalar_type());
  return result;
}

class AttentionApart : public torch::autograd::Function<AttentionApart> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& query,
                            const at::Tensor& key, const at::Tensor& value,
                            const Documents& documents) {
    const Result result = attended(query, key, value, documents.lengths);
    variable_list saved{query, key, value, result.out};
    saved.insert(saved.end(), result.logsumexps.begin(), result.logsumexps.end());
    context->save_for_backward(std::move(saved));
    context->saved_data["lengths"] = documents.lengths;
    return result.out;
  }

  static variable_list backward(AutogradContext* context, variable_list outputGradients) {
    TORCH_CHECK(!at::GradMode::is_enabled(), "attention_apart has no second derivative");
    const auto saved = context->get_saved_variables();
    const auto lengths = context->saved_data["lengths"].toIntVector();
    const Result result{widened(saved[3]), {saved.begin() + 4, saved.end()}};
    const auto gradients =
        backwardDocuments(widened(outputGradients[0]).contiguous(), widened(saved[0]),
                          widened(saved[1]), widened(saved[2]), result, lengths);
    const auto dtype = saved[0].scalar_type();
    return {gradients[0].to(dtype), gradients[1].to(dtype), gradients[2].to(dtype), at::Tensor()};
  }
};

void checkArguments(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
                    at::IntArrayRef lengths) {
  TORCH_CHECK(query.dim() == 3 && query.size(1) > 0 && query.size(2) > 0,
              "query must be [positions, heads, head size], got ", query.sizes());
  TORCH_CHECK(key.dim() == 3 && key.sizes() == value.sizes() && key.size(0) == query.size(0) &&
                  key.size(2) == query.size(2) && key.size(1) > 0 &&
                  query.size(1) % key.size(1) == 0,
              "key and value must be [positions, heads or a divisor, head size] of query ",
              query.sizes(), ", got ", key.sizes(), " and ", value.sizes());
  TORCH_CHECK(query.is_cpu() && key.is_cpu() && value.is_cpu(), "all must be on the CPU");
  TORCH_CHECK(query.is_floating_point() && key.scalar_type() == query.scalar_type() &&
                  value.scalar_type() == query.scalar_type(),
              "query, key and value must have one floating dtype");
  int64_t rest = query.size(0);
  for (const int64_t length : lengths) {
    TORCH_CHECK(length > 0 && length <= rest, "lengths must be positive and sum to ",
                query.size(0), ", got ", lengths);
    rest -= length;
  }
  TORCH_CHECK(rest == 0, "lengths must sum to ", query.size(0), ", got ", lengths);
}

// Elements of a head next to each other, and as many heads as the query has.
at::Tensor prepared(const at::Tensor& tensor, int64_t numHeads) {
  if (tensor.size(1) != numHeads) {
    return tensor.repeat_interleave(numHeads / tensor.size(1), 1);
  }
  return tensor.stride(2) == 1 ? tensor : tensor.contiguous();
}

at::Tensor attentionApart(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
                          at::IntArrayRef lengths) {
  checkArguments(query, key, value, lengths);
  const int64_t numHeads = query.size(1);
  const at::Tensor queries = prepared(query, numHeads);
  const at::Tensor keys = prepared(key, numHeads);
  const at::Tensor values = prepared(value, numHeads);
  const bool wantsGradient =
      queries.requires_grad() || keys.requires_grad() || values.requires_grad();
  if (!at::GradMode::is_enabled() || !wantsGradient) {
    return attended(queries, keys, values, lengths.vec()).out;
  }
  return AttentionApart::apply(queries, keys, values, Documents{lengths.vec()});
}

TORCH_LIBRARY_FRAGMENT(athanor, library) {
  library.def("attention_apart(Tensor query, Tensor key, Tensor value, int[] lengths) -> Tensor");
}

TORCH_LIBRARY_IMPL(athanor, CompositeImplicitAutograd, library) {
  library.impl("attention_apart", &attentionApart);
}

}  // namespace

}  // namespace athanor::attention_apart
