/**
 * The public operators: these of LibTorch's 3,000, by their names in its schemas, and our own.
 *
 * Set-up generates a typed method (first argument `self`) or function (any other) for each, named
 * in camelCase, with one signature per overload. To add an operator, add its name here, run
 * `npm run setup`, record its schema with `node tools/generate-operators.mjs --record` and give it
 * a test against PyTorch. `npm test` then also fuzzes it: a call may fail, never crash.
 */
// biome-ignore format: a paragraph for each group reads better than a line for each name
export const operators = {
  creation: [
    'empty.memory_format', 'zeros', 'ones', 'full', 'arange', 'arange.start', 'arange.start_step',
    'linspace', 'eye', 'eye.m', 'scalar_tensor', 'empty_like', 'zeros_like', 'ones_like',
    'full_like', 'rand', 'randn', 'randint', 'randint.low', 'randperm', 'rand_like', 'randn_like',
    'bernoulli', 'multinomial', 'normal_', 'uniform_', 'bernoulli_.float', 'exponential_',
    'fill_.Scalar', 'fill_.Tensor', 'zero_', 'copy_', 'clone', 'contiguous', 'detach',
  ],
  arithmetic: [
    'add.Tensor', 'add.Scalar', 'add_.Tensor', 'add_.Scalar', 'sub.Tensor', 'sub.Scalar',
    'sub_.Tensor', 'sub_.Scalar', 'mul.Tensor', 'mul.Scalar', 'mul_.Tensor', 'mul_.Scalar',
    'div.Tensor', 'div.Scalar', 'div_.Tensor', 'div_.Scalar', 'floor_divide',
    'floor_divide.Scalar', 'remainder.Tensor', 'remainder.Scalar', 'fmod.Tensor', 'fmod.Scalar',
    'pow.Tensor_Tensor', 'pow.Tensor_Scalar', 'pow_.Scalar', 'maximum', 'minimum', 'atan2',
    'lerp.Scalar', 'lerp.Tensor', 'lerp_.Scalar', 'lerp_.Tensor', 'addcmul', 'addcmul_',
    'addcdiv', 'addcdiv_', 'logaddexp', 'xlogy.Tensor', 'clamp', 'clamp.Tensor', 'clamp_',
    'clamp_min', 'clamp_max',
  ],
  unary: [
    'abs', 'neg', 'neg_', 'exp', 'exp_', 'exp2', 'expm1', 'log', 'log_', 'log2', 'log10', 'log1p',
    'sqrt', 'sqrt_', 'rsqrt', 'rsqrt_', 'square', 'reciprocal', 'reciprocal_', 'sin', 'cos',
    'tanh', 'tanh_', 'sigmoid', 'sigmoid_', 'erf', 'sign', 'floor', 'ceil', 'round', 'trunc',
    'nan_to_num', 'isnan', 'isinf', 'isfinite',
  ],
  activations: [
    'relu', 'relu_', 'gelu', 'silu', 'softplus', 'log_sigmoid', 'leaky_relu', 'softmax.int',
    'log_softmax.int', 'dropout', 'glu',
  ],
  comparison: [
    'eq.Tensor', 'eq.Scalar', 'ne.Tensor', 'ne.Scalar', 'lt.Tensor', 'lt.Scalar', 'le.Tensor',
    'le.Scalar', 'gt.Tensor', 'gt.Scalar', 'ge.Tensor', 'ge.Scalar', 'logical_and', 'logical_or',
    'logical_xor', 'logical_not', 'bitwise_and.Tensor', 'bitwise_and.Scalar', 'bitwise_or.Tensor',
    'bitwise_or.Scalar', 'bitwise_xor.Tensor', 'bitwise_not', 'isclose', 'allclose', 'equal',
    'isin.Tensor_Tensor', 'where.self', 'where.ScalarOther', 'where.ScalarSelf',
  ],
  reductions: [
    'sum', 'sum.dim_IntList', 'mean', 'mean.dim', 'prod', 'prod.dim_int', 'max', 'max.dim', 'min',
    'min.dim', 'amax', 'amin', 'argmax', 'argmin', 'any', 'any.dim', 'all', 'all.dim',
    'var.correction', 'std.correction', 'var_mean.correction', 'logsumexp', 'linalg_vector_norm',
    'cumsum', 'cumprod', 'logcumsumexp', 'count_nonzero', 'median', 'median.dim', 'bincount',
  ],
  shape: [
    'view', 'reshape', 'permute', 'transpose.int', 't', 'unsqueeze', 'squeeze', 'squeeze.dim',
    'flatten.using_ints', 'unflatten.int', 'expand', 'expand_as', 'broadcast_to', 'repeat',
    'repeat_interleave.self_int', 'repeat_interleave.self_Tensor', 'narrow', 'select.int',
    'slice.Tensor', 'split.Tensor', 'split_with_sizes', 'chunk', 'unbind.int', 'cat', 'stack',
    'roll', 'flip', 'movedim.int', 'tile', 'diagonal', 'diag', 'tril', 'triu', 'constant_pad_nd',
  ],
  indexing: [
    'index.Tensor', 'index_put', 'index_put_', 'index_select', 'index_add', 'index_add_',
    'index_copy_', 'gather', 'scatter.src', 'scatter.value', 'scatter_.src', 'scatter_.value',
    'scatter_add', 'scatter_add_', 'masked_fill.Scalar', 'masked_fill.Tensor',
    'masked_fill_.Scalar', 'masked_select', 'nonzero', 'take_along_dim', 'topk', 'sort',
    'sort.stable', 'argsort', 'searchsorted.Tensor', 'searchsorted.Scalar', 'bucketize.Tensor',
    'unique_consecutive', 'one_hot', 'athanor::cache_put_',
  ],
  linearAlgebra: [
    'matmul', 'mm', 'bmm', 'addmm', 'addmm_', 'baddbmm', 'mv', 'dot', 'outer', 'einsum', 'linear',
    'conv1d',
  ],
  layers: [
    'embedding', 'layer_norm', 'rms_norm', 'scaled_dot_product_attention',
    'athanor::linear_cross_entropy', 'athanor::fused_rms_norm', 'athanor::rotate_halves',
    'athanor::swiglu', 'athanor::attention_apart', 'athanor::cache_attention',
    'athanor::packed_linear', 'athanor::pack_linear_', 'athanor::draw_tokens',
    'athanor::bf16_linear',
  ],
  losses: [
    'cross_entropy_loss', 'nll_loss', 'binary_cross_entropy_with_logits', 'mse_loss', 'l1_loss',
    'huber_loss', 'kl_div', 'athanor::token_logprobs',
  ],
  // One call for all parameters of a model; `_fused_adamw_` is a whole optimizer step.
  lists: [
    '_foreach_add_.Scalar', '_foreach_add_.List', '_foreach_sub.List', '_foreach_mul.Scalar',
    '_foreach_mul_.Scalar', '_foreach_mul_.List', '_foreach_mul_.Tensor', '_foreach_div_.Scalar',
    '_foreach_div_.List', '_foreach_sqrt', '_foreach_lerp_.Scalar', '_foreach_addcmul_.Scalar',
    '_foreach_addcdiv_.Scalar', '_foreach_norm.Scalar', '_foreach_zero_', '_foreach_copy_',
    '_fused_adamw_',
  ],
} as const;

/** Every operator of the list, in its order. */
export const operatorNames: readonly string[] = Object.values(operators).flat();

/**
 * Operators that make a tensor out of numbers. Where LibTorch would choose int64 because a number
 * happens to be whole, ours make float32 unless a dtype is asked for: JavaScript has one number
 * type, and a result's dtype must not depend on a value.
 * @public the generator in tools/ reads it
 */
export const float32ByDefault: readonly string[] = ['full', 'arange', 'scalar_tensor'];
