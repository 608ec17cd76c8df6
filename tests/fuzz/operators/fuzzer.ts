/**
 * One case: a few tensors and a few calls, all of them drawn from (seed, index), so that a case which
 * ends the process can be run again alone.
 */
import { inspect } from 'node:util';
import { deriveSeed, SeededRandom } from '../../../src/base/index.ts';
import { scope } from '../../../src/tensor/index.ts';
import { bindOperators, call, type Operator, type RawAddon } from './addon.ts';
import { ArgumentMaker } from './arguments.ts';
import { exportArguments, exportNames, restore } from './exports.ts';
import type { Journal } from './journal.ts';
import { type PreparedCall, prepareOperator, prepareOther } from './public-calls.ts';
import { TensorMaker } from './tensors.ts';

/** What a run came to. */
export interface Outcome {
  numCases: number;
  numCalls: number;
  /** Calls that returned without an error, by operator. */
  numAccepted: Record<string, number>;
  /** What went wrong without ending the process: leaks, errors that are none. */
  violations: string[];
}

/** Larger results are freed at once, or a case would compute for minutes. */
const maxKeptElements = 2 ** 20;

export class Fuzzer {
  readonly outcome: Outcome = { numCases: 0, numCalls: 0, numAccepted: {}, violations: [] };
  readonly #seed: number;
  readonly #addon: RawAddon;
  readonly #record: (text: string) => void;
  readonly #operators: Operator[];
  readonly #exports: string[];
  readonly #tensors: TensorMaker;
  #label = '';

  constructor(seed: number, addon: RawAddon, journal: Pick<Journal, 'write'>) {
    this.#seed = seed;
    this.#addon = addon;
    this.#record = (text) => journal.write(text);
    this.#operators = bindOperators(addon);
    this.#exports = exportNames(addon);
    this.#tensors = new TensorMaker(addon);
  }

  /** Runs case `index`; cases with neighbouring indices begin with different operators. */
  runCase(index: number): void {
    const random = new SeededRandom(deriveSeed(this.#seed, 'case', index));
    this.#label = `case ${index}`;
    const numLiveBefore = call(this.#addon, 'liveTensors');
    call(this.#addon, 'beginScope');
    const maker = new ArgumentMaker(random, this.#addon, this.#tensors);
    const first = this.#operators[index % this.#operators.length] as Operator;
    this.#guarded(first.name, () => this.#prepareRaw(first, maker));
    for (let left = random.int(6); left > 0; left--) this.#step(maker, random);
    this.#end(maker, numLiveBefore);
    this.outcome.numCases++;
  }

  #step(maker: ArgumentMaker, random: SeededRandom): void {
    const draw = random.next();
    const operator = random.pick(this.#operators);
    if (draw < 0.5) {
      this.#guarded(operator.name, () => this.#prepareRaw(operator, maker));
    } else if (draw < 0.65) {
      const name = random.pick(this.#exports);
      this.#guarded(name, () => this.#prepareExport(name, maker, random));
    } else if (draw < 0.75) {
      this.#guarded('backward', () => this.#prepareBackward(maker, random));
    } else if (draw < 0.9) {
      this.#guarded('public', () => inScope(prepareOperator(operator, maker, random)));
    } else {
      this.#guarded('public', () => inScope(prepareOther(maker, random)));
    }
  }

  #prepareRaw(operator: Operator, maker: ArgumentMaker): PreparedCall {
    const values = maker.arguments(operator);
    return {
      text: `${operator.name}(${this.#show(values)})`,
      run: () => {
        const result = call(this.#addon, 'call', operator.id, ...values);
        if (operator.returns.some((type) => type.startsWith('Tensor'))) this.#keep(result, maker);
        return result;
      },
    };
  }

  #prepareExport(name: string, maker: ArgumentMaker, random: SeededRandom): PreparedCall {
    const values = exportArguments(name, maker, random);
    return {
      text: `addon.${name}(${this.#show(values)})`,
      run: () => {
        call(this.#addon, name, ...values);
        // Whatever is made next belongs to a scope, so that the end of the case can free it.
        if (name === 'endScope') call(this.#addon, 'beginScope');
      },
    };
  }

  /** Differentiates a tensor of the case, which may be the result of anything. */
  #prepareBackward(maker: ArgumentMaker, random: SeededRandom): PreparedCall {
    const tensor = maker.tensor();
    const sum = this.#operators.find(({ name }) => name === 'sum');
    const retain = random.next() < 0.3;
    return {
      text: `backward of the sum of ${this.#show([tensor])}`,
      run: () => {
        const loss = call(this.#addon, 'call', sum?.id, tensor);
        call(this.#addon, 'backward', [loss], null, retain, random.next() < 0.3);
        maker.pool.push(call(this.#addon, 'getGrad', tensor) as number);
      },
    };
  }

  #guarded(name: string, prepare: () => PreparedCall): void {
    try {
      const prepared = prepare();
      this.#record(`${this.#label}: ${prepared.text}`);
      this.outcome.numCalls++;
      prepared.run();
      this.outcome.numAccepted[name] = (this.outcome.numAccepted[name] ?? 0) + 1;
    } catch (error) {
      if (!(error instanceof Error)) this.#violate(`${name} threw ${inspect(error)}`);
    }
  }

  /** Adds results to the tensors of the case. */
  #keep(result: unknown, maker: ArgumentMaker): void {
    for (const handle of Array.isArray(result) ? result.slice(0, 8) : [result]) {
      if (typeof handle !== 'number') continue;
      const [, device, ...shape] = call(this.#addon, 'tensorInfo', handle) as [number, string];
      const numElements = shape.reduce((product, size) => product * size, 1);
      if (device === 'cpu' && numElements > maxKeptElements) {
        call(this.#addon, 'disposeTensor', handle);
      } else {
        maker.pool.push(handle);
      }
    }
  }

  #end(maker: ArgumentMaker, numLiveBefore: unknown): void {
    this.#record(`${this.#label}: its end`);
    restore(this.#addon);
    for (const handle of maker.pool) call(this.#addon, 'disposeTensor', handle);
    const numLive = call(this.#addon, 'liveTensors');
    if (numLive !== numLiveBefore) this.#violate(`left ${numLive} tensors, not ${numLiveBefore}`);
  }

  #violate(text: string): void {
    if (this.outcome.violations.length < 20) this.outcome.violations.push(`${this.#label} ${text}`);
  }

  /** Handles as the tensors they name, anything else as it is. */
  #show(values: unknown[]): string {
    const describe = (value: unknown): string => {
      if (typeof value !== 'number' || value < 2 ** 26) return inspectShortly(value);
      if (call(this.#addon, 'isAlive', value) !== true) return inspectShortly(value);
      const [dtype, device, ...shape] = call(this.#addon, 'tensorInfo', value) as unknown[];
      return `<dtype ${dtype} [${shape}]${device === 'cpu' ? '' : ` ${device}`}>`;
    };
    const describeOne = (value: unknown) =>
      Array.isArray(value) && value.length < 10 && !hasGetter(value)
        ? `[${value.map(describe).join(', ')}]`
        : describe(value);
    return values.map(describeOne).join(', ');
  }
}

/** Public results are freed by a public scope; what they hold is not of interest. */
function inScope({ text, run }: PreparedCall): PreparedCall {
  return { text, run: () => scope(() => void run()) };
}

function hasGetter(value: unknown[]): boolean {
  return Object.values(Object.getOwnPropertyDescriptors(value)).some(({ get }) => get);
}

function inspectShortly(value: unknown): string {
  return inspect(value, { depth: 1, maxArrayLength: 8, maxStringLength: 60, breakLength: 1000 });
}
