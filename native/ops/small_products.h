// Products of small matrices of float32 that lie in the caches. To be inlined into functions that are
// compiled for several widths of vectors, see wide.h.
#pragma once

#include <cstdint>

#include "wide.h"

namespace athanor {

// Eight floats, at any address.
using Vector8 = float __attribute__((vector_size(32), aligned(4), may_alias));

// Element (row, k) is data[row · rowStride + k · depthStride].
struct LeftFactor {
  const float* data;
  int64_t rowStride;
  int64_t depthStride;
};

// Rows of elements that lie next to each other.
struct RightFactor {
  const float* data;
  int64_t stride;
};

struct Product {
  float* data;
  int64_t stride;
};

// product[0..kRows, 0..8·kVectors] = Σ_k left(row, k) · right[k]: sums stay in registers.
template <int kRows, int kVectors>
ATHANOR_INLINE void multiplyTile(LeftFactor left, RightFactor right, Product product,
                                 int64_t depth) {
  Vector8 sums[kRows][kVectors] = {};
  const float* rightRow = right.data;
  const float* leftColumn = left.data;
  for (int64_t k = 0; k < depth; ++k) {
    Vector8 rights[kVectors];
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      rights[v] = *reinterpret_cast<const Vector8*>(rightRow + 8 * v);
    }
#pragma GCC unroll 8
    for (int row = 0; row < kRows; ++row) {
      const float factor = leftColumn[row * left.rowStride];
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) sums[row][v] += factor * rights[v];
    }
    rightRow += right.stride;
    leftColumn += left.depthStride;
  }
#pragma GCC unroll 8
  for (int row = 0; row < kRows; ++row) {
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      *reinterpret_cast<Vector8*>(product.data + row * product.stride + 8 * v) = sums[row][v];
    }
  }
}

// As multiplyTile, over `columns`, a multiple of 8.
template <int kRows>
ATHANOR_INLINE void multiplyTiles(LeftFactor left, RightFactor right, Product product,
                                  int64_t columns, int64_t depth) {
  int64_t column = 0;
  for (; column + 16 <= columns; column += 16) {
    multiplyTile<kRows, 2>(left, {right.data + column, right.stride},
                           {product.data + column, product.stride}, depth);
  }
  if (column < columns) {
    multiplyTile<kRows, 1>(left, {right.data + column, right.stride},
                           {product.data + column, product.stride}, depth);
  }
}

// Rows that share what they read of the right factor: 6 × 2 sums, 2 rows and a factor are 15 of the 16
// vector registers of x86-64.
constexpr int64_t kBlockRows = 6;

// As multiplyTile, of up to kBlockRows rows.
ATHANOR_INLINE void multiplyBlock(LeftFactor left, RightFactor right, Product product, int64_t rows,
                                  int64_t columns, int64_t depth) {
  if (rows == kBlockRows) {
    multiplyTiles<kBlockRows>(left, right, product, columns, depth);
    return;
  }
  for (int64_t row = 0; row < rows; ++row) {
    multiplyTiles<1>({left.data + row * left.rowStride, left.rowStride, left.depthStride}, right,
                     {product.data + row * product.stride, product.stride}, columns, depth);
  }
}

}  // namespace athanor
