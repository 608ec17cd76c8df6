// Loops over floats that are compiled for several widths of vectors, chosen when the addon is loaded.
#pragma once

#include <ATen/core/Tensor.h>

#include <bit>
#include <cstdint>

// The build has no -march, see tools/setup/build-plan.mjs. A function of these must have no template
// and must not call others that are not inlined. `arch=haswell` would ask for Intel's name, not for
// what the processor can do.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#if __GNUC__ >= 12
#define ATHANOR_WIDE __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define ATHANOR_WIDE __attribute__((target_clones("avx2", "default")))
#endif
#else
#define ATHANOR_WIDE
#endif

namespace athanor {

// Elements below which a second thread costs more than it saves: as LibTorch's own loops.
constexpr int64_t kGrainElements = 32768;

// Whether the loops here are made for such a tensor.
inline bool isWide(const at::Tensor& tensor) {
  return tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat &&
         tensor.layout() == at::kStrided && !tensor.is_neg() && !tensor.is_conj();
}

#define ATHANOR_INLINE inline __attribute__((always_inline))

// Whole numbers compare as the magnitudes do, and without a branch, which would keep a loop narrow.
ATHANOR_INLINE int32_t magnitudeOf(float x) { return std::bit_cast<int32_t>(x) & INT32_MAX; }

// -1 for what is no number, else 0.
ATHANOR_INLINE int32_t isNoNumber(float x) { return -static_cast<int32_t>(magnitudeOf(x) > 0x7F800000); }

constexpr int32_t kLargestExponent = std::bit_cast<int32_t>(87.0F);

// x within -87 and 87, one of which NaN becomes, by its sign.
ATHANOR_INLINE float cutExponent(float x) {
  const int32_t magnitude = magnitudeOf(x);
  const int32_t cut = magnitude < kLargestExponent ? magnitude : kLargestExponent;
  return std::bit_cast<float>(cut | (std::bit_cast<int32_t>(x) & INT32_MIN));
}

// e^x within 2 ulp for x from -87 to 87, to which x is cut, NaN too. Cephes' polynomial, on what is
// left of x beside a multiple of ln 2.
ATHANOR_INLINE float wideExp(float x) {
  constexpr float kRound = 12582912.0F;  // 1.5 · 2^23: adding it leaves a whole number in the mantissa
  x = cutExponent(x);
  const float shifted = x * 1.44269504F + kRound;
  const float whole = shifted - kRound;
  const float rest = (x - whole * 0.693359375F) + whole * 2.12194440e-4F;
  float sum = 1.9875691500e-4F;
  sum = sum * rest + 1.3981999507e-3F;
  sum = sum * rest + 8.3334519073e-3F;
  sum = sum * rest + 4.1665795894e-2F;
  sum = sum * rest + 1.6666665459e-1F;
  sum = sum * rest + 5.0000001201e-1F;
  sum = sum * rest * rest + rest + 1.0F;
  const int32_t power = (std::bit_cast<int32_t>(shifted) << 23) + std::bit_cast<int32_t>(1.0F);
  return sum * std::bit_cast<float>(power);
}

// As wideExp, but 0 from e^-87 down.
ATHANOR_INLINE float wideExpOrZero(float x) {
  const int32_t isLarge = -static_cast<int32_t>(magnitudeOf(x) < kLargestExponent);
  return std::bit_cast<float>(std::bit_cast<int32_t>(wideExp(x)) & isLarge);
}

}  // namespace athanor
