/** Requests from outside to stop: by the user, by a scheduler, before a machine goes away. */
import { type ExitCode, exitCodes } from '../base/index.ts';

const codes = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
  SIGUSR1: exitCodes.savedRunAgain,
} as const;

export type StopSignal = keyof typeof codes;

/**
 * Listens for SIGINT, SIGTERM and SIGUSR1 as long as it is open. Instead of ending the process they
 * are noted; the loop looks before each micro-batch, and the stage saves and exits. Further ones
 * change nothing, so that the save can end; a second SIGINT, which only a human sends, ends at once.
 * A program whose exit code matters leaves it open to its end.
 */
export class StopSignals implements Disposable {
  #first: StopSignal | undefined;
  readonly #listen = (signal: NodeJS.Signals) => {
    if (signal === 'SIGINT' && this.#first === 'SIGINT') process.exit(exitCodes.interrupted);
    this.#first ??= signal as StopSignal;
  };

  constructor() {
    for (const signal of Object.keys(codes)) process.on(signal, this.#listen);
  }

  /** Whether to stop now. */
  get isRequested(): boolean {
    return this.#first !== undefined;
  }

  /** The first signal that came. */
  get signal(): StopSignal | undefined {
    return this.#first;
  }

  /** How to exit once the state is saved. */
  get exitCode(): ExitCode {
    return this.#first === undefined ? exitCodes.done : codes[this.#first];
  }

  /** Signals do again what they did before. */
  close(): void {
    for (const signal of Object.keys(codes)) process.off(signal, this.#listen);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
