// The functions of a source file, with their names and lengths.

import ts from 'typescript';
import { lineOf, visit } from './syntax.mjs';

/**
 * @typedef {object} FunctionLength
 * @property {string} name with the class it belongs to; "(anonymous)" where there is none
 * @property {number} line
 * @property {number} numLines
 */

/**
 * Every function with a body. The callbacks of `describe` are left out: they are lists of tests.
 *
 * @param {ts.SourceFile} source
 * @returns {FunctionLength[]}
 */
export function listFunctions(source) {
  /** @type {FunctionLength[]} */
  const functions = [];
  visit(source, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return;
    if (isSuiteBody(node)) return;
    const line = lineOf(source, node);
    const lastLine = source.getLineAndCharacterOfPosition(node.end).line + 1;
    functions.push({ name: nameOf(node), line, numLines: lastLine - line + 1 });
  });
  return functions;
}

/** @param {ts.Node} node */
function isSuiteBody(node) {
  return ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText());
}

/**
 * @param {ts.SignatureDeclaration} node
 * @returns {string}
 */
function nameOf(node) {
  const own = ts.isConstructorDeclaration(node) ? 'constructor' : node.name?.getText();
  const { parent } = node;
  if (own !== undefined) {
    const owner = ts.isClassLike(parent) ? parent.name?.getText() : undefined;
    return owner === undefined ? own : `${owner}.${own}`;
  }
  if (ts.isCallExpression(parent)) return `callback of ${firstLineOf(parent.expression)}`;
  const isNamed = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent);
  return isNamed ? parent.name.getText() : '(anonymous)';
}

/** @param {ts.Node} node */
function firstLineOf(node) {
  return node.getText().split('\n', 1)[0] ?? '';
}
