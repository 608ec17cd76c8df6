/** Reading of untrusted JSON, field by field: every refusal names the field. */
import { FileError } from '../../base/index.ts';

/** One value inside a file, with its path from the root as in `model.merges[3]`. */
export class JsonField {
  readonly file: string;
  readonly path: string;
  readonly value: unknown;

  constructor(file: string, path: string, value: unknown) {
    this.file = file;
    this.path = path;
    this.value = value;
  }

  /** The field of an object; its value is undefined when the object has no own such key. */
  get(key: string): JsonField {
    const object = this.object();
    const value = Object.hasOwn(object, key) ? object[key] : undefined;
    return new JsonField(this.file, this.path === '' ? key : `${this.path}.${key}`, value);
  }

  /** The entry of a list. */
  at(index: number): JsonField {
    return new JsonField(this.file, `${this.path}[${index}]`, this.list()[index]);
  }

  object(): Record<string, unknown> {
    if (typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value)) {
      return this.value as Record<string, unknown>;
    }
    throw this.error('be an object');
  }

  list(): unknown[] {
    if (Array.isArray(this.value)) return this.value;
    throw this.error('be a list');
  }

  string(): string {
    if (typeof this.value === 'string') return this.value;
    throw this.error('be a string');
  }

  /** A whole number from 0 to below `end`. */
  index(end: number): number {
    const { value } = this;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < end) {
      return value;
    }
    throw this.error(`be a whole number from 0 to ${end - 1}`);
  }

  /** Requires one of the values; a missing field counts as null. */
  oneOf(...allowed: (string | number | boolean | null)[]): void {
    const value = this.value ?? null;
    if (!allowed.some((candidate) => candidate === value)) {
      throw this.error(`be ${allowed.map((candidate) => JSON.stringify(candidate)).join(' or ')}`);
    }
  }

  error(must: string, hint?: string): FileError {
    const what = this.path === '' ? this.file : `${this.file}: ${this.path}`;
    return new FileError({ what, must, got: shown(this.value), hint });
  }
}

/** A value in one short line, however deep or long it is. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
