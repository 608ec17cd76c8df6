/** Reading of a configuration that another program wrote: every refusal names the field. */
import { ConfigError } from '../../base/index.ts';

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The fields of one object of a file. A field that is null counts as missing. */
export class JsonFields {
  readonly #object: JsonObject;
  readonly #where: string;

  /**
   * @param where the file, for messages, and the path inside it: `config.json: rope_parameters`
   * @throws ConfigError unless the value is an object.
   */
  constructor(value: unknown, where: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ConfigError({ what: where, must: 'be a JSON object', got: shown(value) });
    }
    this.#object = value as JsonObject;
    this.#where = where;
  }

  /** The value of a field as it stands; undefined for one that is missing or null. */
  value(name: string): unknown {
    return Object.hasOwn(this.#object, name) ? (this.#object[name] ?? undefined) : undefined;
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  /** A positive whole number; the fallback, or an error without one, where there is none. */
  count(name: string, fallback?: number): number {
    const value = this.value(name) ?? fallback;
    if (Number.isSafeInteger(value) && (value as number) > 0) return value as number;
    this.refuse(name, 'be a positive whole number');
  }

  /** A finite number. */
  number(name: string, fallback?: number): number {
    const value = this.value(name) ?? fallback;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.refuse(name, 'be a number');
  }

  boolean(name: string, fallback?: boolean): boolean {
    const value = this.value(name) ?? fallback;
    if (typeof value === 'boolean') return value;
    this.refuse(name, 'be true or false');
  }

  /** What one of the allowed words stands for. */
  choice<T>(name: string, meanings: Readonly<Record<string, T>>, fallback?: string): T {
    const value = this.value(name) ?? fallback;
    if (typeof value === 'string' && Object.hasOwn(meanings, value)) return meanings[value] as T;
    this.refuse(name, `be one of ${Object.keys(meanings).join(', ')}`);
  }

  /** Refuses every value but this one; a missing field is fine. */
  only(name: string, allowed: string | number | boolean | null, hint?: string): void {
    if ((this.value(name) ?? allowed) === allowed) return;
    this.refuse(name, `be ${JSON.stringify(allowed)}`, hint);
  }

  /** The object in a field; undefined when there is none. */
  object(name: string): JsonFields | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    return new JsonFields(value, `${this.#where}: ${name}`);
  }

  refuse(name: string, must: string, hint?: string): never {
    const got = this.has(name) ? shown(this.value(name)) : 'none';
    throw new ConfigError({ what: `${this.#where}: ${name}`, must, got, hint });
  }
}

/** A value in one short line, however deep or long it is. */
function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
