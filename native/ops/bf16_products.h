// In which dtype factors of bfloat16 are multiplied.
#pragma once

#include <ATen/core/Tensor.h>

namespace athanor {

// Whether the processor has instructions that multiply bfloat16; what has AMX has AVX512_BF16 too.
bool cpuMultipliesBf16();

// Whether factors of a dtype are better widened to float32 and multiplied there. Every bfloat16 is a
// float32, and the instructions too add up in float32: only the order of the sums differs.
bool isWidened(at::ScalarType dtype, at::Device device);

// The tensor itself, or in float32 where that is better.
at::Tensor widened(const at::Tensor& tensor);

}  // namespace athanor
