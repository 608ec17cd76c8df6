import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FileError } from '../../base/index.ts';
import { memoryStats, resetPeakMemory } from '../runtime.ts';
import { loadSharded } from './folder.ts';
import { loadSafetensors } from './read.ts';

const fixture = new URL('./fixtures/foreign-files.json', import.meta.url);
const { files } = JSON.parse(readFileSync(fixture, 'utf8')) as { files: Record<string, string> };
const names = ['model.safetensors', 'model.bin', 'model.pt', 'model.pkl', 'model.h5', 'model'];

const folder = mkdtempSync(join(tmpdir(), 'athanor-foreign-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file of another format', () => {
  it('comes in fifty kinds', () => expect(Object.keys(files).length).toBeGreaterThanOrEqual(50));

  it.each(Object.entries(files))('is refused by its content: %s', (_, base64) => {
    const bytes = Buffer.from(base64, 'base64');
    for (const name of names) writeFileSync(join(folder, name), bytes);
    resetPeakMemory();
    const { liveBytes } = memoryStats();
    for (const name of names) {
      expect(() => loadSafetensors(join(folder, name)), name).toThrow(FileError);
    }
    expect(() => loadSharded(folder)).toThrow(FileError);
    expect(memoryStats().peakBytes).toBe(liveBytes);
    // What most of these files would create if anything in them were run.
    expect(existsSync('athanor-canary')).toBe(false);
  });

  it.each([
    ['torch-zip-tensor', 'a zip archive'],
    ['pickle-2-canary', 'a pickle'],
    ['torch-legacy-tensor', 'a pickle'],
    ['hdf5-weights', 'an HDF5 file'],
    ['npy-floats', 'a NumPy array'],
    ['gguf', 'a GGUF file'],
    ['gzip-pickle', 'a gzip file'],
    ['git-lfs-pointer', 'a Git LFS pointer'],
    ['web-page', 'a web page'],
    ['json', 'a JSON text'],
  ])('is named in the hint: %s', (name, format) => {
    const path = join(folder, 'hint.safetensors');
    writeFileSync(path, Buffer.from(files[name] ?? '', 'base64'));
    expect(() => loadSafetensors(path)).toThrow(`hint: this looks like ${format}`);
  });
});
