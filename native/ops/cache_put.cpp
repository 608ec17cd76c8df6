// athanor::cache_put_: writes keys or values to where they stand in a cache, head by head; index_put_
// goes from element to element and takes seven times as long.
//
// Shapes: N places, R rows, K key-value heads, S slots, D head size.

#include <ATen/ATen.h>
#include <torch/library.h>

#include <cstring>
#include <optional>

#include "cache_places.h"
#include "wide.h"

namespace athanor::cache_put {

namespace {

void copyHeads(at::Tensor& self, const at::Tensor& rows, const at::Tensor& positions,
               const at::Tensor& source) {
  const int64_t numHeads = self.size(1);
  const int64_t numSlots = self.size(2);
  const int64_t size = self.size(3);
  const auto row = rows.accessor<int64_t, 1>();
  const auto position = positions.accessor<int64_t, 1>();
  const float* in = source.const_data_ptr<float>();
  float* out = self.mutable_data_ptr<float>();
  for (int64_t place = 0; place < source.size(0); ++place) {
    for (int64_t head = 0; head < numHeads; ++head) {
      const int64_t slot = (row[place] * numHeads + head) * numSlots + position[place];
      std::memcpy(out + slot * size, in + place * source.stride(0) + head * source.stride(1),
                  sizeof(float) * size);
    }
  }
  self.unsafeGetTensorImpl()->bump_version();
}

// self [R, K, S, D], source [N, K, D]: self[rows[n], :, positions[n]] = source[n].
at::Tensor& cachePut(at::Tensor& self, const at::Tensor& rows, const at::Tensor& positions,
                     const at::Tensor& source) {
  TORCH_CHECK(self.dim() == 4, "self must be [rows, heads, slots, head size], got ", self.sizes());
  TORCH_CHECK(source.dim() == 3 && source.size(1) == self.size(1) &&
                  source.size(2) == self.size(3),
              "source must be [places, heads, head size] of self ", self.sizes(), ", got ",
              source.sizes());
  checkPlaces(rows, source.size(0), self.size(0), "rows");
  checkPlaces(positions, source.size(0), self.size(2), "positions");
  const bool isKnown = isWide(self) && isWide(source) && rows.is_cpu() && positions.is_cpu() &&
                       self.is_contiguous();
  const bool isRecorded =
      at::GradMode::is_enabled() && (self.requires_grad() || source.requires_grad());
  if (!isKnown || isRecorded) {
    const c10::List<std::optional<at::Tensor>> places({rows, std::nullopt, positions});
    return self.index_put_(places, source);
  }
  copyHeads(self, rows, positions, source.stride(2) == 1 ? source : source.contiguous());
  return self;
}

TORCH_LIBRARY_FRAGMENT(athanor, library) {
  library.def(
      "cache_put_(Tensor(a!) self, Tensor rows, Tensor positions, Tensor source) -> Tensor(a!)");
}

TORCH_LIBRARY_IMPL(athanor, CompositeImplicitAutograd, library) {
  library.impl("cache_put_", &cachePut);
}

}  // namespace

}  // namespace athanor::cache_put
