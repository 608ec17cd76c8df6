/** The manifest of a checkpoint: what it holds, hashed, and how it came to be. */
import { createHash } from 'node:crypto';
import { FileError } from '../../base/index.ts';
import type { TrainSnapshot } from '../train-state.ts';

export const manifestName = 'manifest.json';

/** Anything that JSON holds. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** A group of facts about a run, by name; nested as deep as one likes. */
export type Facts = { readonly [key: string]: Json };

export interface FileRecord {
  sizeBytes: number;
  /** In hexadecimal. */
  sha256: string;
}

export interface Manifest {
  formatVersion: 1;
  /** Finished steps, consumed samples, skip ledger, and what the spike guard remembers. */
  state: TrainSnapshot;
  /** What the run was made of: `recipe`, `recipeSha256`, `seeds`, `machine`, … */
  facts: Facts;
  /** SHA-256 of the manifest of the checkpoint that this run had made or loaded before. */
  parent: string | null;
  /** Every other file of the folder. */
  files: { readonly [name: string]: FileRecord };
}

/** Formats a manifest. Its last field is the SHA-256 of the text without that field. */
export function formatManifest(manifest: Manifest): { text: string; sha256: string } {
  const sha256 = hashText(print(manifest));
  return { text: print({ ...manifest, sha256 }), sha256 };
}

/**
 * Reads the text of a manifest. Every changed byte is noticed: text that is not what we print for
 * its values is refused, and so are values that do not have the hash.
 *
 * @throws FileError for a damaged manifest and for one of a later format.
 */
export function parseManifest(text: string, path: string): { manifest: Manifest; sha256: string } {
  const { sha256, ...manifest } = parseFields(text, path);
  const again = formatManifest(manifest);
  if (again.text !== text || again.sha256 !== sha256) {
    throw damaged(path, 'have the hash that it states', 'another one');
  }
  if (manifest.formatVersion !== 1) {
    const got = String(manifest.formatVersion);
    throw damaged(path, 'be of format version 1', got, 'use the version of Athanor that wrote it');
  }
  return { manifest, sha256 };
}

function parseFields(text: string, path: string): Manifest & { sha256: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Manifest & { sha256: unknown };
  } catch {
    // Below: it makes no difference to the reader in which way it is no manifest.
  }
  throw damaged(path, 'be a JSON object', 'something else');
}

function print(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** SHA-256 of a text in UTF-8, in hexadecimal. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function damaged(path: string, must: string, got: string, hint?: string): FileError {
  return new FileError({ what: path, must, got, hint });
}
