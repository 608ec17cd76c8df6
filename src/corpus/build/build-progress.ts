/** Where a build is. */
import { ProgressLine, type ProgressOptions } from '../../base/index.ts';
import type { BuildStep } from './build-steps.ts';
import type { Progress } from './clean-output.ts';

const barWidth = 12;

/** One line for people, or events for machines. */
export class BuildProgress implements Disposable {
  readonly #line: ProgressLine;
  readonly #start = performance.now();
  readonly #totalBytes: number;
  #step = 'clean';
  #numRead = 0;
  #numKept = 0;
  #readBytes = 0;
  #knownBytes = 0;

  constructor(options: ProgressOptions, totalBytes: number) {
    this.#line = new ProgressLine(options);
    this.#totalBytes = totalBytes;
  }

  /** Begins the next step. */
  enter(step: BuildStep['name'] | 'report'): void {
    this.#step = step;
    this.#show();
  }

  add({ numRead, numKept, readBytes, knownBytes = 0 }: Progress): void {
    this.#numRead += numRead;
    this.#numKept += numKept;
    this.#readBytes += readBytes;
    this.#knownBytes += knownBytes;
    this.#show();
  }

  note(text: string, record?: object): void {
    this.#line.note(text, record);
  }

  [Symbol.dispose](): void {
    this.#line.close();
  }

  #show(): void {
    const seconds = (performance.now() - this.#start) / 1000;
    const doneBytes = Math.min(this.#totalBytes, this.#readBytes + this.#knownBytes);
    const done = doneBytes / Math.max(1, this.#totalBytes);
    // What an earlier run has read says nothing about how fast this one reads.
    const secondsPerByte = this.#readBytes > 0 ? seconds / this.#readBytes : undefined;
    const secondsLeft = secondsPerByte && secondsPerByte * (this.#totalBytes - doneBytes);
    const [step, numRead, numKept] = [this.#step, this.#numRead, this.#numKept];
    const record = { stage: 'corpus', step, numRead, numKept, doneBytes, done, secondsLeft };
    this.#line.update(this.#text(seconds, done, secondsLeft), record);
  }

  #text(seconds: number, done: number, secondsLeft: number | undefined): string {
    const numRead = this.#numRead.toLocaleString('en-US');
    const passed = this.#numRead === 0 ? '' : ` · ${percent(this.#numKept / this.#numRead)} passed`;
    if (this.#step !== 'clean') return `corpus: ${this.#step} · ${numRead} documents${passed}`;
    const filled = Math.round(done * barWidth);
    const bar = '━'.repeat(filled) + '─'.repeat(barWidth - filled);
    const rate = Math.round(this.#numRead / Math.max(0.001, seconds));
    const left = secondsLeft === undefined ? '' : ` · ${clock(secondsLeft)} left`;
    return `corpus: ${bar} ${percent(done)} · ${numRead} documents${passed} · ${rate}/s${left}`;
  }
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
