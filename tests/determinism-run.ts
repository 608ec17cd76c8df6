/** Prints the losses of 50 steps as bits: node --import tsx tests/determinism-run.ts fp32|bf16 */
import type { Precision } from '../src/nn/index.ts';
import { AdamW, decayMatricesOnly } from '../src/optim/index.ts';
import { manualSeed, scope, setNumThreads } from '../src/tensor/index.ts';
import { SmallGpt, trainStep } from './small-gpt.ts';

setNumThreads(2);
manualSeed(11);
const model = new SmallGpt({ dropout: 0.1, precision: process.argv[2] as Precision });
const optimizer = new AdamW(decayMatricesOnly(model.parameters(), 0.1));
const losses = Array.from({ length: 50 }, (_, step) =>
  scope(() => trainStep(model, optimizer, step)),
);
console.log(Buffer.from(Float64Array.from(losses).buffer).toString('hex'));
