/** Writes the test that tells which overload a call means. */

/** @typedef {import('./signature.mjs').Overload} Overload */
/** @typedef {import('../../src/tensor/addon.ts').ArgumentSchema} ArgumentSchema */

/**
 * When the arguments are those of this overload.
 * @param {Overload} overload
 * @param {string[]} names
 */
export function emitCondition({ positional, keyword }, names) {
  const tests = positional.map((argument, i) => testOf(argument, names[i] ?? ''));
  const rest = names.slice(positional.length);
  if (keyword.length > 0 && rest.length > 0) tests.push(`isOptions(${rest.shift()})`);
  tests.push(...rest.map((name) => `${name} === undefined`));
  return tests.length === 0 ? 'true' : tests.join(' && ');
}

/**
 * @param {ArgumentSchema} argument
 * @param {string} name
 */
function testOf({ kind, optional, required, listLength }, name) {
  const isScalar = `(typeof ${name} === 'number' || typeof ${name} === 'bigint' || typeof ${name} === 'boolean')`;
  const tests = {
    Tensor: `hasHandle(${name})`,
    'Tensor[]': `Array.isArray(${name})`,
    'Tensor?[]': `Array.isArray(${name})`,
    Scalar: isScalar,
    int: `typeof ${name} === 'number'`,
    float: `typeof ${name} === 'number'`,
    bool: `typeof ${name} === 'boolean'`,
    string: `typeof ${name} === 'string'`,
    'int[]':
      listLength > 0
        ? `(Array.isArray(${name}) || typeof ${name} === 'number')`
        : `Array.isArray(${name})`,
  };
  const test = tests[/** @type {keyof typeof tests} */ (kind)];
  if (test === undefined) throw new Error(`no test for positional arguments of kind ${kind}`);
  const absent = [
    ...(required ? [] : [`${name} === undefined`]),
    ...(optional ? [`${name} === null`] : []),
  ];
  return absent.length === 0 ? test : `(${[...absent, test].join(' || ')})`;
}
