/**
 * Writes src/tensor/generated/: a typed method or function for every operator of
 * src/tensor/operators.ts, from the schemas of the LibTorch that set-up found.
 *
 *     node tools/generate-operators.mjs            generate, after comparing with schemas.txt
 *     node tools/generate-operators.mjs --record   rewrite src/tensor/schemas.txt from this LibTorch
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { emitFunctions, emitMethods } from './generate/emit.mjs';
import { groupByName } from './generate/signature.mjs';

const root = new URL('../', import.meta.url);
const recordFile = new URL('src/tensor/schemas.txt', root);

/** @typedef {import('../src/tensor/addon.ts').OperatorSchema} OperatorSchema */

await main(process.argv.slice(2));

/** @param {string[]} options */
async function main(options) {
  const { operatorNames, float32ByDefault } = await loadOperatorList();
  const addon = loadAddon();
  /** @type {OperatorSchema[]} */
  const schemas = operatorNames.map((/** @type {string} */ name) => addon.describeOperator(name));
  if (options.includes('--record')) {
    writeFileSync(recordFile, `${schemas.map(({ schema }) => schema).join('\n')}\n`);
  } else {
    compareWithRecord(schemas);
  }
  const groups = groupByName(schemas, float32ByDefault);
  const folder = new URL('src/tensor/generated/', root);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('methods.ts', folder), emitMethods(groups));
  writeFileSync(new URL('functions.ts', folder), emitFunctions(groups));
}

/** The committed list is TypeScript, so it is stripped of its types and imported. */
async function loadOperatorList() {
  const source = readFileSync(new URL('src/tensor/operators.ts', root), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputText).toString('base64')}`);
}

/** @returns {{ describeOperator(name: string): OperatorSchema }} */
function loadAddon() {
  const record = JSON.parse(readFileSync(new URL('build/native.json', root), 'utf8'));
  return createRequire(import.meta.url)(record.addon);
}

/**
 * The promise that any LibTorch from 2.11 to 2.13 will do rests on equal schemas.
 * @param {OperatorSchema[]} schemas
 */
function compareWithRecord(schemas) {
  const recorded = readFileSync(recordFile, 'utf8').trimEnd().split('\n');
  const found = schemas.map(({ schema }) => schema);
  const changed = found.filter((schema) => !recorded.includes(schema));
  if (changed.length === 0 && found.length === recorded.length) return;
  console.error(
    `the schemas of the public operators must be those of ${fileURLToPath(recordFile)}, ` +
      `got ${changed.length} others:\n  ${changed.join('\n  ')}\n` +
      '  hint: use a LibTorch from 2.11 to 2.13, or, after a change of the list, run ' +
      'node tools/generate-operators.mjs --record',
  );
  process.exit(1);
}
