// What checks ask of TypeScript's parser.

import ts from 'typescript';
import { readText } from './repository.mjs';

/**
 * @typedef {object} Import
 * @property {string} specifier
 * @property {number} line
 * @property {boolean} typeOnly erased by the compiler; `import { type X }` is not, it still loads the module
 */

/**
 * @param {string} root
 * @param {string} file
 */
export function parseFile(root, file) {
  return ts.createSourceFile(file, readText(root, file), ts.ScriptTarget.ES2022, true);
}

/**
 * Everything through which a file runs another: imports, re-exports, `import()`, `require()`, and
 * `new Worker(new URL('x', import.meta.url))`; and types written `import('x').T`.
 *
 * @param {ts.SourceFile} sourceFile
 * @returns {Import[]}
 */
export function listImports(sourceFile) {
  /** @type {Import[]} */
  const imports = [];
  visit(sourceFile, (node) => {
    const found = readImport(node);
    if (found !== undefined) imports.push({ ...found, line: lineOf(sourceFile, node) });
  });
  return imports;
}

/**
 * @param {ts.Node} node
 * @param {(node: ts.Node) => void} callback called for the node and all below it, parents first
 */
export function visit(node, callback) {
  callback(node);
  ts.forEachChild(node, (child) => visit(child, callback));
}

/**
 * @param {ts.SourceFile} sourceFile
 * @param {ts.Node} node
 */
export function lineOf(sourceFile, node) {
  return sourceFile.getLineAndCharacterOfPosition(node.getStart(sourceFile)).line + 1;
}

/**
 * @param {ts.Node} node
 * @returns {{ specifier: string, typeOnly: boolean } | undefined}
 */
function readImport(node) {
  if (ts.isImportDeclaration(node)) {
    const typeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return withSpecifier(node.moduleSpecifier, typeOnly);
  }
  if (ts.isExportDeclaration(node)) return withSpecifier(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return withSpecifier(node.argument.literal, true);
  }
  if (ts.isCallExpression(node) && isLoader(node.expression)) {
    return withSpecifier(node.arguments[0], false);
  }
  return isWorkerAddress(node) ? withSpecifier(node.arguments?.[0], false) : undefined;
}

/**
 * @param {ts.Node} node
 * @returns {node is ts.NewExpression}
 */
function isWorkerAddress(node) {
  if (!ts.isNewExpression(node) || node.expression.getText() !== 'URL') return false;
  return ts.isNewExpression(node.parent) && node.parent.expression.getText() === 'Worker';
}

/** @param {ts.Expression} callee */
function isLoader(callee) {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  return ts.isIdentifier(callee) && callee.text === 'require';
}

/**
 * @param {ts.Node | undefined} node
 * @param {boolean} typeOnly
 */
function withSpecifier(node, typeOnly) {
  const isText = node !== undefined && ts.isStringLiteralLike(node);
  return isText ? { specifier: node.text, typeOnly } : undefined;
}
