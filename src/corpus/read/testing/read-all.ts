import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ReaderConfig, readFile } from '../../index.ts';

/** A file of a test, removed when it has finished. */
export function temporaryFile(name: string, content: string | Uint8Array = ''): string {
  const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-read-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  fs.mkdirSync(dirname(path), { recursive: true });
  fs.writeFileSync(path, content);
  return path;
}

/** The records of a file: texts as they are, rejections in brackets with their place. */
export async function readAll(path: string, config: Omit<ReaderConfig, 'path'>): Promise<string[]> {
  const file = { path: basename(path), sizeBytes: 0, modifiedMs: 0 };
  const found: string[] = [];
  for await (const record of readFile(file, { ...config, path: dirname(path) }, 's')) {
    if ('rejected' in record) {
      found.push(`[${record.origin.record ?? 'file'}: ${record.rejected.reason}]`);
    } else if (record.document.content.kind === 'html') {
      found.push(Buffer.from(record.document.content.bytes).toString());
    } else found.push(record.document.content.text);
  }
  return found;
}
