/** Where metrics are kept: lines of JSON for programs, event files for TensorBoard. */
import { join } from 'node:path';
import { EventFile, FileError, JsonLinesFile } from '../../base/index.ts';

/**
 * metrics.jsonl and tensorboard/ in the folder of a run. A full disk costs metrics, not the run:
 * it raises an alarm once, and the next metrics are tried again.
 */
export class MetricsFiles {
  readonly #folder: string;
  readonly #alarm: (message: string) => void;
  readonly #lines: JsonLinesFile;
  #events: EventFile;
  #isFailing = false;
  /** The largest `secondsElapsed` of earlier starts, steps that are cut off included. */
  readonly secondsBefore: number;

  /** Cuts off what was told of steps from `startStep` on. @throws FileError */
  constructor(folder: string, startStep: number, alarm: (message: string) => void) {
    this.#folder = folder;
    this.#alarm = alarm;
    let secondsBefore = 0;
    this.#lines = new JsonLinesFile(join(folder, 'metrics.jsonl'), (value) => {
      const { secondsElapsed = 0 } = value as { secondsElapsed?: number };
      secondsBefore = Math.max(secondsBefore, secondsElapsed);
      return true;
    });
    this.secondsBefore = secondsBefore;
    this.#lines.cut(isBefore(startStep));
    this.#events = this.#openEvents(startStep);
  }

  /** @param curves the same numbers by the names that TensorBoard shows */
  write(record: { step: number }, curves: Readonly<Record<string, number>>): void {
    this.#attempt(() => {
      this.#lines.append(record);
      this.#events.scalars(record.step, curves);
    });
  }

  /** Forgets the steps from this one on. */
  goBackTo(step: number): void {
    this.#attempt(() => {
      this.#lines.cut(isBefore(step));
      const events = this.#openEvents(step);
      this.#events.close();
      this.#events = events;
    });
  }

  sync(): void {
    this.#attempt(() => this.#lines.sync());
  }

  close(): void {
    this.#events.close();
    this.#lines.close();
  }

  #openEvents(step: number): EventFile {
    return new EventFile(join(this.#folder, 'tensorboard'), step);
  }

  #attempt(work: () => void): void {
    try {
      work();
      this.#isFailing = false;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (!this.#isFailing) this.#alarm(`metrics are lost, training goes on: ${error.message}`);
      this.#isFailing = true;
    }
  }
}

const isBefore = (end: number) => (value: unknown) => (value as { step: number }).step < end;
