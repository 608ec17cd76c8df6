/** What was asked and answered, one event a line, so that an interrupted run goes on. */
import { ConfigError, JsonLinesFile } from '../../base/index.ts';

/** A made instruction and its answer. */
export interface MadeInstruction {
  readonly instruction: string;
  /** Undefined until it is answered. */
  answer?: string;
  rejected?: string;
}

type Event =
  | { readonly began: string }
  | { readonly instructions: readonly string[]; readonly rejected: readonly string[] }
  | { readonly answered: number; readonly answer: string }
  | { readonly answered: number; readonly rejected: string };

/** The state of a run, which is what its events make of nothing. */
export class InstructionLog implements Disposable {
  readonly made: MadeInstruction[] = [];
  /** How often for which reason an instruction, an answer or a whole list was not taken. */
  readonly rejected: Record<string, number> = {};
  numRequests = 0;
  /** Instructions that the model wrote, and lists of it that were none. */
  numRead = 0;
  /** Requests in a row that brought nothing new. */
  numInVain = 0;
  readonly #file: JsonLinesFile;

  /**
   * @param facts what must be the same when the run goes on
   * @throws ConfigError when the file belongs to another run; FileError when it cannot be written.
   */
  constructor(path: string, facts: string) {
    let began: string | undefined;
    this.#file = new JsonLinesFile(path, (value) => {
      const event = value as Event;
      if ('began' in event) began = event.began;
      else this.#apply(event);
      return true;
    });
    if (began === undefined) this.#file.append({ began: facts } satisfies Event);
    else if (began !== facts) {
      this.#file.close();
      throw otherRun(path, began, facts);
    }
  }

  /** A list that was asked for: what of it is new, and why the others are not taken. */
  addInstructions(instructions: readonly string[], rejected: readonly string[]): void {
    this.#append({ instructions, rejected });
  }

  addAnswer(index: number, answer: { text: string } | { rejected: string }): void {
    const answered = index;
    this.#append(
      'text' in answer
        ? { answered, answer: answer.text }
        : { answered, rejected: answer.rejected },
    );
  }

  [Symbol.dispose](): void {
    this.#file.sync();
    this.#file.close();
  }

  #append(event: Exclude<Event, { began: string }>): void {
    this.#file.append(event);
    this.#apply(event);
  }

  #apply(event: Exclude<Event, { began: string }>): void {
    if ('instructions' in event) {
      this.numRequests++;
      this.numRead += event.instructions.length + event.rejected.length;
      this.numInVain = event.instructions.length > 0 ? 0 : this.numInVain + 1;
      for (const instruction of event.instructions) this.made.push({ instruction });
      for (const reason of event.rejected) this.#count(reason);
      return;
    }
    const made = this.made[event.answered];
    if (made === undefined) return;
    if ('answer' in event) made.answer = event.answer;
    else {
      made.rejected = event.rejected;
      this.#count(event.rejected);
    }
  }

  #count(reason: string): void {
    this.rejected[reason] = (this.rejected[reason] ?? 0) + 1;
  }
}

function otherRun(path: string, began: string, facts: string): ConfigError {
  return new ConfigError({
    what: path,
    must: `go on with the same seed tasks, model and seed (${began})`,
    got: facts,
    hint: 'name another folder, or the options of the run that was begun',
  });
}
