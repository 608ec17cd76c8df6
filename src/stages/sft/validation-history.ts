/** The validation losses so far, and which checkpoint is the best by them. */
import { z } from 'zod';

/** Lies in every checkpoint: a resumed run must know which one was the best. */
export const documentName = 'validation.json';

const schema = z.object({ losses: z.record(z.string(), z.number()) });

export class ValidationHistory {
  readonly #losses = new Map<number, number>();
  readonly #selects: boolean;

  /** @param selects whether the best checkpoint is to be kept */
  constructor(selects: boolean) {
    this.#selects = selects;
  }

  /** The finished steps of the lowest loss; the earliest of equal ones. */
  get best(): { step: number; loss: number } | undefined {
    const sorted = [...this.#losses].sort(([a, lossA], [b, lossB]) => lossA - lossB || a - b);
    return sorted[0] && { step: sorted[0][0], loss: sorted[0][1] };
  }

  /** Of the checkpoint that must stay. */
  get keptSteps(): number[] {
    return this.#selects && this.best !== undefined ? [this.best.step] : [];
  }

  lossAt(step: number): number | undefined {
    return this.#losses.get(step);
  }

  /** Whether it is the best so far, and to be kept. */
  add(step: number, loss: number): boolean {
    this.#losses.set(step, loss);
    return this.keptSteps.includes(step);
  }

  /** Forgets what was measured after a step: the run went back to it. */
  goBackTo(step: number): void {
    for (const later of this.#losses.keys()) if (later > step) this.#losses.delete(later);
  }

  toJson(): string {
    return `${JSON.stringify({ losses: Object.fromEntries(this.#losses) }, null, 2)}\n`;
  }

  /** @param text that of a checkpoint; the manifest has vouched for it */
  restore(text: string | undefined): void {
    if (text === undefined) return;
    for (const [step, loss] of Object.entries(schema.parse(JSON.parse(text)).losses)) {
      this.#losses.set(Number(step), loss);
    }
  }
}
