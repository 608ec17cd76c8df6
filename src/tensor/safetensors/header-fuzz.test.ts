import { describe, expect, it } from 'vitest';
import { assemble, mutate, type Sample } from '../../../tests/fuzz/safetensors-mutations.ts';
import { describeFile } from '../../../tests/fuzz/safetensors-oracle.ts';
import { count } from '../../../tests/tier.ts';
import { FileError, SeededRandom } from '../../base/index.ts';
import { elementTypes } from './format.ts';
import { parseHeader, parseHeaderSize } from './header.ts';

const entry = (dtype: string, shape: string, begin: number, end: number) =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;

const seeds: Sample[] = [
  sample('{}', 0),
  sample(`{"x":${entry('F32', '[1]', 0, 4)}}`, 4),
  sample(`{"__metadata__":{"format":"pt","a":"b"},"w":${entry('BF16', '[2,3]', 0, 12)}}   `, 12),
  sample(`{"b":${entry('U8', '[4]', 4, 8)},"a":${entry('I16', '[2]', 0, 4)}}`, 8),
  sample(`{ "s" : ${entry('F64', '[]', 0, 8)},\n"e":${entry('BOOL', '[0,3]', 8, 8)} }`, 8),
  sample(`{"\\u0061\\ud83d\\ude00春":${entry('I64', '[1,1,2]', 0, 16)}}`, 16),
  sample(`{"__proto__":${entry('F16', '[2]', 0, 4)},"constructor":${entry('I8', '[4]', 4, 8)}}`, 8),
];

const numRuns = count({ test: 20_000, pr: 1_000_000, slow: 10_000_000 });

describe('the reader of headers', () => {
  it(`agrees with a second opinion on ${numRuns} changed headers`, { timeout: 3_600_000 }, () => {
    const random = new SeededRandom(2026);
    let numAccepted = 0;
    for (let run = 0; run < numRuns; run++) {
      const file = assemble(mutate(random.pick(seeds), seeds, random), random);
      const ours = outcome(() => describeOurs(file), FileError);
      const theirs = outcome(() => describeFile(file), Error);
      const input = () => `run ${run}: ${file.toString('latin1')}`;
      if (String(ours) !== String(theirs)) expect.fail(`${input()}\n${ours}\n${theirs}`);
      if (Array.isArray(ours)) numAccepted++;
    }
    // A run that only ever refuses, or only accepts, would compare nothing.
    expect(numAccepted / numRuns).toBeGreaterThan(0.05);
    expect(numAccepted / numRuns).toBeLessThan(0.5);
  });
});

function sample(json: string, dataBytes: number): Sample {
  return { json: Buffer.from(json), dataBytes };
}

/** What `read` gives, or "refused"; any error but an `Expected` one ends the test. */
function outcome(
  read: () => string[],
  Expected: new (message: string) => Error,
): string[] | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof Expected) return 'refused';
    throw error;
  }
}

function describeOurs(file: Buffer): string[] {
  const size = parseHeaderSize(file.subarray(0, 8), file.length, 'fuzz');
  const { tensors, metadata } = parseHeader(file.subarray(8, 8 + size), file.length, 'fuzz');
  const codes = new Map(elementTypes.map(({ code, dtype }) => [dtype, code]));
  const tensorLines = [...tensors].map(
    ([name, { dtype, shape, offset }]) =>
      `${JSON.stringify([name, codes.get(dtype), shape])} at ${offset}`,
  );
  const metadataLines = [...metadata].map(([key, value]) =>
    JSON.stringify({ [`metadata ${key}`]: value }),
  );
  return [...tensorLines, ...metadataLines].sort();
}
