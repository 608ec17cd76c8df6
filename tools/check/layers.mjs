// Imports point one way: the five invariants of docs/ARCHITECTURE.md.

import path from 'node:path';
import ts from 'typescript';
import { judgeImport } from './layer-rules.mjs';
import { layers } from './layer-table.mjs';
import { isScript, isTest, listFiles, listScripts } from './repository.mjs';
import { lineOf, listImports, parseFile, visit } from './syntax.mjs';
import { findTensorReaches } from './tensor-reach.mjs';

/** @typedef {import('./problem.mjs').Problem} Problem */

/**
 * @typedef {object} Edge one file importing another
 * @property {string} from
 * @property {string} to
 * @property {number} line
 * @property {boolean} typeOnly
 */

export const name = 'layers';

/**
 * @param {string} root
 * @returns {Problem[]}
 */
export function run(root) {
  const sources = listScripts(root).map((file) => parseFile(root, file));
  const edges = sources.flatMap(listEdges);
  return [
    ...listFiles(root).filter(isScript).flatMap(judgePlace),
    ...edges.flatMap(judgeEdge),
    ...sources.flatMap(findAddonMentions),
    ...findTensorReaches(edges),
  ];
}

/**
 * @param {ts.SourceFile} source
 * @returns {Edge[]}
 */
function listEdges(source) {
  return listImports(source).flatMap(({ specifier, line, typeOnly }) => {
    const to = resolveImport(source.fileName, specifier);
    return to === undefined ? [] : [{ from: source.fileName, to, line, typeOnly }];
  });
}

/**
 * The file that an import means, or undefined for packages and built-in modules.
 *
 * @param {string} from the importing file
 * @param {string} specifier
 */
function resolveImport(from, specifier) {
  if (/^\.{1,2}\//.test(specifier)) return path.posix.join(path.posix.dirname(from), specifier);
  const [name, layer] = specifier.split('/');
  return name === 'athanor' && layer !== 'package.json' ? `src/${layer}/index.ts` : undefined;
}

/**
 * @param {Edge} edge
 * @returns {Problem[]}
 */
function judgeEdge({ from, to, line, typeOnly }) {
  const verdict = judgeImport(from, to, typeOnly);
  return verdict === undefined ? [] : [{ file: from, line, ...verdict }];
}

/**
 * @param {string} file
 * @returns {Problem[]}
 */
function judgePlace(file) {
  const [area, folder] = file.split('/');
  if (area !== 'src' || layers.some((layer) => layer.folder === folder)) return [];
  const hint = 'put it into a layer; a new layer gets a line in tools/check/layer-table.mjs';
  return [{ file, what: 'is in no layer', hint }];
}

/**
 * Loading an addon needs no import (which the rules between files judge): process.dlopen and createRequire take a path, often a computed one.
 *
 * @param {ts.SourceFile} source
 * @returns {Problem[]}
 */
function findAddonMentions(source) {
  const file = source.fileName;
  if (!file.startsWith('src/') || file.startsWith('src/tensor/') || isTest(file)) return [];
  const imported = listImports(source).map(({ specifier }) => specifier);
  /** @type {Problem[]} */
  const problems = [];
  visit(source, (node) => {
    if (ts.isStringLiteralLike(node) && imported.includes(node.text)) return;
    const isPath = ts.isStringLiteralLike(node) && /\.node$|(^|\/)native\//.test(node.text);
    const isLoader = ts.isIdentifier(node) && node.text === 'dlopen';
    if (!isPath && !isLoader) return;
    const what = `mentions the addon (${node.getText(source)}), which only src/tensor may`;
    problems.push({ file, line: lineOf(source, node), what });
  });
  return problems;
}
