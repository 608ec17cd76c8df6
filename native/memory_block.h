// Blocks of memory in a few hundred sizes, and where they come from.
#pragma once

#include <cstddef>

namespace athanor {

constexpr size_t kAlignment = 64;  // a cache line, and LibTorch's own promise
constexpr size_t kNumBuckets = 64 * 8;

// In front of every block; a whole cache line, so that the data stays aligned.
struct alignas(kAlignment) BlockHeader {
  size_t blockBytes;
  size_t bucket;
};
static_assert(sizeof(BlockHeader) == kAlignment);

struct SizeClass {
  size_t blockBytes;
  size_t bucket;
};

// The class of a block that holds `bytes`, its header included: eight sizes per power of two.
SizeClass sizeClassOf(size_t bytes);

// A block from the system, or nullptr. Large ones are made of huge pages where the kernel has them.
BlockHeader* newBlock(SizeClass size);

void deleteBlock(BlockHeader* block);

}  // namespace athanor
