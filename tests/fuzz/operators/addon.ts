/**
 * The addon beneath src/tensor. The fuzzer calls it without the types and checks that stand in front of
 * it, because whatever JavaScript code runs in the process can do the same.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { liveTensors } from '../../../src/tensor/index.ts';

const root = new URL('../../../', import.meta.url);

/** One argument of an operator, as the addon describes it. */
export interface Argument {
  name: string;
  kind: string;
  optional: boolean;
  keywordOnly: boolean;
  required: boolean;
  listLength: number;
}

/** One operator of the public list. */
export interface Operator {
  id: number;
  name: string;
  arguments: Argument[];
  returns: string[];
  returnsArgument: boolean;
}

/** Every export of the addon, with arguments and results of any type. */
export type RawAddon = Record<string, (...values: unknown[]) => unknown>;

/**
 * The addon that src/tensor uses, or the one given: that of the sanitizers has the same exports and
 * takes the place of the recorded one for src/tensor as well.
 */
export function loadAddon(path?: string): RawAddon {
  const require = createRequire(import.meta.url);
  const record = JSON.parse(readFileSync(new URL('build/native.json', root), 'utf8'));
  if (path !== undefined) {
    require(path);
    require.cache[record.addon] = require.cache[path];
  }
  liveTensors();
  return require(record.addon) as RawAddon;
}

/** The operators of src/tensor/operators.ts, whose schemas stand in schemas.txt line by line. */
export function bindOperators(addon: RawAddon): Operator[] {
  const schemas = readFileSync(new URL('src/tensor/schemas.txt', root), 'utf8').trimEnd();
  return schemas.split('\n').map((schema) => bindOperator(addon, schema.replace(/\(.*/, '')));
}

/** One operator by its full name. */
export function bindOperator(addon: RawAddon, name: string): Operator {
  const described = call(addon, 'describeOperator', name) as Omit<Operator, 'id'>;
  return { ...described, id: call(addon, 'bindOperator', name) as number };
}

/** Calls an export by its name; TypeScript does not know which ones there are. */
export function call(addon: RawAddon, name: string, ...values: unknown[]): unknown {
  const exported = addon[name];
  if (typeof exported !== 'function') throw new Error(`the addon has no export ${name}`);
  return exported(...values);
}
