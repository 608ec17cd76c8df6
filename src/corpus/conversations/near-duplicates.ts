import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DuplicateRules,
  duplicateDefaults,
  findDuplicates,
  signatureBytes,
  signatureOf,
} from '../deduplicate/index.ts';
import { type Content, textOf } from './known-texts.ts';

/** Finds conversations that say nearly the same, by the signatures of the corpus. */
export class NearDuplicates {
  readonly #folder = mkdtempSync(join(tmpdir(), 'athanor-signatures-'));
  readonly #path = join(this.#folder, 'signatures');
  readonly #rules: DuplicateRules;
  readonly #block = Buffer.alloc(1_024 * signatureBytes);
  #numInBlock = 0;

  constructor(rules: DuplicateRules = duplicateDefaults) {
    this.#rules = rules;
    appendFileSync(this.#path, '');
  }

  add(content: Content): void {
    const { source, file, record } = content.origin;
    const id = `${source}/${file}:${record}`;
    const text = textOf(content);
    this.#block.set(
      signatureOf({ source, file, id, text, kind: 'text' }),
      this.#numInBlock++ * signatureBytes,
    );
    if (this.#numInBlock === 1_024) this.#flush();
  }

  /** The positions, in the order of `add`, of those that repeat one that is kept. */
  find(): Set<number> {
    this.#flush();
    const { survivorOf } = findDuplicates([{ path: this.#path, generation: 0 }], this.#rules);
    return new Set([...survivorOf.keys()].filter((at) => survivorOf[at] !== at));
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #flush(): void {
    appendFileSync(this.#path, this.#block.subarray(0, this.#numInBlock * signatureBytes));
    this.#numInBlock = 0;
  }
}
