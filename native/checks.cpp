#include "checks.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "describe.h"
#include "guard.h"
#include "plan.h"

namespace athanor {

namespace {

// A tensor cut into more pieces than this would fill the memory with their headers alone.
constexpr int64_t kMaxPieces = int64_t{1} << 20;

[[noreturn]] void refuse(const Plan& plan, size_t argument, const std::string& must,
                         const std::string& got) {
  throw BadArgument(plan.name + "." + plan.arguments[argument].name + " must " + must + ", got " +
                    got);
}

void requirePieces(const Plan& plan, int64_t numPieces) {
  if (numPieces <= kMaxPieces) return;
  refuse(plan, 0, "be cut into at most 2^20 pieces", std::to_string(numPieces));
}

// The size of a dimension; 0 when there is no such one, which LibTorch then says itself.
int64_t sizeOf(const at::Tensor& tensor, int64_t dim) {
  const int64_t index = dim < 0 ? dim + tensor.dim() : dim;
  return index < 0 || index >= tensor.dim() ? 0 : tensor.size(index);
}

// split.Tensor(self, split_size, dim)
void checkSplit(const Plan& plan, torch::jit::Stack& arguments) {
  const int64_t pieceSize = arguments[1].toInt();
  if (pieceSize <= 0) return;
  const int64_t size = sizeOf(arguments[0].toTensor(), arguments[2].toInt());
  requirePieces(plan, size / pieceSize + (size % pieceSize != 0));
}

// chunk(self, chunks, dim)
void checkChunk(const Plan& plan, torch::jit::Stack& arguments) {
  const int64_t size = sizeOf(arguments[0].toTensor(), arguments[2].toInt());
  const int64_t numChunks = arguments[1].toInt();
  // Nothing is cut into as many empty pieces as were asked for.
  requirePieces(plan, size == 0 ? numChunks : std::min(numChunks, size));
}

// unbind.int(self, dim)
void checkUnbind(const Plan& plan, torch::jit::Stack& arguments) {
  requirePieces(plan, sizeOf(arguments[0].toTensor(), arguments[1].toInt()));
}

// median.dim(self, dim, keepdim) reads an expanded tensor as if all its elements were in memory.
void copyExpanded(const Plan&, torch::jit::Stack& arguments) {
  const at::Tensor& self = arguments[0].toTensor();
  if (!self.is_non_overlapping_and_dense()) arguments[0] = self.contiguous();
}

// scaled_dot_product_attention(query, key, value, …) reads as many values as there are keys.
void checkAttention(const Plan& plan, torch::jit::Stack& arguments) {
  const at::Tensor& key = arguments[1].toTensor();
  const at::Tensor& value = arguments[2].toTensor();
  if (key.dim() < 2 || value.dim() < 2 || key.size(-2) == value.size(-2)) return;
  refuse(plan, 2, "have as many rows as key (" + std::to_string(key.size(-2)) + ")",
         describeTensor(value));
}

void requireLength(const Plan& plan, size_t argument, size_t got, size_t wanted) {
  if (got == wanted) return;
  refuse(plan, argument, "hold as many tensors as self (" + std::to_string(wanted) + ")",
         std::to_string(got));
}

// Same shape, dtype, device and order in memory, without holes: the kernels count through all of a
// parameter's tensors with one index.
bool isParallel(const at::Tensor& tensor, const at::Tensor& parameter) {
  return tensor.sizes() == parameter.sizes() && tensor.strides() == parameter.strides() &&
      tensor.scalar_type() == parameter.scalar_type() && tensor.device() == parameter.device() &&
      tensor.is_non_overlapping_and_dense();
}

bool isOneFloat(const at::Tensor& tensor) {
  return tensor.numel() == 1 && tensor.scalar_type() == at::kFloat;
}

void requireOneFloat(const Plan& plan, size_t argument, const at::Tensor& tensor) {
  if (!isOneFloat(tensor)) refuse(plan, argument, "hold one float32", describeTensor(tensor));
}

// _fused_adamw_(self, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, lr, beta1, beta2,
// weight_decay, eps, amsgrad, maximize, grad_scale, found_inf)
void checkFusedAdamW(const Plan& plan, torch::jit::Stack& arguments) {
  constexpr size_t kMaxima = 4;
  constexpr size_t kSteps = 5;
  const bool usesMaxima = arguments[11].toBool();
  const auto parameters = arguments[0].toTensorList();
  for (size_t list = 0; list < kSteps; ++list) {
    if (list == kMaxima && !usesMaxima) continue;
    const auto tensors = arguments[list].toTensorList();
    requireLength(plan, list, tensors.size(), parameters.size());
    for (size_t i = 0; i < parameters.size(); ++i) {
      const at::Tensor& tensor = tensors.get(i);
      const at::Tensor& parameter = parameters.get(i);
      if (isParallel(tensor, parameter)) continue;
      refuse(plan, list, "be dense and like self in shape, strides, dtype and device, " +
                 describeTensor(parameter), describeTensor(tensor));
    }
  }
  const auto steps = arguments[kSteps].toTensorList();
  requireLength(plan, kSteps, steps.size(), parameters.size());
  for (const at::Tensor& step : steps) requireOneFloat(plan, kSteps, step);
  for (const size_t optional : {13, 14}) {
    if (arguments[optional].isTensor()) {
      requireOneFloat(plan, optional, arguments[optional].toTensor());
    }
  }
}

struct NamedCheck {
  std::string_view name;
  Check check;
};

constexpr std::array kChecks{
    NamedCheck{"split.Tensor", checkSplit},
    NamedCheck{"chunk", checkChunk},
    NamedCheck{"unbind.int", checkUnbind},
    NamedCheck{"median.dim", copyExpanded},
    NamedCheck{"scaled_dot_product_attention", checkAttention},
    NamedCheck{"_fused_adamw_", checkFusedAdamW},
};

}  // namespace

Check findCheck(const std::string& name) {
  for (const auto& [checked, check] : kChecks) {
    if (checked == name) return check;
  }
  return nullptr;
}

}  // namespace athanor
