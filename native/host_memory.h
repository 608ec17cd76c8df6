// The CPU allocator of all tensors in this process.
#pragma once

#include <cstddef>

namespace athanor {

struct HostMemoryStats {
  size_t liveBytes;    // held by tensors
  size_t cachedBytes;  // free, kept for the next tensor of about that size
  size_t peakBytes;    // the most that tensors held at once
  size_t limitBytes;   // what tensors may hold at most
};

// Puts the allocator in LibTorch's place for it. Idempotent; called before the first tensor.
void installHostAllocator();

HostMemoryStats hostMemoryStats();
void resetPeakHostMemory();
void setHostMemoryLimit(size_t bytes);

}  // namespace athanor
