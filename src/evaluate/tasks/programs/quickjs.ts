/**
 * Runs JavaScript that a model wrote in QuickJS, an interpreter compiled to WebAssembly: it has no
 * files, no network, no clock of ours and no way to our objects.
 */
import release from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { ProgramCall, Value } from '../task.ts';

/** What one program may use, its calls together. */
export interface ProgramLimits {
  memoryBytes: number;
  /** Of the interpreter: deep recursion ends in an error. */
  stackBytes: number;
  /** Loop turns and calls, in units of about 10,000: counted, so that a busy machine judges alike. */
  numTurns: number;
  /** Of all calls; far more than `numTurns` take, for native work that counts as no turn. */
  timeMs: number;
  /** Of a result as JSON. */
  outputCharacters: number;
}

export const programLimits: ProgramLimits = {
  memoryBytes: 16 * 2 ** 20,
  stackBytes: 256 * 2 ** 10,
  numTurns: 100,
  timeMs: 2_000,
  outputCharacters: 10_000,
};

export function loadQuickJs(): Promise<QuickJSWASMModule> {
  // Its types speak of the CommonJS form, in which the default export is one level deeper.
  return newQuickJSWASMModuleFromVariant(release as unknown as QuickJSSyncVariant);
}

/**
 * The results of the calls, as JSON; undefined for those from the first on that throws, gives
 * nothing that JSON can say, or needs more than the limits.
 */
export function callProgram(
  quickJs: QuickJSWASMModule,
  program: string,
  name: string,
  calls: readonly ProgramCall[],
  limits: ProgramLimits = programLimits,
): (string | undefined)[] {
  const runtime = quickJs.newRuntime();
  try {
    runtime.setMemoryLimit(limits.memoryBytes);
    runtime.setMaxStackSize(limits.stackBytes);
    let numTurns = 0;
    const end = performance.now() + limits.timeMs;
    runtime.setInterruptHandler(() => ++numTurns > limits.numTurns || performance.now() > end);
    const context = runtime.newContext();
    try {
      return callInContext(context, program, name, calls, limits);
    } finally {
      context.dispose();
    }
  } finally {
    runtime.dispose();
  }
}

function callInContext(
  context: QuickJSContext,
  program: string,
  name: string,
  calls: readonly ProgramCall[],
  limits: ProgramLimits,
): (string | undefined)[] {
  // Taken before the program runs, which may put others in their place.
  using stringify = evaluate(context, 'JSON.stringify');
  using loaded = evaluate(context, program);
  using called = evaluate(context, name);
  if (stringify === undefined || loaded === undefined || called === undefined) return [];
  return calls.map(({ args }) => callOnce(context, stringify, called, args, limits));
}

function callOnce(
  context: QuickJSContext,
  stringify: QuickJSHandle,
  called: QuickJSHandle,
  args: readonly Value[],
  { outputCharacters }: ProgramLimits,
): string | undefined {
  const handles = args.map((arg) => evaluate(context, `(${JSON.stringify(arg)})`));
  try {
    if (handles.includes(undefined)) return undefined;
    using result = unwrap(
      context.callFunction(called, context.undefined, handles as QuickJSHandle[]),
    );
    if (result === undefined) return undefined;
    using json = unwrap(context.callFunction(stringify, context.undefined, result));
    if (json === undefined || context.typeof(json) !== 'string') return undefined;
    using length = context.getProp(json, 'length');
    return context.getNumber(length) > outputCharacters ? undefined : context.getString(json);
  } finally {
    for (const handle of handles) handle?.dispose();
  }
}

function evaluate(context: QuickJSContext, code: string): QuickJSHandle | undefined {
  return unwrap(context.evalCode(code));
}

function unwrap(result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle | undefined {
  if (result.error === undefined) return result.value;
  result.error.dispose();
  return undefined;
}
