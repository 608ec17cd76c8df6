#include "memory_block.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>

namespace athanor {

namespace {

constexpr size_t kHugePage = size_t{2} << 20;
constexpr size_t kMinMappedBytes = size_t{1} << 20;

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

void* allocate(size_t bytes) {
  if (bytes >= kMinMappedBytes) return mapBlock(bytes);
  void* block = nullptr;
  return posix_memalign(&block, kAlignment, bytes) == 0 ? block : nullptr;
}

}  // namespace

SizeClass sizeClassOf(size_t bytes) {
  const size_t exponent = std::bit_width(bytes - 1) - 1;
  const size_t step = std::max(kAlignment, size_t{1} << (exponent < 3 ? 0 : exponent - 3));
  const size_t blockBytes = (bytes + step - 1) / step * step;
  const size_t power = std::bit_width(blockBytes) - 1;
  const size_t eighth = (blockBytes - (size_t{1} << power)) >> (power - 3);
  return {blockBytes, power * 8 + eighth};
}

BlockHeader* newBlock(SizeClass size) {
  auto* block = static_cast<BlockHeader*>(allocate(size.blockBytes));
  if (block != nullptr) *block = {size.blockBytes, size.bucket};
  return block;
}

void deleteBlock(BlockHeader* block) {
  if (block->blockBytes >= kMinMappedBytes) {
    munmap(block, block->blockBytes);
  } else {
    std::free(block);
  }
}

}  // namespace athanor
