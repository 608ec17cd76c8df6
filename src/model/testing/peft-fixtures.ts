/** Adapters that Python's peft saved, and the models that they belong to. */
import * as fs from 'node:fs';

/** The folder of an adapter that tools/fixtures/adapter.py wrote. */
export const fixture = (name: string) =>
  new URL(`../lora/fixtures/${name}`, import.meta.url).pathname;

/** The folder of its base, which tools/fixtures/model.py wrote. */
export const baseOf = (name: string) => {
  const base = new URL(
    `../fixtures/${name.replace(/^(llama)-(all|layer)$/, '$1')}`,
    import.meta.url,
  );
  return base.pathname;
};

export const readJson = (path: string): Record<string, unknown> =>
  JSON.parse(fs.readFileSync(path, 'utf8'));
