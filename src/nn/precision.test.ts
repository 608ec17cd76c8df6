/** Modules in bfloat16 against themselves in float32. */
import { expect, test } from 'vitest';
import { manualSeed, randn, scope, type Tensor } from '../tensor/index.ts';
import { CausalSelfAttention, FeedForward, Linear, type Module, setPrecision } from './index.ts';

const sizes = { hiddenSize: 48, numHeads: 4, contextLength: 24 };

const modules: Record<string, () => Module & { forward(x: Tensor): Tensor }> = {
  attention: () => new CausalSelfAttention(sizes),
  'grouped attention with RoPE and norms': () =>
    new CausalSelfAttention({ ...sizes, numKvHeads: 2, ropeBase: 1e4, qkNorm: true }),
  'attention in a window': () => new CausalSelfAttention({ ...sizes, slidingWindow: 5 }),
  'feed-forward': () => new FeedForward({ hiddenSize: 48, activation: 'swiglu' }),
  linear: () => new Linear({ inFeatures: 48, outFeatures: 20 }),
};

/** Result and gradients: of the input, then of the parameters. */
function run(module: Module & { forward(x: Tensor): Tensor }): Tensor[] {
  manualSeed(2);
  const x = randn([2, 24, 48]);
  x.requiresGrad = true;
  for (const parameter of module.parameters().values()) parameter.grad = null;
  const y = module.forward(x);
  y.to({ dtype: 'float32' }).square().sum().backward();
  const all = [x, ...module.parameters().values()];
  return [y, ...all.map(({ grad }) => grad as Tensor)].map((value) => value.detach().clone());
}

test.each(Object.entries(modules))('%s in bf16 is that of fp32, rounded', (_, make) => {
  scope(() => {
    manualSeed(1);
    const module = make();
    const exact = run(module);
    setPrecision(module, 'bf16');
    const coarse = run(module);
    expect(coarse.map(({ dtype }) => dtype)).toEqual([
      'bfloat16',
      ...exact.slice(1).map(() => 'float32'),
    ]);
    const errors = coarse.map((value, i) => {
      const wanted = exact[i] as Tensor;
      return value.sub(wanted).abs().max().item() / wanted.abs().max().item();
    });
    expect(Math.max(...errors)).toBeLessThan(0.03);
    expect(Math.max(...errors), 'float32 would be closer').toBeGreaterThan(1e-4);
    module.dispose();
  });
});
