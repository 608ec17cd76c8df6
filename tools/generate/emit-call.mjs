/** Writes the body of one overload: arguments converted, the addon called, the result wrapped. */
import { optionsType, parameterName, returnTypeOf } from './signature.mjs';

/** @typedef {import('./signature.mjs').Group} Group */
/** @typedef {import('./signature.mjs').Overload} Overload */
/** @typedef {import('../../src/tensor/addon.ts').ArgumentSchema} ArgumentSchema */

/**
 * @param {Overload} overload
 * @param {Group} group
 * @param {string[]} names of the positional parameters, then of the options
 */
export function emitCall(overload, group, names) {
  const optionsName = names[overload.positional.length] ?? 'options';
  const isTyped = optionsName === 'options';
  const values = overload.all.map((argument) => {
    const position = overload.positional.indexOf(argument);
    if (position >= 0) return convert(argument, names[position] ?? '', overload);
    if (argument === overload.all[0] && group.isMethod) return convert(argument, 'this', overload);
    if (!overload.keyword.includes(argument)) return 'undefined';
    const mayEnd = overload.keyword.every(({ required }) => !required);
    const options = isTyped
      ? optionsName
      : `(${optionsName} as ${optionsType(overload.keyword)}${mayEnd ? ' | undefined' : ''})`;
    return convert(
      argument,
      `${options}${mayEnd ? '?.' : '.'}${parameterName(argument)}`,
      overload,
    );
  });
  while (values.at(-1) === 'undefined') values.pop();
  return emitReturn(
    overload,
    `native().call(${[`${overload.constant}.id`, ...values].join(', ')})`,
  );
}

/**
 * @param {Overload} overload
 * @param {string} expression
 */
function emitReturn(overload, expression) {
  const type = returnTypeOf(overload);
  if (type === 'this') return `${expression};\n  return this;`;
  if (type === 'void') return `return void ${expression};`;
  if (type === 'Tensor') return `return wrap<Tensor>(${expression});`;
  if (type === 'Tensor[]') return `return wrapAll<Tensor>(${expression});`;
  if (type.startsWith('[')) return `return wrapAll<Tensor>(${expression}) as ${type};`;
  return `return ${expression} as ${type};`;
}

/**
 * The expression that the addon gets for an argument.
 * @param {ArgumentSchema} argument
 * @param {string} value
 * @param {Overload} overload
 */
function convert({ kind, name, optional, required }, value, overload) {
  const what = `'${overload.name}.${name}'`;
  if (kind === 'Tensor') {
    return optional || !required
      ? `optionalHandle(${value}, ${what})`
      : `handleOf(${value}, ${what})`;
  }
  if (kind === 'Tensor[]' || kind === 'Tensor?[]') return `handlesOf(${value}, ${what})`;
  if (kind === 'dtype') return `optionalDtype(${value}${overload.float32 ? " ?? 'float32'" : ''})`;
  return value;
}
