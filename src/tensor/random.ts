/** Random numbers of operators such as `randn`, `dropout` and `multinomial`. */
import { streamSeed } from '../base/index.ts';
import { native } from './native.ts';

/** Names one random stream of a run; see `streamSeed`. */
export type RandomStream = Parameters<typeof streamSeed>[0];

/**
 * Seeds the generators of the CPU and of every CUDA device: with a number, or with the name of a
 * stream. Training seeds by stream before each micro-batch, so that no generator state needs to
 * be stored: a resumed run draws the same numbers.
 *
 * LibTorch's CPU generator looks at the low 32 bits of a seed only, so among 65,000 streams two may
 * draw the same numbers. That repeats a dropout mask, which harms nothing; sampling draws from
 * `uniformAt`, which uses all 64.
 */
export function manualSeed(seed: number | bigint | RandomStream): void {
  native().manualSeed(typeof seed === 'object' ? streamSeed(seed) : BigInt(seed));
}
