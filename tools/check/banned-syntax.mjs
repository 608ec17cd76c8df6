// Constructs that have no place here, found with the parser so that strings and comments may name them.

import ts from 'typescript';
import { isTest, listScripts } from './repository.mjs';
import { lineOf, listImports, parseFile, visit } from './syntax.mjs';

/** @typedef {import('./problem.mjs').Problem} Problem */

/** Where other programs may be started; tests may too. A new folder here is a decision to review. */
const mayStartProcesses = ['tools/', 'bench/', 'bin/', 'src/corpus/read/'];

/** The only settings that are read from the environment. */
const environmentSettings = ['ATHANOR_LIBTORCH', 'ATHANOR_BENCH_PYTHON'];

export const name = 'banned syntax';

/**
 * @param {string} root
 * @returns {Problem[]}
 */
export function run(root) {
  return listScripts(root).flatMap((file) => {
    const source = parseFile(root, file);
    return [...judgeImports(source), ...judgeNodes(source)];
  });
}

/**
 * @param {ts.SourceFile} source
 * @returns {Problem[]}
 */
function judgeImports(source) {
  const file = source.fileName;
  const mayStart = isTest(file) || mayStartProcesses.some((folder) => file.startsWith(folder));
  return listImports(source).flatMap(({ specifier, line }) => {
    const module = specifier.replace(/^node:/, '');
    if (module === 'vm' && !isTest(file)) {
      return [{ file, line, what: 'uses node:vm, which is no sandbox' }];
    }
    if (module === 'child_process' && !mayStart) {
      const hint = 'folders that may are listed in tools/check/banned-syntax.mjs';
      return [{ file, line, what: 'starts other programs', hint }];
    }
    return [];
  });
}

/**
 * @param {ts.SourceFile} source
 * @returns {Problem[]}
 */
function judgeNodes(source) {
  /** @type {Problem[]} */
  const problems = [];
  visit(source, (node) => {
    const verdict = judgeNode(node);
    if (verdict === undefined) return;
    problems.push({ file: source.fileName, line: lineOf(source, node), ...verdict });
  });
  return problems;
}

/**
 * @param {ts.Node} node
 * @returns {{ what: string, hint: string } | undefined}
 */
function judgeNode(node) {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const callee = node.expression.getText();
    if (callee === 'eval' || callee === 'Function') {
      return {
        what: `${callee} runs text as code`,
        hint: 'write the code, or a parser for the data',
      };
    }
  }
  if (ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.AnyKeyword) {
    return { what: '"as any" switches the compiler off', hint: 'use unknown and narrow it' };
  }
  const setting = readSettingName(node);
  if (setting !== undefined && !environmentSettings.includes(setting)) {
    const hint = 'settings stand in recipes and options, not in the environment';
    return { what: `reads the environment variable ${setting}`, hint };
  }
  return undefined;
}

/**
 * The variable in `process.env.ATHANOR_X` or `env['ATHANOR_X']`. Variables of others are not settings
 * of ours: schedulers and terminals speak through them.
 *
 * @param {ts.Node} node
 */
function readSettingName(node) {
  const isAccess = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  if (!isAccess || !/(^|\.)env$/.test(node.expression.getText())) return undefined;
  const key = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
  const text = ts.isIdentifier(key) || ts.isStringLiteralLike(key) ? key.text : '';
  return text.startsWith('ATHANOR_') ? text : undefined;
}
