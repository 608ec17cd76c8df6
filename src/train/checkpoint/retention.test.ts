/** Random lives of a checkpoint folder: what must never be deleted, and what must not pile up. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import { TrainState } from '../train-state.ts';
import { folderName, listSteps } from './folder-name.ts';
import { checkRetention, Pruner, type Retention } from './retention.ts';
import { writeFolder } from './write-folder.ts';

let root = '';
beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'athanor-retention-'));
  return () => fs.rmSync(root, { recursive: true });
});

/** Saves, fails to save, damages and deletes, and remembers which checkpoints are whole. */
class Life {
  readonly retention: Required<Retention>;
  readonly #random: SeededRandom;
  #pruner: Pruner;
  #step = 0;
  whole: number[] = [];

  constructor(random: SeededRandom) {
    this.#random = random;
    this.retention = checkRetention({
      keepLast: 2 + random.int(9),
      keepEvery: random.pick([0, 0, 7]),
      keepBackSteps: random.pick([0, 5, 100]),
    });
    this.#pruner = new Pruner(root, this.retention);
  }

  save(): void {
    this.#step += 1 + this.#random.int(3);
    writeFolder(this.#content());
    this.whole.push(this.#step);
  }

  failToSave(): void {
    this.#step++;
    const { files, ...content } = this.#content();
    const impossible = new Map([...files, ['no/such/folder', new Uint8Array(1)]]);
    expect(() => writeFolder({ ...content, files: impossible })).toThrow('ENOENT');
  }

  damage(): void {
    const [victim] = this.#random.shuffle(listSteps(root));
    if (victim === undefined) return;
    const path = join(root, folderName(victim), this.#random.pick(['model', 'manifest.json']));
    fs.truncateSync(path, fs.statSync(path).size - 1);
    this.whole = this.whole.filter((step) => step !== victim);
  }

  prune(): void {
    // As after a new start, which has verified nothing yet.
    if (this.#random.int(3) === 0) this.#pruner = new Pruner(root, this.retention);
    this.#pruner.prune();
  }

  #content() {
    const state = { ...new TrainState().snapshot(), step: this.#step };
    const files = new Map([['model', new Uint8Array(64).fill(this.#step)]]);
    return { root, files, manifest: { formatVersion: 1 as const, state, facts: {}, parent: null } };
  }
}

const operations = ['save', 'save', 'failToSave', 'damage', 'prune'] as const;

test('the newest whole checkpoints stay, the rest goes', { timeout: 3_600_000 }, () => {
  const numLives = count({ test: 20, pr: 1_000, slow: 10_000 });
  for (let seed = 0; seed < numLives; seed++) {
    const random = new SeededRandom(seed);
    const life = new Life(random);
    for (let i = 0; i < 25; i++) {
      const operation = random.pick(operations);
      life[operation]();
      expectKept(life, `seed ${seed}, ${operation} as number ${i}`);
      if (operation === 'prune') expectFew(life, `seed ${seed}, number ${i}`);
    }
    fs.rmSync(root, { recursive: true });
    fs.mkdirSync(root);
  }
});

function expectKept({ whole, retention }: Life, what: string): void {
  const left = listSteps(root);
  expect(left, what).toEqual(expect.arrayContaining(whole.slice(-retention.keepLast)));
  const forEver = whole.filter(
    (step) => retention.keepEvery > 0 && step % retention.keepEvery === 0,
  );
  expect(left, what).toEqual(expect.arrayContaining(forEver));
  const farBack = whole.filter((step) => step <= (whole.at(-1) ?? 0) - retention.keepBackSteps);
  // Once there was one to go back to, there is always one.
  if (farBack.length > 0)
    expect(
      left.some((step) => step <= Math.max(...farBack)),
      what,
    ).toBe(true);
}

function expectFew(life: Life, what: string): void {
  const { keepLast, keepEvery } = life.retention;
  const left = listSteps(root);
  // What is gone is forgotten; what is damaged and not yet noticed may still lie there.
  life.whole = life.whole.filter((step) => left.includes(step));
  const isEnough = life.whole.length >= keepLast;
  const passing = left.filter((step) => keepEvery === 0 || step % keepEvery !== 0);
  if (isEnough) expect(passing.length, what).toBeLessThanOrEqual(keepLast + 2);
}
