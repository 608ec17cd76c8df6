// Code in documents compiles. A block that is no whole program opts out with ```ts ignore.

import path from 'node:path';
import { parseMarkdown } from './markdown.mjs';
import { createProgram, toProblem } from './program.mjs';
import { isMarkdown, listFiles, readText } from './repository.mjs';

/** @typedef {import('./problem.mjs').Problem} Problem */

export const name = 'code blocks';

/**
 * Compiles every ts block as a module that stands beside its document, so relative imports and
 * `athanor/…` mean what a reader takes them for.
 *
 * @param {string} root
 * @returns {Problem[]}
 */
export function run(root) {
  const blocks = listFiles(root)
    .filter(isMarkdown)
    .flatMap((file) => listBlocks(root, file));
  if (blocks.length === 0) return [];
  const documents = new Map(blocks.map(({ module, text }) => [module, text]));
  const { program } = createProgram(root, 'tsconfig.json', documents);
  return blocks.flatMap(({ file, line, module }) => {
    const source = program.getSourceFile(module);
    const diagnostics = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    return diagnostics.map((diagnostic) => {
      const { what, line: lineInBlock = 0 } = toProblem(root, diagnostic, file);
      return { file, line: line + lineInBlock, what };
    });
  });
}

/**
 * @param {string} root
 * @param {string} file
 */
function listBlocks(root, file) {
  return parseMarkdown(readText(root, file))
    .blocks.filter(({ info }) => /^(ts|typescript)$/.test(info))
    .map(({ line, text }) => {
      return { file, line, text, module: path.join(root, `${file}.line-${line}.ts`) };
    });
}
