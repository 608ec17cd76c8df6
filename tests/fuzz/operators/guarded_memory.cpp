// Takes the place of native/host_memory.cpp in the build of `tools/sanitize.mjs --guard`: the memory
// of each tensor ends where a page begins that nobody may touch, and becomes untouchable itself when
// it is freed. LibTorch's kernels are not compiled with the sanitizers, but this way a kernel that
// leaves its tensor ends the process at once instead of spoiling a neighbour.

#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <deque>
#include <mutex>
#include <unordered_map>

#include "../../../native/host_memory.h"

namespace athanor {

namespace {

// Not 64, as LibTorch's own allocator promises, or up to 63 bytes behind a tensor were free to use.
constexpr size_t kAlignment = 8;
// Freed memory stays untouchable for so many blocks.
constexpr size_t kNumQuarantined = 2000;
// Data that was not initialised: NaN as a float, negative as an index, true as a boolean.
constexpr int kGarbage = 0xfd;

struct Block {
  void* start;
  size_t mappedBytes;
  size_t tensorBytes;
};

class GuardedAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(size_t bytes) override {
    if (bytes == 0) return {nullptr, nullptr, &release, c10::Device(c10::DeviceType::CPU)};
    void* data = take(bytes);
    std::memset(data, kGarbage, bytes);
    return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &release; }

  void copy_data(void* to, const void* from, size_t count) const override {
    default_copy_data(to, from, count);
  }

  HostMemoryStats stats() {
    const std::lock_guard lock(mutex_);
    return {stats_.liveBytes, 0, stats_.peakBytes, stats_.limitBytes};
  }

  void resetPeak() {
    const std::lock_guard lock(mutex_);
    stats_.peakBytes = stats_.liveBytes;
  }

  void setLimit(size_t bytes) {
    const std::lock_guard lock(mutex_);
    stats_.limitBytes = bytes;
  }

 private:
  static void release(void* data);

  void* take(size_t bytes) {
    const std::lock_guard lock(mutex_);
    const size_t limit = stats_.limitBytes;
    TORCH_CHECK_WITH(OutOfMemoryError, bytes <= limit && stats_.liveBytes <= limit - bytes,
                     "out of memory: ", bytes, " bytes were asked for");
    const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    const size_t dataBytes = (bytes + page - 1) / page * page;
    const size_t mappedBytes = dataBytes + 2 * page;
    void* start = mmap(nullptr, mappedBytes, PROT_NONE, MAP_PRIVATE | MAP_ANON, -1, 0);
    TORCH_CHECK_WITH(OutOfMemoryError, start != MAP_FAILED, "out of memory: the system refused");
    char* first = static_cast<char*>(start) + page;
    mprotect(first, dataBytes, PROT_READ | PROT_WRITE);
    char* data = first + (dataBytes - bytes) / kAlignment * kAlignment;
    blocks_[data] = {start, mappedBytes, bytes};
    stats_.liveBytes += bytes;
    stats_.peakBytes = std::max(stats_.peakBytes, stats_.liveBytes);
    return data;
  }

  void giveBack(void* data) {
    const std::lock_guard lock(mutex_);
    const auto found = blocks_.find(data);
    const Block block = found->second;
    blocks_.erase(found);
    stats_.liveBytes -= block.tensorBytes;
    madvise(block.start, block.mappedBytes, MADV_DONTNEED);
    mprotect(block.start, block.mappedBytes, PROT_NONE);
    freed_.push_back(block);
    if (freed_.size() > kNumQuarantined) {
      munmap(freed_.front().start, freed_.front().mappedBytes);
      freed_.pop_front();
    }
  }

  std::mutex mutex_;
  std::unordered_map<void*, Block> blocks_;
  std::deque<Block> freed_;
  HostMemoryStats stats_{0, 0, 0, size_t{1} << 33};
};

GuardedAllocator& allocator() {
  static auto* instance = new GuardedAllocator();
  return *instance;
}

void GuardedAllocator::release(void* data) {
  if (data != nullptr) allocator().giveBack(data);
}

}  // namespace

void installHostAllocator() { c10::SetCPUAllocator(&allocator()); }

HostMemoryStats hostMemoryStats() { return allocator().stats(); }
void resetPeakHostMemory() { allocator().resetPeak(); }
void setHostMemoryLimit(size_t bytes) { allocator().setLimit(bytes); }

}  // namespace athanor
