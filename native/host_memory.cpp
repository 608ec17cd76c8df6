// Why not LibTorch's own allocator: it hands each large block back to the kernel on free and gets
// it again, zeroed page by page, in the next training step; and it takes any size that the kernel
// promises, so that a wrong shape ends in the kernel's out-of-memory killer instead of an error.
//
// This one keeps freed blocks in buckets of nearly equal size (at most 12.5 % apart), backs large
// ones with huge pages, and refuses what does not fit. Live and cached blocks together never
// exceed the most that was live at once, so the cache costs no memory at the peak.

#include "host_memory.h"

#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <string>
#include <vector>

namespace athanor {

namespace {

constexpr size_t kAlignment = 64;  // a cache line, and LibTorch's own promise
constexpr size_t kHugePage = size_t{2} << 20;
constexpr size_t kMinMappedBytes = size_t{1} << 20;
constexpr size_t kNumBuckets = 64 * 8;

// In front of every block; a whole cache line, so that the data stays aligned.
struct alignas(kAlignment) Header {
  size_t blockBytes;
  size_t bucket;
};
static_assert(sizeof(Header) == kAlignment);

// Eight block sizes per power of two. `bytes` includes the header.
struct SizeClass {
  size_t blockBytes;
  size_t bucket;
};

SizeClass classOf(size_t bytes) {
  const size_t exponent = std::bit_width(bytes - 1) - 1;
  const size_t step = std::max(kAlignment, size_t{1} << (exponent < 3 ? 0 : exponent - 3));
  const size_t blockBytes = (bytes + step - 1) / step * step;
  const size_t power = std::bit_width(blockBytes) - 1;
  const size_t eighth = (blockBytes - (size_t{1} << power)) >> (power - 3);
  return {blockBytes, power * 8 + eighth};
}

// A mapping whose start is aligned to a huge page, so that the kernel can use huge pages.
void* mapBlock(size_t bytes) {
  const size_t reserved = bytes + kHugePage;
  void* start = mmap(nullptr, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
  if (start == MAP_FAILED) return nullptr;
  const auto address = reinterpret_cast<uintptr_t>(start);
  const uintptr_t aligned = (address + kHugePage - 1) / kHugePage * kHugePage;
  const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  const uintptr_t end = (aligned + bytes + page - 1) / page * page;
  if (aligned > address) munmap(start, aligned - address);
  if (address + reserved > end) munmap(reinterpret_cast<void*>(end), address + reserved - end);
#ifdef MADV_HUGEPAGE
  madvise(reinterpret_cast<void*>(aligned), bytes, MADV_HUGEPAGE);
#endif
  return reinterpret_cast<void*>(aligned);
}

void* newBlock(size_t bytes) {
  if (bytes >= kMinMappedBytes) return mapBlock(bytes);
  void* block = nullptr;
  return posix_memalign(&block, kAlignment, bytes) == 0 ? block : nullptr;
}

void deleteBlock(Header* block) {
  if (block->blockBytes >= kMinMappedBytes) {
    munmap(block, block->blockBytes);
  } else {
    std::free(block);
  }
}

// The smaller of the machine's memory and the control group's limit (a container's).
size_t machineMemoryBytes() {
  size_t bytes = static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) *
      static_cast<size_t>(sysconf(_SC_PAGESIZE));
  for (const char* path :
       {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    size_t limit;  // the word "max" fails to parse, which is right
    if (std::ifstream(path) >> limit) bytes = std::min(bytes, limit);
  }
  return bytes;
}

class HostAllocator final : public c10::Allocator {
 public:
  HostAllocator() : limitBytes_(machineMemoryBytes()) {}

  c10::DataPtr allocate(size_t bytes) override {
    if (bytes == 0) return {nullptr, nullptr, &release, c10::Device(c10::DeviceType::CPU)};
    TORCH_CHECK_WITH(OutOfMemoryError, bytes < (size_t{1} << 62),
                     "out of memory: a tensor of ", bytes, " bytes was asked for");
    void* data = take(classOf(bytes + sizeof(Header)), bytes) + 1;
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

  Header* take(SizeClass size, size_t askedBytes) {
    const std::lock_guard lock(mutex_);
    TORCH_CHECK_WITH(OutOfMemoryError,
                     size.blockBytes <= limitBytes_ && liveBytes_ <= limitBytes_ - size.blockBytes,
                     "out of memory: ", askedBytes, " bytes were asked for, ", liveBytes_,
                     " are in use and the limit is ", limitBytes_);
    Header* block = reuse(size);
    if (block == nullptr) block = make(size, askedBytes);
    liveBytes_ += size.blockBytes;
    peakBytes_ = std::max(peakBytes_, liveBytes_);
    return block;
  }

  Header* reuse(SizeClass size) {
    auto& bucket = buckets_[size.bucket];
    if (bucket.empty()) return nullptr;
    Header* block = bucket.back();
    bucket.pop_back();
    cachedBytes_ -= size.blockBytes;
    return block;
  }

  Header* make(SizeClass size, size_t askedBytes) {
    evict(std::max(peakBytes_, liveBytes_ + size.blockBytes) - size.blockBytes - liveBytes_);
    auto* block = static_cast<Header*>(newBlock(size.blockBytes));
    if (block == nullptr) {
      evict(0);
      block = static_cast<Header*>(newBlock(size.blockBytes));
    }
    TORCH_CHECK_WITH(OutOfMemoryError, block != nullptr, "out of memory: the system refused ",
                     askedBytes, " bytes");
    block->blockBytes = size.blockBytes;
    block->bucket = size.bucket;
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

  void giveBack(Header* block) {
    const std::lock_guard lock(mutex_);
    liveBytes_ -= block->blockBytes;
    cachedBytes_ += block->blockBytes;
    buckets_[block->bucket].push_back(block);
  }

  std::mutex mutex_;
  std::array<std::vector<Header*>, kNumBuckets> buckets_;
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
  if (data != nullptr) allocator().giveBack(static_cast<Header*>(data) - 1);
}

}  // namespace

void installHostAllocator() { c10::SetCPUAllocator(&allocator()); }

HostMemoryStats hostMemoryStats() { return allocator().stats(); }
void resetPeakHostMemory() { allocator().resetPeak(); }
void setHostMemoryLimit(size_t bytes) { allocator().setLimit(bytes); }

}  // namespace athanor
