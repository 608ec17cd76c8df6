// Why not LibTorch's own allocator: it hands each large block back to the kernel on free and gets
// it again, zeroed page by page, in the next training step; and it takes any size that the kernel
// promises, so that a wrong shape ends in the kernel's out-of-memory killer instead of an error.
//
// This one keeps freed blocks in buckets of nearly equal size (at most 12.5 % apart), backs large
// ones with huge pages, and refuses what does not fit. Live and cached blocks together never
// exceed 1.25 times the most that was live at once.

#include "host_memory.h"

#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <string>
#include <vector>

#include "machine_memory.h"
#include "memory_block.h"

namespace athanor {

namespace {

// At 1.0 every training step evicted the blocks that the next one needed; above 1.25 nothing more
// is saved (docs/LOG.md, 2026-11-26).
size_t cacheableBytes(size_t peakBytes) { return peakBytes + peakBytes / 4; }

class HostAllocator final : public c10::Allocator {
 public:
  HostAllocator() : limitBytes_(machineMemoryBytes()) {}

  c10::DataPtr allocate(size_t bytes) override {
    if (bytes == 0) return {nullptr, nullptr, &release, c10::Device(c10::DeviceType::CPU)};
    TORCH_CHECK_WITH(OutOfMemoryError, bytes < (size_t{1} << 62),
                     "out of memory: a tensor of ", bytes, " bytes was asked for");
    void* data = take(sizeClassOf(bytes + sizeof(BlockHeader)), bytes) + 1;
    return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &release; }

  void copy_data(void* to, const void* from, size_t count) const override {
    default_copy_data(to, from, count);
  }

  HostMemoryStats stats() {
    const std::lock_guard lock(mutex_);
    return {liveBytes_, cachedBytes_, peakBytes_, limitBytes_};
  }

  void resetPeak() {
    const std::lock_guard lock(mutex_);
    peakBytes_ = liveBytes_;
  }

  void setLimit(size_t bytes) {
    const std::lock_guard lock(mutex_);
    limitBytes_ = bytes;
  }

 private:
  static void release(void* data);

  BlockHeader* take(SizeClass size, size_t askedBytes) {
    const std::lock_guard lock(mutex_);
    TORCH_CHECK_WITH(OutOfMemoryError,
                     size.blockBytes <= limitBytes_ && liveBytes_ <= limitBytes_ - size.blockBytes,
                     "out of memory: ", askedBytes, " bytes were asked for, ", liveBytes_,
                     " are in use and the limit is ", limitBytes_);
    BlockHeader* block = reuse(size);
    if (block == nullptr) block = make(size, askedBytes);
    liveBytes_ += size.blockBytes;
    peakBytes_ = std::max(peakBytes_, liveBytes_);
    return block;
  }

  BlockHeader* reuse(SizeClass size) {
    auto& bucket = buckets_[size.bucket];
    if (bucket.empty()) return nullptr;
    BlockHeader* block = bucket.back();
    bucket.pop_back();
    cachedBytes_ -= size.blockBytes;
    return block;
  }

  BlockHeader* make(SizeClass size, size_t askedBytes) {
    const size_t liveBytes = liveBytes_ + size.blockBytes;
    evict(std::min(cacheableBytes(std::max(peakBytes_, liveBytes)), limitBytes_) - liveBytes);
    BlockHeader* block = newBlock(size);
    if (block == nullptr) {
      evict(0);
      block = newBlock(size);
    }
    TORCH_CHECK_WITH(OutOfMemoryError, block != nullptr, "out of memory: the system refused ",
                     askedBytes, " bytes");
    return block;
  }

  // Gives cached blocks back, large ones first, until at most `keepBytes` are cached.
  void evict(size_t keepBytes) {
    for (size_t i = buckets_.size(); i-- > 0 && cachedBytes_ > keepBytes;) {
      auto& bucket = buckets_[i];
      while (!bucket.empty() && cachedBytes_ > keepBytes) {
        cachedBytes_ -= bucket.back()->blockBytes;
        deleteBlock(bucket.back());
        bucket.pop_back();
      }
    }
  }

  void giveBack(BlockHeader* block) {
    const std::lock_guard lock(mutex_);
    liveBytes_ -= block->blockBytes;
    cachedBytes_ += block->blockBytes;
    buckets_[block->bucket].push_back(block);
  }

  std::mutex mutex_;
  std::array<std::vector<BlockHeader*>, kNumBuckets> buckets_;
  size_t liveBytes_ = 0;
  size_t cachedBytes_ = 0;
  size_t peakBytes_ = 0;
  size_t limitBytes_;
};

// Never destroyed: tensors may outlive every destructor that runs at exit.
HostAllocator& allocator() {
  static auto* instance = new HostAllocator();
  return *instance;
}

void HostAllocator::release(void* data) {
  if (data != nullptr) allocator().giveBack(static_cast<BlockHeader*>(data) - 1);
}

}  // namespace

void installHostAllocator() { c10::SetCPUAllocator(&allocator()); }

HostMemoryStats hostMemoryStats() { return allocator().stats(); }
void resetPeakHostMemory() { allocator().resetPeak(); }
void setHostMemoryLimit(size_t bytes) { allocator().setLimit(bytes); }

}  // namespace athanor
