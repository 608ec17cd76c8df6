// The TypeScript compiler, and promises that nobody waits for.

import ts from 'typescript';
import { findFloatingPromises } from './floating-promises.mjs';
import { createProgram, toProblem } from './program.mjs';

const configFiles = ['tsconfig.json', 'tsconfig.tools.json'];

export const name = 'types';

/**
 * @param {string} root
 * @returns {import('./problem.mjs').Problem[]}
 */
export function run(root) {
  return configFiles.flatMap((configFile) => {
    const { program, configProblems } = createProgram(root, configFile);
    const diagnostics = ts.getPreEmitDiagnostics(program);
    return [
      ...configProblems,
      ...diagnostics.map((diagnostic) => toProblem(root, diagnostic, configFile)),
      ...findFloatingPromises(root, program),
    ];
  });
}
