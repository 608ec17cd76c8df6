// The handle table: JavaScript holds plain numbers, this table holds the tensors.
//
// A handle is `generation * 2^26 + slot`, a number that a double represents exactly. A slot's
// generation grows each time it is freed, so a handle kept by mistake is noticed, never misread; its
// last bits are the table's own, so a handle of another thread is noticed as well.
// Scopes own slots: ending a scope frees what was made in it and nothing else.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace athanor {

using Handle = double;
using ScopeId = uint64_t;

constexpr Handle kNoHandle = -1;

class TensorTable {
 public:
  TensorTable();

  // Stores a tensor in the innermost scope; in no scope when none is open.
  Handle add(at::Tensor tensor);

  // The tensor of a handle, or nullptr when it was disposed or never existed.
  const at::Tensor* find(Handle handle) const {
    const Entry* entry = entryOf(handle);
    return entry == nullptr ? nullptr : &entry->tensor;
  }

  // Frees one tensor; false when it was not alive.
  bool remove(Handle handle);

  // Takes a tensor out of its scope: from now on its holder frees it. False when not alive.
  bool release(Handle handle);

  void beginScope();

  // Ends the innermost scope. Tensors it owns are freed, except `survivors`, which move to the
  // scope around it; those that leave the outermost scope are returned.
  std::vector<Handle> endScope(const std::vector<Handle>& survivors);

  size_t size() const { return size_; }

 private:
  static constexpr uint64_t kSlotBits = 26;
  static constexpr uint64_t kMaxSlots = uint64_t{1} << kSlotBits;
  static constexpr uint64_t kMaxGeneration = uint64_t{1} << 27;
  // How many tables, of one thread each, have handles that differ.
  static constexpr uint64_t kNumTables = 64;
  static constexpr ScopeId kNoScope = 0;

  struct Entry {
    at::Tensor tensor;
    uint64_t generation;
    ScopeId scope = kNoScope;
    bool alive = false;
  };

  struct Scope {
    ScopeId id;
    std::vector<uint32_t> slots;
  };

  const Entry* entryOf(Handle handle) const;
  uint32_t takeSlot();
  void freeSlot(uint32_t slot);

  const uint64_t firstGeneration_;
  std::vector<Entry> entries_;
  std::vector<uint32_t> freeSlots_;
  std::vector<Scope> scopes_;
  // Slot lists of ended scopes, kept so that a training step allocates none.
  std::vector<std::vector<uint32_t>> spareLists_;
  ScopeId nextScope_ = 1;
  size_t size_ = 0;
};

}  // namespace athanor
