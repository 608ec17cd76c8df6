/** Random arguments of one operator: mostly of the right kind, some of them hostile. */
import type { SeededRandom } from '../../../src/base/index.ts';
import { type Argument, call, type Operator, type RawAddon } from './addon.ts';
import { ShapeMaker } from './shapes.ts';
import { dtypes, type Fill, type TensorMaker } from './tensors.ts';
import { extremeBigints, extremeInteger, extremeNumbers, garbage } from './values.ts';

const indexNames = new Set(['index', 'indices', 'target', 'repeats', 'sorter']);
const maskNames = new Set(['mask', 'condition']);
const shapeNames = new Set(['size', 'shape', 'sizes', 'normalized_shape', 'repeats']);
const numbersOfDims = /^(dim|dims|dim0|dim1|dim2|start_dim|end_dim|source|destination)$/;

const equations = [
  'ij,jk->ik',
  'ij,ij',
  'ii',
  'i->',
  '...i,...i->...',
  'ab,bc,cd->ad',
  'bij,bjk->bik',
  '',
  '->',
  ',',
  'ij->ijj',
  'i,j,k,l->ijkl',
  'iJ, Jk -> ik',
  '..i',
  '......',
  'i->->i',
  'é,ß',
  `${'a'.repeat(70)}`,
  'i'.repeat(1000),
];
const strings = ['none', 'tanh', 'left', 'right', '', 'mean', 'x'.repeat(1000), '\0', 'none\0'];
const devices = ['cpu', 'cpu', 'cpu', 'meta', 'cuda', 'cuda:0', 'cpu:1', 'xla', 'mkldnn', 'hip:99'];
const rareDevices = [
  'vulkan',
  'mps',
  'ort',
  'privateuseone',
  'ipu',
  'fpga',
  'cpu:-1',
  'meta:3',
  '',
];

/** What is drawn once and holds for a whole case. */
export class ArgumentMaker {
  readonly #random: SeededRandom;
  readonly #addon: RawAddon;
  readonly #maker: TensorMaker;
  readonly #shapes: ShapeMaker;
  readonly #dtype: string;
  /** Tensors made so far, which later calls use again; some may be disposed. */
  readonly pool: number[] = [];
  /** How likely an argument is to be hostile. */
  readonly hostility: number;
  /** How many tensors a list holds, when nothing is wrong. */
  readonly #listLength: number;

  constructor(random: SeededRandom, addon: RawAddon, maker: TensorMaker) {
    this.#random = random;
    this.#addon = addon;
    this.#maker = maker;
    this.#shapes = new ShapeMaker(random);
    this.#dtype = random.next() < 0.45 ? 'float32' : random.pick(dtypes);
    this.hostility = random.pick([0, 0, 0.05, 0.2, 0.6]);
    this.#listLength = 1 + random.int(3);
  }

  /** Arguments for a call; optional ones are sometimes left out from the end. */
  arguments(operator: Operator): unknown[] {
    let position = 0;
    const values = operator.arguments.map((argument) =>
      this.argument(argument, operator.name, argument.kind === 'Tensor' ? position++ : 0),
    );
    const numRequired = operator.arguments.findLastIndex(({ required }) => required) + 1;
    if (this.#random.next() < 0.5) values.length = numRequired;
    if (this.#random.next() < this.hostility / 10) values.length = this.#random.int(35);
    return values;
  }

  argument(argument: Argument, operator: string, position: number): unknown {
    if (this.#random.next() < this.hostility) return this.hostile(argument);
    const mayBeLeftOut = argument.optional || !argument.required;
    if (mayBeLeftOut && this.#random.next() < 0.5) return undefined;
    return this.#plausible(argument, operator, position);
  }

  /** A new tensor, or one that was made before. */
  tensor(name = '', operator = '', position = 0): number {
    if (this.pool.length > 0 && this.#random.next() < 0.3) return this.#random.pick(this.pool);
    const shape = this.#shapes.shape(operator, position);
    const made = this.#maker.make(this.#random, { shape, ...this.#elements(name, operator) });
    this.pool.push(made);
    return made;
  }

  /** A shape of this case. */
  shape(operator: string): number[] {
    return this.#shapes.shape(operator);
  }

  /** An argument of another kind, or one at the edge of its kind. */
  hostile({ kind, listLength }: Pick<Argument, 'kind' | 'listLength'>): unknown {
    const draw = this.#random.next();
    if (draw < 0.25) return garbage(this.#random);
    if (kind === 'Tensor') return this.forgedHandle();
    if (kind.endsWith('[]') && draw < 0.3) return new Array(2 ** 32 - 1);
    if (kind === 'Tensor[]' || kind === 'Tensor?[]') return this.#hostileTensors();
    if (kind === 'int[]' && draw < 0.9) return this.#hostileIntegers(listLength);
    if (kind === 'dtype') return this.#random.int(60) - 5;
    if (kind === 'device') return this.#random.pick(rareDevices);
    if (kind === 'string') return this.#random.pick([...strings, ...equations]);
    if (kind === 'memoryFormat') return this.#random.int(6) - 1;
    return extremeInteger(this.#random);
  }

  /** A handle that is none, or none any more. */
  forgedHandle(): unknown {
    const alive = this.pool.length === 0 ? 7 : this.#random.pick(this.pool);
    const forged = [-1, 0.5, Number.NaN, 2 ** 53, 2 ** 26, alive + 2 ** 26, alive + 1, -alive];
    if (this.pool.length > 2 && this.#random.next() < 0.3) {
      call(this.#addon, 'disposeTensor', alive);
      return alive;
    }
    return this.#random.next() < 0.7 ? this.#random.pick(forged) : garbage(this.#random);
  }

  #elements(name: string, operator: string): { dtype: string; fill: Fill } {
    const random = this.#random;
    if (indexNames.has(name) || (operator === 'embedding' && name === 'indices')) {
      return { dtype: random.next() < 0.85 ? 'int64' : random.pick(dtypes), fill: 'index' };
    }
    if (maskNames.has(name) && random.next() < 0.9) return { dtype: 'bool', fill: 'index' };
    const dtype = random.next() < 0.8 ? this.#dtype : random.pick(dtypes);
    return { dtype, fill: random.next() < 0.7 ? 'small' : 'extreme' };
  }

  #plausible({ name, kind, listLength }: Argument, operator: string, position: number): unknown {
    const random = this.#random;
    switch (kind) {
      case 'Tensor':
        return this.tensor(name, operator, position);
      case 'Tensor[]':
        return this.#tensors(name, operator);
      case 'Tensor?[]':
        return Array.from({ length: 1 + random.int(3) }, () =>
          random.next() < 0.2 ? null : this.tensor('index'),
        );
      case 'int[]':
        return this.#integers(name, listLength);
      case 'int':
        return this.#integer(name);
      case 'string':
        return random.pick(operator === 'einsum' ? equations : strings);
      case 'dtype':
        return this.#maker.codes[random.next() < 0.5 ? 'float32' : random.pick(dtypes)];
      case 'device':
        return random.pick(devices);
      case 'bool':
        return random.next() < 0.5;
      case 'memoryFormat':
        return random.int(4);
      case 'Scalar':
      case 'float':
        return this.#number();
      default:
        return undefined;
    }
  }

  #tensors(name: string, operator: string): number[] {
    const length = this.#random.next() < 0.9 ? this.#listLength : this.#random.int(5);
    return Array.from({ length }, () => this.tensor(name, operator));
  }

  #number(): unknown {
    const draw = this.#random.next();
    if (draw < 0.6) return this.#random.pick([0, 1, 2, 3, -1, 0.5, 0.1, true]);
    return this.#random.pick<number | bigint>(draw < 0.95 ? extremeNumbers : extremeBigints);
  }

  #integer(name: string): unknown {
    if (name === 'reduction') return this.#random.int(3);
    const { length } = this.#shapes.base;
    if (numbersOfDims.test(name)) return this.#random.int(2 * length + 2) - length - 1;
    return this.#random.next() < 0.9 ? this.#random.int(7) - 1 : extremeInteger(this.#random);
  }

  #integers(name: string, listLength: number): unknown {
    const random = this.#random;
    if (listLength > 0 && random.next() < 0.3) return this.#integer(name);
    if (shapeNames.has(name) && random.next() < 0.8) return this.#shapes.shape();
    if (numbersOfDims.test(name)) {
      const dims = random.shuffle([...this.#shapes.base.keys()]);
      return random.next() < 0.5 ? dims : dims.slice(0, 1);
    }
    const length = listLength > 0 ? listLength : random.int(5);
    return Array.from({ length }, () => random.int(5));
  }

  #hostileIntegers(listLength: number): unknown {
    const length = this.#random.pick([0, 1, 2, listLength + 1, 64, 65, 300]);
    const small = this.#random.next() < 0.5;
    return Array.from({ length }, () =>
      small && this.#random.next() < 0.8 ? this.#random.int(3) : extremeInteger(this.#random),
    );
  }

  #hostileTensors(): unknown {
    const length = this.#random.int(7);
    const list = Array.from({ length }, () =>
      this.#random.next() < 0.8 ? this.tensor() : this.forgedHandle(),
    );
    return this.#random.next() < 0.2 ? this.#reentrant(list) : list;
  }

  /** An array that calls the addon while the addon reads it. */
  #reentrant(list: unknown[]): unknown[] {
    const value = list[0];
    const get = () => {
      call(this.#addon, 'call', 0, this.tensor(), this.tensor());
      return value;
    };
    return Object.defineProperty([...list], 0, { get });
  }
}
