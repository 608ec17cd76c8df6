/**
 * A loop in WebAssembly that unescapes a JSON string, 16 bytes at a time: JavaScript looks at bytes
 * one by one, and `JSON.parse` needs its text as a string and gives one back. Instructions are
 * written as the specification's chapter "Binary Format" has them.
 */

/** What the instance gives out. */
export interface UnescapeProgram {
  readonly memory: { readonly buffer: ArrayBuffer };
  /**
   * Unescapes from address `at`, behind the opening quote, to address `out`, and answers where the
   * text ends there; -1 at anything else than whole bytes, a closing quote, and a backslash before a
   * character whose address holds what it stands for: addresses below 256 are that table. A zero
   * has to stand behind the string, for it stops at no other end. Touches 16 bytes behind both.
   */
  unescape(at: number, out: number): number;
  /** The address behind the closing quote. */
  readonly end: { readonly value: number };
}

/** Of 64 KiB each. */
export const numPages = 32;

/** What is used of WebAssembly, for which the compiler knows types only together with a browser. */
interface Wasm {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: object };
}

let compiled: object | undefined;

/** A program with memory of its own. */
export function newUnescapeProgram(): UnescapeProgram {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;
  compiled ??= new Module(Uint8Array.from(program()));
  return new Instance(compiled).exports as UnescapeProgram;
}

const [i32, v128] = [0x7f, 0x7b];
/** Parameters and variables of the function, by their index. */
const [at, out, block, found] = [0, 1, 2, 3];

function program(): number[] {
  const magic = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const types = section(1, [1, 0x60, 2, i32, i32, 1, i32]);
  const functions = section(3, [1, 0]);
  const memories = section(5, [1, 0, numPages]);
  const globals = section(6, [1, i32, 1, ...number(0), end]);
  const exported = [...nameOf('unescape'), 0, 0, ...nameOf('memory'), 2, 0, ...nameOf('end'), 3, 0];
  const body = [2, 1, v128, 1, i32, ...instructions(), end];
  const code = section(10, [1, ...sized(body)]);
  return [...magic, ...types, ...functions, ...memories, ...globals]
    .concat(section(7, [3, ...exported]))
    .concat(code);
}

/** Blocks without any of the three are taken over whole; else up to the first of them. */
function instructions(): number[] {
  const isQuote = [...get(block), ...number(0x22), ...splat, ...equalBytes];
  const isBackslash = [...get(block), ...number(0x5c), ...splat, ...equalBytes];
  const isControl = [...get(block), ...number(0x20), ...splat, ...lowerBytes];
  return [
    ...[...loop, ...get(out), ...get(at), ...loadBlock, ...tee(block), ...storeBlock],
    ...[...isQuote, ...isBackslash, ...or, ...isControl, ...or, ...bitmask, ...tee(found), isZero],
    ...[...when, ...advance(at, number(16)), ...advance(out, number(16)), ...again(1), end],
    ...[...get(found), countTrailingZeros, ...set(found)],
    ...[...advance(at, get(found)), ...advance(out, get(found))],
    ...[...get(at), ...loadByte(0), ...tee(found), ...number(0x22), isEqual],
    ...[...when, ...get(at), ...number(1), add, ...setEnd, ...get(out), giveBack, end],
    ...[...get(found), ...number(0x5c), isEqual, ...when],
    ...[...get(at), ...loadByte(1), ...loadByte(0), ...tee(found), ...when],
    ...[...get(out), ...get(found), ...storeByte],
    ...[...advance(at, number(2)), ...advance(out, number(1)), ...again(2)],
    ...[end, end, end, ...number(-1)],
  ];
}

const [loop, when, end, giveBack] = [[0x03, 0x40], [0x04, 0x40], 0x0b, 0x0f];
const [isZero, isEqual, countTrailingZeros, add] = [0x45, 0x46, 0x68, 0x6a];
const [loadBlock, storeBlock, storeByte] = [
  [0xfd, 0x00, 0, 0],
  [0xfd, 0x0b, 0, 0],
  [0x3a, 0, 0],
];
const [splat, equalBytes, lowerBytes] = [
  [0xfd, 0x0f],
  [0xfd, 0x23],
  [0xfd, 0x26],
];
const [or, bitmask, setEnd] = [
  [0xfd, 0x50],
  [0xfd, 0x64],
  [0x24, 0],
];

function get(local: number): number[] {
  return [0x20, local];
}

function set(local: number): number[] {
  return [0x21, local];
}

function tee(local: number): number[] {
  return [0x22, local];
}

function again(numBlocksOut: number): number[] {
  return [0x0c, numBlocksOut];
}

function loadByte(offset: number): number[] {
  return [0x2d, 0, offset];
}

function advance(local: number, by: number[]): number[] {
  return [...get(local), ...by, add, ...set(local)];
}

/** A constant from -64 to 8,191. */
function number(value: number): number[] {
  return value < 64 ? [0x41, value & 0x7f] : [0x41, 0x80 | (value & 0x7f), value >> 7];
}

function nameOf(text: string): number[] {
  return sized([...Buffer.from(text)]);
}

function section(id: number, content: number[]): number[] {
  return [id, ...sized(content)];
}

/** With its length, below 16,384, in front. */
function sized(content: number[]): number[] {
  const { length } = content;
  return length < 128 ? [length, ...content] : [0x80 | (length & 0x7f), length >> 7, ...content];
}
