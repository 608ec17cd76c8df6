#include "tensor_table.h"

#include <c10/util/Exception.h>

#include <atomic>
#include <utility>

namespace athanor {

namespace {

// A gradient may have a gradient, and so on: each is taken off before its tensor is destroyed, or a
// long chain of them would be destroyed recursively, beyond the end of the stack.
void destroy(at::Tensor tensor) {
  while (tensor.defined() && tensor.use_count() == 1 &&
         tensor.unsafeGetTensorImpl()->autograd_meta() != nullptr) {
    tensor = std::exchange(tensor.mutable_grad(), at::Tensor());
  }
}

uint64_t nextTable() {
  static std::atomic<uint64_t> number = 0;
  return number++;
}

}  // namespace

TensorTable::TensorTable() : firstGeneration_(kNumTables + nextTable() % kNumTables) {}

Handle TensorTable::add(at::Tensor tensor) {
  const uint32_t slot = takeSlot();
  Entry& entry = entries_[slot];
  entry.tensor = std::move(tensor);
  entry.alive = true;
  entry.scope = kNoScope;
  if (!scopes_.empty()) {
    entry.scope = scopes_.back().id;
    scopes_.back().slots.push_back(slot);
  }
  ++size_;
  return static_cast<Handle>((entry.generation << kSlotBits) | slot);
}

const TensorTable::Entry* TensorTable::entryOf(Handle handle) const {
  // The comparison also refuses NaN, and bounds the value before the cast, which would otherwise
  // be undefined behaviour.
  if (!(handle >= 0 && handle < 9007199254740992.0)) return nullptr;
  const auto bits = static_cast<uint64_t>(handle);
  const uint64_t slot = bits & (kMaxSlots - 1);
  if (slot >= entries_.size()) return nullptr;
  const Entry& entry = entries_[slot];
  return entry.alive && entry.generation == bits >> kSlotBits ? &entry : nullptr;
}

bool TensorTable::remove(Handle handle) {
  const Entry* entry = entryOf(handle);
  if (entry == nullptr) return false;
  freeSlot(static_cast<uint32_t>(entry - entries_.data()));
  return true;
}

bool TensorTable::release(Handle handle) {
  const Entry* entry = entryOf(handle);
  if (entry == nullptr) return false;
  entries_[entry - entries_.data()].scope = kNoScope;
  return true;
}

void TensorTable::beginScope() {
  Scope scope{nextScope_++, {}};
  if (!spareLists_.empty()) {
    scope.slots = std::move(spareLists_.back());
    spareLists_.pop_back();
  }
  scopes_.push_back(std::move(scope));
}

std::vector<Handle> TensorTable::endScope(const std::vector<Handle>& survivors) {
  TORCH_CHECK(!scopes_.empty(), "there is no open scope to end");
  Scope scope = std::move(scopes_.back());
  scopes_.pop_back();
  std::vector<Handle> escaped;
  for (const Handle handle : survivors) {
    const Entry* found = entryOf(handle);
    if (found == nullptr || found->scope != scope.id) continue;
    const auto slot = static_cast<uint32_t>(found - entries_.data());
    if (scopes_.empty()) {
      entries_[slot].scope = kNoScope;
      escaped.push_back(handle);
    } else {
      entries_[slot].scope = scopes_.back().id;
      scopes_.back().slots.push_back(slot);
    }
  }
  // A slot can appear twice, freed and reused within the scope: the second visit finds it dead.
  for (const uint32_t slot : scope.slots) {
    if (entries_[slot].alive && entries_[slot].scope == scope.id) freeSlot(slot);
  }
  scope.slots.clear();
  spareLists_.push_back(std::move(scope.slots));
  return escaped;
}

uint32_t TensorTable::takeSlot() {
  if (!freeSlots_.empty()) {
    const uint32_t slot = freeSlots_.back();
    freeSlots_.pop_back();
    return slot;
  }
  TORCH_CHECK(entries_.size() < kMaxSlots, "too many live tensors (", kMaxSlots, ")");
  entries_.push_back({.tensor = {}, .generation = firstGeneration_});
  return static_cast<uint32_t>(entries_.size() - 1);
}

void TensorTable::freeSlot(uint32_t slot) {
  Entry& entry = entries_[slot];
  entry.alive = false;
  entry.scope = kNoScope;
  --size_;
  // A slot whose generations are used up is retired, so a handle is never valid twice.
  entry.generation += kNumTables;
  if (entry.generation < kMaxGeneration) freeSlots_.push_back(slot);
  // Last, because destroying a tensor may run destructors of a whole autograd graph.
  destroy(std::move(entry.tensor));
}

}  // namespace athanor
