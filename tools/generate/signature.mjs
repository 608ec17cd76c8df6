/** From the schema of an operator to the signature that TypeScript shows. */

/** @typedef {import('../../src/tensor/addon.ts').OperatorSchema} OperatorSchema */
/** @typedef {import('../../src/tensor/addon.ts').ArgumentSchema} ArgumentSchema */

/**
 * One form of a method or function.
 * @typedef {object} Overload
 * @property {string} constant the name of its Operator in the generated file
 * @property {string} name LibTorch's name, with overload
 * @property {string} schema
 * @property {ArgumentSchema[]} all every argument, in LibTorch's order
 * @property {ArgumentSchema[]} positional without `self` of a method
 * @property {ArgumentSchema[]} keyword those that go into the options object
 * @property {boolean} inPlace
 * @property {string[]} returns
 * @property {boolean} float32 numbers make float32 unless a dtype is given
 */

/**
 * @typedef {object} Group
 * @property {string} name the name in TypeScript
 * @property {boolean} isMethod
 * @property {Overload[]} overloads
 */

/** Arguments that TypeScript does not show: strided memory on seeded generators is all we use. */
const hiddenKinds = new Set(['layout', 'memoryFormat', 'generator']);
const hiddenNames = new Set(['pin_memory']);

/**
 * @param {OperatorSchema[]} schemas
 * @param {readonly string[]} float32ByDefault
 * @returns {Group[]}
 */
export function groupByName(schemas, float32ByDefault) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const schema of schemas) {
    const base = schema.name.replace(/^.*::/, '').replace(/\..*$/, '');
    const isMethod = schema.arguments[0]?.name === 'self' && schema.arguments[0].kind === 'Tensor';
    const name = camelCase(base);
    const group = groups.get(name) ?? { name, isMethod, overloads: [] };
    groups.set(name, group);
    group.overloads.push(overloadOf(schema, isMethod, float32ByDefault.includes(base)));
  }
  return [...groups.values()];
}

/**
 * @param {OperatorSchema} schema
 * @param {boolean} isMethod
 * @param {boolean} float32
 * @returns {Overload}
 */
function overloadOf(schema, isMethod, float32) {
  const shown = schema.arguments.filter(
    ({ kind, name }) => !hiddenKinds.has(kind) && !hiddenNames.has(name),
  );
  return {
    constant: `$${schema.name.replace(/^.*::/, '').replace('.', '$')}`,
    name: schema.name,
    schema: schema.schema,
    all: schema.arguments,
    positional: shown.filter(({ keywordOnly }) => !keywordOnly).slice(isMethod ? 1 : 0),
    keyword: shown.filter(({ keywordOnly }) => keywordOnly),
    inPlace: schema.returnsArgument,
    returns: schema.returns,
    float32,
  };
}

/**
 * `_foreach_add_` → `foreachAdd_`: a leading underscore goes, a trailing one says "in place".
 * @param {string} name
 */
export function camelCase(name) {
  return name.replace(/^_/, '').replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

/**
 * The TypeScript type of an argument.
 * @param {ArgumentSchema} argument
 */
export function typeOf({ kind, optional, listLength }) {
  const types = {
    Tensor: 'Tensor',
    'Tensor[]': 'readonly Tensor[]',
    'Tensor?[]': 'readonly (Tensor | null)[]',
    Scalar: 'Scalar',
    int: 'number',
    'int[]': listLength > 0 ? 'number | readonly number[]' : 'readonly number[]',
    float: 'number',
    bool: 'boolean',
    string: 'string',
    dtype: 'Dtype',
    device: 'Device',
  };
  const type = types[/** @type {keyof typeof types} */ (kind)];
  if (type === undefined) throw new Error(`no TypeScript type for arguments of kind ${kind}`);
  return optional ? `${type} | null` : type;
}

/**
 * @param {Overload} overload
 * @returns {string} the TypeScript type of what it returns
 */
export function returnTypeOf({ inPlace, returns }) {
  if (inPlace) return 'this';
  if (returns.length > 1) return `[${returns.map(() => 'Tensor').join(', ')}]`;
  const types = { Tensor: 'Tensor', 'Tensor[]': 'Tensor[]', bool: 'boolean' };
  return returns.length === 0 ? 'void' : types[/** @type {keyof typeof types} */ (returns[0])];
}

/**
 * The parameters of one overload, as written between parentheses.
 * @param {Overload} overload
 */
export function parametersOf(overload) {
  const { positional, keyword } = overload;
  const parameters = positional.map((argument, i) => {
    const mayEnd = positional.slice(i).every(({ required }) => !required);
    return `${parameterName(argument)}${mayEnd ? '?' : ''}: ${typeOf(argument)}${mayEnd ? ' | undefined' : ''}`;
  });
  if (keyword.length > 0) {
    const mayEnd = keyword.every(({ required }) => !required);
    parameters.push(`options${mayEnd ? '?' : ''}: ${optionsType(keyword)}`);
  }
  return parameters.join(', ');
}

/** @param {ArgumentSchema[]} keyword */
export function optionsType(keyword) {
  const fields = keyword.map(
    (argument) =>
      `${parameterName(argument)}${argument.required ? '' : '?'}: ${typeOf(argument)}${argument.required ? '' : ' | undefined'}`,
  );
  return `{ ${fields.join('; ')} }`;
}

const reservedWords = new Set(['in', 'var', 'default', 'function', 'this', 'new', 'delete']);

/** @param {ArgumentSchema} argument */
export function parameterName({ name }) {
  const camel = camelCase(name);
  return reservedWords.has(camel) ? `${camel}_` : camel;
}
