// Promises that nobody awaits. The linter looks for them too, but is blind to those of packages and of
// node: modules, whose types it does not read.

import path from 'node:path';
import ts from 'typescript';
import { lineOf, visit } from './syntax.mjs';

/**
 * @param {string} root
 * @param {ts.Program} program
 * @returns {import('./problem.mjs').Problem[]}
 */
export function findFloatingPromises(root, program) {
  const checker = program.getTypeChecker();
  const sources = program.getSourceFiles().filter(({ fileName, isDeclarationFile }) => {
    return !isDeclarationFile && !fileName.includes('/node_modules/');
  });
  /** @type {import('./problem.mjs').Problem[]} */
  const problems = [];
  for (const source of sources) {
    visit(source, (node) => {
      if (!ts.isExpressionStatement(node) || !isFloating(node.expression, checker)) return;
      problems.push({
        file: path.relative(root, source.fileName),
        line: lineOf(source, node),
        what: `nobody waits for this promise: ${node.getText(source).split('\n', 1)[0]}`,
        hint: 'await it or return it; write void before it if its failure may go unnoticed',
      });
    });
  }
  return problems;
}

/**
 * @param {ts.Expression} expression of a statement, so that its value is dropped
 * @param {ts.TypeChecker} checker
 */
function isFloating(expression, checker) {
  if (!ts.isCallExpression(expression) && !ts.isNewExpression(expression)) return false;
  if (handlesRejection(expression)) return false;
  const type = checker.getTypeAtLocation(expression);
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => part.getSymbol()?.name === 'Promise');
}

/** @param {ts.CallExpression | ts.NewExpression} call */
function handlesRejection({ expression, arguments: args }) {
  if (!ts.isPropertyAccessExpression(expression)) return false;
  const numArguments = args?.length ?? 0;
  const method = expression.name.text;
  return (method === 'catch' && numArguments > 0) || (method === 'then' && numArguments > 1);
}
