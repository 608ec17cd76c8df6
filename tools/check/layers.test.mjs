import { describe, expect, test } from 'vitest';
import * as layers from './layers.mjs';
import { tryCheck } from './try-check.mjs';

/** @type {[string, string, string, RegExp][]} rule, file, its text, the problem */
const violations = [
  ['order', 'src/base/a.ts', `import '../nn/index.ts';`, /^src\/base\/a\.ts:1 base imports nn$/],
  [
    'types',
    'src/train/a.ts',
    `import type { M } from '../model/index.ts';`,
    /train imports model$/,
  ],
  ['re-exports', 'src/optim/a.ts', `export * from '../chat/index.ts';`, /optim imports chat$/],
  [
    'import()',
    'src/distributed/a.ts',
    `await import('../rl/index.ts');`,
    /distributed imports rl$/,
  ],
  ['type import()', 'src/nn/a.ts', `type A = import('../rl/index.ts').A;`, /nn imports rl$/],
  ['self-imports', 'src/train/a.ts', `import 'athanor/tokenizer';`, /train imports tokenizer$/],
  ['tests', 'src/train/a.test.ts', `import '../model/index.ts';`, /train imports model$/],
  ['innocence', 'src/model/a.ts', `import '../train/index.ts';`, /model imports train$/],
  ['privacy', 'src/nn/a.ts', `import '../tensor/scope.ts';`, /private to tensor$/],
  ['privacy outside', 'bench/a.ts', `import '../src/tensor/scope.ts';`, /private to tensor$/],
  [
    'tensor-free',
    'src/corpus/a.ts',
    `import '../tensor/index.ts';`,
    /reaches src\/tensor: src\/corp/,
  ],
  ['addon', 'src/nn/a.ts', `import '../../native/a.node';`, /^src\/nn\/a\.ts:1 reaches the addon/],
  ['addon path', 'src/nn/a.ts', `export const a = 'build/athanor.node';`, /mentions the addon/],
  ['dlopen', 'src/base/a.ts', `process.dlopen(module, x);`, /mentions the addon \(dlopen\)/],
  ['stages', 'src/stages/sft.ts', `import './pretrain.ts';`, /a stage imports another/],
  ['training', 'src/stages/training/a.ts', `import '../pretrain.ts';`, /a stage imports another/],
  [
    'web',
    'web/a.ts',
    `import type { A } from '../src/server/index.ts';`,
    /web\/ imports src\/server/,
  ],
  ['web values', 'web/a.ts', `import { a } from '../src/server/protocol.ts';`, /web\/ imports src/],
  ['web alone', 'src/server/a.ts', `import '../../web/a.ts';`, /imports web\/, which nothing may/],
  [
    'inwards',
    'src/cli/a.ts',
    `import '../../recipes/tiny.ts';`,
    /src\/ imports recipes\/tiny\.ts$/,
  ],
  ['samples', 'samples/a.ts', `import '../src/chat/index.ts';`, /samples\/ imports chat$/],
  ['tools', 'tools/a.mjs', `import '../src/base/index.ts';`, /tools\/ imports base$/],
  ['home', 'src/engine/a.ts', '', /^src\/engine\/a\.ts is in no layer$/],
  ['no stray files', 'src/main.ts', '', /^src\/main\.ts is in no layer$/],
];

const allowed = {
  'src/nn/a.ts': `import '../tensor/index.ts'; import './b.ts'; import 'zod'; import 'node:fs';`,
  'src/tensor/native.ts': `export const address = new URL('../../build/native.json', import.meta.url);
    import '../../native/a.node';`,
  'src/plan/a.ts': `import type { GptConfig } from '../model/index.ts';`,
  'src/model/index.ts': `import '../tensor/index.ts';`,
  'src/base/a.test.ts': `import { count } from '../../tests/tier.ts';`,
  'src/stages/index.ts': `export * from './sft.ts';`,
  'src/stages/sft.ts': `import '../train/index.ts'; import './training/index.ts';`,
  'web/a.ts': `import type { A } from '../src/server/protocol.ts'; import 'react';`,
  'examples/a.ts': `import { tensor } from 'athanor/tensor';`,
  'tools/generate.mjs': `export const target = new URL('../src/tensor/list.ts', import.meta.url);`,
};

describe('layers', () => {
  test.each(violations)('%s: %s may not hold %s', async (_rule, file, text, problem) => {
    expect(await tryCheck(layers, { [file]: text })).toEqual([expect.stringMatching(problem)]);
  });

  test('everything else may be imported', async () => {
    expect(await tryCheck(layers, allowed)).toEqual([]);
  });

  test('tensors are found behind other files', async () => {
    const problems = await tryCheck(layers, {
      'src/chat/index.ts': `import { run } from '../train/index.ts';`,
      'src/train/index.ts': `export { run } from './loop.ts';`,
      'src/train/loop.ts': `import { type Tensor } from '../tensor/index.ts';`,
    });
    const path = 'src/chat/index.ts → src/train/index.ts → src/train/loop.ts → src/tensor/index.ts';
    expect(problems).toEqual([`src/chat/index.ts:1 reaches src/tensor: ${path}`]);
  });

  test('a worker is reached like an import', async () => {
    const text = `new Worker(new URL('../rl/worker.ts', import.meta.url));`;
    const problems = await tryCheck(layers, { 'src/nn/a.ts': text });
    expect(problems).toEqual(['src/nn/a.ts:1 nn imports rl']);
  });
});
