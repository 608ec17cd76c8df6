#include "short_attention.h"

#include <algorithm>
#include <cmath>

#include "small_products.h"
#include "wide.h"

namespace athanor::short_attention {

namespace {

constexpr int64_t roundUp(int64_t value) { return (value + 7) / 8 * 8; }

// [D, roundUp(L)] from [L, D], times `factor`; what is behind L is 0.
ATHANOR_INLINE void transpose(Size size, Rows rows, float factor, float* out) {
  const int64_t columns = roundUp(size.length);
  for (int64_t position = 0; position < size.length; ++position) {
    const float* row = rows.data + position * rows.stride;
    for (int64_t d = 0; d < size.headSize; ++d) out[d * columns + position] = row[d] * factor;
  }
  for (int64_t d = 0; d < size.headSize; ++d) {
    for (int64_t position = size.length; position < columns; ++position) {
      out[d * columns + position] = 0;
    }
  }
}

ATHANOR_INLINE float largestOf(const float* row, int64_t count) {
  float largest = row[0];
#pragma omp simd reduction(max : largest)
  for (int64_t i = 1; i < count; ++i) largest = std::max(largest, row[i]);
  return largest;
}

// The first `seen` scores become weights that sum to 1, those up to `columns` become 0.
// Returns the logarithm of the sum of the exponentials; not a number if a score is none.
ATHANOR_INLINE float softmaxRow(float* row, int64_t seen, int64_t columns) {
  const float largest = largestOf(row, seen);
  float sum = 0;
  float poison = 0;  // wideExp makes numbers of what is none
#pragma omp simd reduction(+ : sum, poison)
  for (int64_t i = 0; i < seen; ++i) {
    poison += row[i] * 0.0F;
    row[i] = wideExp(row[i] - largest);
    sum += row[i];
  }
  const float scale = 1.0F / sum + poison;
#pragma omp simd
  for (int64_t i = 0; i < seen; ++i) row[i] *= scale;
  for (int64_t i = seen; i < columns; ++i) row[i] = 0;
  return largest + std::log(sum) + poison;
}

ATHANOR_INLINE float dot(const float* left, const float* right, int64_t count) {
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int64_t i = 0; i < count; ++i) sum += left[i] * right[i];
  return sum;
}

// Scores become weights, and gradients of weights those of scores before their scale.
ATHANOR_INLINE void backwardRow(float* scores, float* gradients, float logsumexp, float delta,
                                float scale, int64_t seen, int64_t columns) {
#pragma omp simd
  for (int64_t i = 0; i < seen; ++i) {
    scores[i] = wideExp(scores[i] - logsumexp);
    gradients[i] = scores[i] * (gradients[i] - delta) * scale;
  }
  for (int64_t i = seen; i < columns; ++i) scores[i] = gradients[i] = 0;
}

float scaleOf(Size size) { return 1.0F / std::sqrt(static_cast<float>(size.headSize)); }

}  // namespace

int64_t scratchSize(Size size) {
  return 2 * (size.length + size.headSize) * roundUp(size.length);
}

ATHANOR_WIDE void forward(Size size, Rows query, Rows key, Rows value, MutableRows out,
                          float* logsumexp, float* scratch) {
  const int64_t stride = roundUp(size.length);
  float* keyColumns = scratch;
  float* weights = scratch + size.headSize * stride;
  transpose(size, key, scaleOf(size), keyColumns);
  for (int64_t first = 0; first < size.length; first += kBlockRows) {
    const int64_t rows = std::min(kBlockRows, size.length - first);
    const int64_t end = first + rows;
    const int64_t columns = roundUp(end);
    multiplyBlock({query.data + first * query.stride, query.stride, 1}, {keyColumns, stride},
                  {weights, stride}, rows, columns, size.headSize);
    for (int64_t row = 0; row < rows; ++row) {
      logsumexp[first + row] = softmaxRow(weights + row * stride, first + row + 1, end);
    }
    multiplyBlock({weights, stride, 1}, {value.data, value.stride},
                  {out.data + first * out.stride, out.stride}, rows, size.headSize, end);
  }
}

ATHANOR_WIDE void backward(Size size, Rows query, Rows key, Rows value, Rows out,
                           const float* logsumexp, Rows gradient, Gradients gradients,
                           float* scratch) {
  const auto [length, headSize] = size;
  const int64_t stride = roundUp(length);
  float* keyColumns = scratch;
  float* valueColumns = keyColumns + headSize * stride;
  float* weights = valueColumns + headSize * stride;
  float* scores = weights + length * stride;  // their gradients
  const float scale = scaleOf(size);
  transpose(size, key, scale, keyColumns);
  transpose(size, value, 1.0F, valueColumns);
  for (int64_t first = 0; first < length; first += kBlockRows) {
    const int64_t rows = std::min(kBlockRows, length - first);
    const int64_t end = first + rows;
    float* blockWeights = weights + first * stride;
    float* blockScores = scores + first * stride;
    multiplyBlock({query.data + first * query.stride, query.stride, 1}, {keyColumns, stride},
                  {blockWeights, stride}, rows, roundUp(end), headSize);
    multiplyBlock({gradient.data + first * gradient.stride, gradient.stride, 1},
                  {valueColumns, stride}, {blockScores, stride}, rows, roundUp(end), headSize);
    for (int64_t row = 0; row < rows; ++row) {
      const int64_t position = first + row;
      const float delta = dot(gradient.data + position * gradient.stride,
                              out.data + position * out.stride, headSize);
      backwardRow(blockWeights + row * stride, blockScores + row * stride, logsumexp[position],
                  delta, scale, position + 1, end);
    }
    multiplyBlock({blockScores, stride, 1}, {key.data, key.stride},
                  {gradients.query.data + first * gradients.query.stride, gradients.query.stride},
                  rows, headSize, end);
  }
  for (int64_t first = 0; first < length; first += kBlockRows) {
    const int64_t rows = std::min(kBlockRows, length - first);
    // Earlier positions do not see these keys.
    const int64_t corner = first * stride + first;
    multiplyBlock({scores + corner, 1, stride}, {query.data + first * query.stride, query.stride},
                  {gradients.key.data + first * gradients.key.stride, gradients.key.stride}, rows,
                  headSize, length - first);
    multiplyBlock({weights + corner, 1, stride},
                  {gradient.data + first * gradient.stride, gradient.stride},
                  {gradients.value.data + first * gradients.value.stride, gradients.value.stride},
                  rows, headSize, length - first);
  }
}

}  // namespace athanor::short_attention
