/**
 * The head of a language model and its loss, forward and backward: our fused operator against
 * PyTorch's `linear` and `cross_entropy`. The sizes are also those of ops_peer.py.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  linearCrossEntropy,
  manualSeed,
  randint,
  randn,
  scope,
  type Tensor,
} from '../../src/tensor/index.ts';
import {
  compareLowest,
  inFreshProcess,
  inProcess,
  type Measurement,
  milliseconds,
  peakGrowthBytes,
  type Row,
  raceOf,
} from '../harness/index.ts';

const [numTokens, hiddenSize, vocabSize] = [4096, 384, 50257];
const name = 'linear + cross-entropy';

export const time = raceOf(`${name}, time`, ({ peer }) => {
  const head = makeHead();
  const work = (numIterations: number) => {
    for (let i = 0; i < numIterations; i++) differentiate(head);
  };
  return {
    scale: milliseconds,
    target: 1,
    ours: inProcess('Athanor', work),
    theirs: peer?.contestant(name),
    close: () => disposeHead(head),
  };
});

export const memory: Measurement = {
  name: `${name}, memory`,
  async measure({ startPeer }) {
    const ours = await inFreshProcess(new URL(import.meta.url), memoryBytes.name);
    const peer = await startPeer();
    const theirs = await peer?.call<number>('memory_bytes');
    peer?.close();
    const inMegabytes = { ours: ours / 1e6, peer: theirs === undefined ? null : theirs / 1e6 };
    const peerName = peer?.introduction.name ?? null;
    const row = { name: `${name}, peak memory`, unit: 'MB', peerName, target: 2 };
    return [compareLowest({ ...row, ...inMegabytes })];
  },
};

/** By how many bytes the process grows in one pass forward and backward, gradients included. */
export function memoryBytes(): number {
  const head = makeHead();
  const bytes = peakGrowthBytes(() => differentiate(head));
  disposeHead(head);
  return bytes;
}

export const gradients: Measurement = {
  name: `${name}, gradients`,
  async measure({ peer }) {
    const folder = mkdtempSync(join(tmpdir(), 'athanor-bench-'));
    const head = makeHead();
    try {
      for (const part of parts) writeFileSync(join(folder, part), bytesOf(head[part]));
      differentiate(head);
      await peer?.call('write_gradients', { folder });
      const difference = peer === undefined ? undefined : largestDifference(head, folder);
      return [
        differenceRow('absolute', difference?.absolute),
        differenceRow('of the largest', difference?.relative),
      ];
    } finally {
      disposeHead(head);
      rmSync(folder, { recursive: true });
    }
  },
};

function differenceRow(unit: string, difference: number | undefined): Row {
  return compareLowest({
    name: `${name}, gradient difference`,
    unit,
    target: 1,
    ours: difference ?? null,
    peer: difference === undefined ? null : 1e-5,
    peerName: difference === undefined ? null : 'allowed',
  });
}

const parts = ['input', 'weight', 'target'] as const;

type Head = Record<(typeof parts)[number], Tensor>;

function makeHead(): Head {
  manualSeed(0);
  const [input, weight] = [randn([numTokens, hiddenSize]), randn([vocabSize, hiddenSize])];
  weight.mul_(0.02);
  for (const leaf of [input, weight]) leaf.requiresGrad = true;
  return { input, weight, target: randint(vocabSize, [numTokens]) };
}

function disposeHead(head: Head): void {
  for (const part of parts) head[part].dispose();
}

function differentiate({ input, weight, target }: Head): void {
  input.grad = null;
  weight.grad = null;
  scope(() => linearCrossEntropy(input, weight, target).backward());
}

/** Over both gradients, the largest |ours − theirs|; also as a share of the largest |theirs|. */
function largestDifference(head: Head, folder: string) {
  let [absolute, relative] = [0, 0];
  for (const part of ['input', 'weight'] as const) {
    const ours = scope(() => head[part].grad?.toTypedArray() as Float32Array);
    const bytes = readFileSync(join(folder, `${part}-gradient`));
    const theirs = new Float32Array(bytes.buffer, bytes.byteOffset, ours.length);
    let [difference, magnitude] = [0, 0];
    for (const [i, value] of theirs.entries()) {
      difference = Math.max(difference, Math.abs(value - (ours[i] ?? Number.NaN)));
      magnitude = Math.max(magnitude, Math.abs(value));
    }
    absolute = Math.max(absolute, difference);
    relative = Math.max(relative, difference / magnitude);
  }
  return { absolute, relative };
}

function bytesOf(tensor: Tensor): Uint8Array {
  const elements = tensor.toTypedArray();
  return new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
}
