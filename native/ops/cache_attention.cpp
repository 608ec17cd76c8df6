// athanor::cache_attention: one new position of each row attends to what a cache keeps of the row, on a
// CPU. LibTorch's kernel is made for many queries at once, wants a mask where rows stand at different
// positions, and reads what the mask hides.
//
// Shapes: B rows, R ≥ B rows of the cache, H heads, K key-value heads, S slots, D head size.

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/library.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "attend_head.h"
#include "cache_places.h"
#include "wide.h"

namespace athanor::cache_attention {

namespace {

at::Tensor compute(const at::Tensor& query, const at::Tensor& keys, const at::Tensor& values,
                   const at::Tensor& positions, std::optional<int64_t> window) {
  const int64_t numKvHeads = keys.size(1);
  const int64_t numSlots = keys.size(2);
  const int64_t size = query.size(2);
  const int64_t groupSize = query.size(1) / numKvHeads;
  at::Tensor out = at::empty(query.sizes(), query.options());
  const float* queries = query.const_data_ptr<float>();
  const float* allKeys = keys.const_data_ptr<float>();
  const float* allValues = values.const_data_ptr<float>();
  float* outs = out.mutable_data_ptr<float>();
  const int64_t* places = positions.const_data_ptr<int64_t>();
  const int64_t longest = 1 + *std::max_element(places, places + query.size(0));
  const int64_t grain = std::max<int64_t>(1, kGrainElements / (groupSize * longest * size));
  at::parallel_for(0, query.size(0) * numKvHeads, grain, [&](int64_t begin, int64_t end) {
    std::vector<float> weights(longest);
    for (int64_t each = begin; each < end; ++each) {
      const int64_t length = places[each / numKvHeads] + 1;
      const int64_t numSeen = std::min(length, window.value_or(length));
      const int64_t first = (each * numSlots + length - numSeen) * size;
      for (int64_t head = each * groupSize; head < (each + 1) * groupSize; ++head) {
        attendHead(queries + head * size,
                   {allKeys + first, allValues + first, allKeys + first + numSlots * size},
                   weights.data(), outs + head * size, numSeen, size);
      }
    }
  });
  return out;
}

at::Tensor composed(const at::Tensor& query, const at::Tensor& keys, const at::Tensor& values,
                    const at::Tensor& positions, std::optional<int64_t> window) {
  const at::Tensor slots = at::arange(keys.size(2), positions.options());
  const at::Tensor distance = positions.unsqueeze(1) - slots;
  at::Tensor seen = distance.ge(0);
  if (window.has_value()) seen = seen.logical_and(distance.lt(*window));
  const auto rows = [&](const at::Tensor& all) { return all.narrow(0, 0, query.size(0)); };
  const bool isGrouped = query.size(1) != keys.size(1);
  return at::scaled_dot_product_attention(query.unsqueeze(2), rows(keys), rows(values),
                                          seen.unsqueeze(1).unsqueeze(1), 0.0, false, std::nullopt,
                                          isGrouped)
      .squeeze(2);
}

at::Tensor cacheAttention(const at::Tensor& query, const at::Tensor& keys, const at::Tensor& values,
                          const at::Tensor& positions, std::optional<int64_t> window) {
  TORCH_CHECK(query.dim() == 3 && query.size(1) > 0 && query.size(2) > 0,
              "query must be [rows, heads, head size], got ", query.sizes());
  TORCH_CHECK(keys.dim() == 4 && keys.sizes() == values.sizes() && keys.size(0) >= query.size(0) &&
                  keys.size(3) == query.size(2) && keys.size(1) > 0 &&
                  query.size(1) % keys.size(1) == 0,
              "keys and values must be [rows, heads or a divisor, slots, head size] of query ",
              query.sizes(), ", got ", keys.sizes(), " and ", values.sizes());
  TORCH_CHECK(window.value_or(1) > 0, "window must be positive, got ", window.value_or(1));
  checkPlaces(positions, query.size(0), keys.size(2), "positions");
  const bool isKnown = isWide(query) && isWide(keys) && isWide(values) && positions.is_cpu() &&
                       keys.is_contiguous() && values.is_contiguous() && query.size(0) > 0;
  const bool isRecorded = at::GradMode::is_enabled() && (query.requires_grad() ||
                                                         keys.requires_grad() ||
                                                         values.requires_grad());
  if (!isKnown || isRecorded) return composed(query, keys, values, positions, window);
  return compute(query.contiguous(), keys, values, positions.contiguous(), window);
}

TORCH_LIBRARY_FRAGMENT(athanor, library) {
  library.def(
      "cache_attention(Tensor query, Tensor keys, Tensor values, Tensor positions, *, "
      "int? window=None) -> Tensor");
}

TORCH_LIBRARY_IMPL(athanor, CompositeImplicitAutograd, library) {
  library.impl("cache_attention", &cacheAttention);
}

}  // namespace

}  // namespace athanor::cache_attention
