#include "bf16_products.h"

#include <ATen/ATen.h>

namespace athanor {

bool cpuMultipliesBf16() {
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
  return __builtin_cpu_supports("avx512bf16") != 0;
#else
  return false;
#endif
}

bool isWidened(at::ScalarType dtype, at::Device device) {
  static const bool isSlow = !cpuMultipliesBf16();
  return isSlow && dtype == at::kBFloat16 && device.is_cpu();
}

at::Tensor widened(const at::Tensor& tensor) {
  return isWidened(tensor.scalar_type(), tensor.device()) ? tensor.to(at::kFloat) : tensor;
}

}  // namespace athanor
