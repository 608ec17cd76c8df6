// Where in a cache of keys and values a row of the batch stands: arguments that two operators share.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace athanor {

// Throws unless `places` is int64[number] and, on a CPU, each of them from 0 to below `end`.
inline void checkPlaces(const at::Tensor& places, int64_t number, int64_t end, const char* name) {
  TORCH_CHECK(places.dim() == 1 && places.size(0) == number &&
                  places.scalar_type() == at::kLong && places.layout() == at::kStrided,
              name, " must be int64[", number, "], got ", places.scalar_type(), places.sizes());
  if (!places.is_cpu()) return;
  const auto values = places.accessor<int64_t, 1>();
  for (int64_t i = 0; i < number; ++i) {
    TORCH_CHECK(values[i] >= 0 && values[i] < end, name, " must lie from 0 to below ", end,
                ", got ", values[i]);
  }
}

}  // namespace athanor
