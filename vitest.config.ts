import { defineConfig } from 'vitest/config';

/**
 * Folders whose tests never load LibTorch. Their test files run in parallel; every other one runs in
 * the project `engine`, because two processes with LibTorch's threads on the same cores slow each
 * other down by a factor, not by a share. `tests/text-setup.ts` fails a file that is here by mistake.
 */
const textFolders = [
  'src/base',
  'src/tokenizer',
  'src/chat',
  'src/corpus',
  'src/plan',
  'samples',
  'tools',
];

const textFiles = textFolders.map((folder) => `${folder}/**/*.test.{ts,mjs}`);

export default defineConfig({
  // The condition `source` of package.json leads `athanor/tensor` to src/, so tests need no dist/.
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  // Node 20 has Symbol.dispose but not `using`, which is therefore compiled away.
  oxc: { target: 'es2022' },
  test: {
    pool: 'forks',
    // Hooks start programs and threads, which takes its time on a busy machine.
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'text',
          include: textFiles,
          setupFiles: ['tests/text-setup.ts'],
          testTimeout: 60_000,
          // By default vitest leaves a core to itself, which on two cores is half of the machine.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['{src,bench,examples,recipes,tests}/**/*.test.ts'],
          exclude: textFiles,
          setupFiles: ['tests/engine-setup.ts'],
          testTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
