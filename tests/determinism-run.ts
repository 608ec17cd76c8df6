/**
 * Prints the losses of a few steps as bits, a line for each precision:
 * node --import tsx tests/determinism-run.ts 50 fp32 bf16
 */
import type { Precision } from '../src/nn/index.ts';
import { AdamW, decayMatricesOnly } from '../src/optim/index.ts';
import { manualSeed, scope, setNumThreads } from '../src/tensor/index.ts';
import { SmallGpt, trainStep } from './small-gpt.ts';

const [numSteps, ...precisions] = process.argv.slice(2);
setNumThreads(2);
for (const precision of precisions as Precision[]) {
  manualSeed(11);
  // Wide enough for LibTorch to give both threads work: from 32,768 elements on.
  const shape = { hiddenSize: 128, contextLength: 64 };
  const model = new SmallGpt({ ...shape, dropout: 0.1, precision });
  const optimizer = new AdamW(decayMatricesOnly(model.parameters(), 0.1));
  const losses = Array.from({ length: Number(numSteps) }, (_, step) =>
    scope(() => trainStep(model, optimizer, step)),
  );
  console.log(Buffer.from(Float64Array.from(losses).buffer).toString('hex'));
}
