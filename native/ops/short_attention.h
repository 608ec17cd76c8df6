// Causal attention of one head of one short document, forward and backward, in float32. Everything
// that a head needs stays in the caches, so that a document of some dozens of positions does not pay
// for calls into a library of matrix products.
//
// Shapes: L positions of the document, D head size.
#pragma once

#include <cstdint>

namespace athanor::short_attention {

// A document has at most so many positions: the weights of attention of a head stay near the core.
constexpr int64_t kMaxLength = 512;

// One head of a document, [L, D]: elements of a row lie next to each other.
struct Rows {
  const float* data;
  int64_t stride;  // from one position to the next, in elements
};

struct MutableRows {
  float* data;
  int64_t stride;
};

struct Size {
  int64_t length;    // L, at most kMaxLength
  int64_t headSize;  // D, a multiple of 8
};

// What `forward` and `backward` need as scratch, in floats.
int64_t scratchSize(Size size);

// Writes softmax(query · keyᵀ / √D) · value, and of each position the logarithm of the sum of the
// exponentials, [L].
void forward(Size size, Rows query, Rows key, Rows value, MutableRows out, float* logsumexp,
             float* scratch);

struct Gradients {
  MutableRows query, key, value;
};

// Writes the gradients, from that of `out` and from what `forward` wrote.
void backward(Size size, Rows query, Rows key, Rows value, Rows out, const float* logsumexp,
              Rows gradient, Gradients gradients, float* scratch);

}  // namespace athanor::short_attention
