/** How a long piece of work tells of itself. */

export interface ProgressOptions {
  /**
   * `line`: one line that is rewritten; `log`: a new line now and then, for files; `json`: every
   * record as a JSON line. Default: `line` on a terminal, else `log`.
   */
  style?: 'line' | 'log' | 'json';
  /** Seconds between two lines of `log`. Default: 10. */
  everySeconds?: number;
  /** Default: standard error, or standard output for `json`. */
  stream?: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  /** The clock in ms. */
  now?: () => number;
}

const redrawMs = 100;
const clearLine = '\r\u001b[2K';

/** Shows where a run is, in the style that suits its reader. */
export class ProgressLine implements Disposable {
  readonly #style: 'line' | 'log' | 'json';
  readonly #stream: NonNullable<ProgressOptions['stream']>;
  readonly #everyMs: number;
  readonly #now: () => number;
  #shownAt = Number.NEGATIVE_INFINITY;
  #pending = '';
  #isDrawn = false;

  constructor(options: ProgressOptions = {}) {
    const { style, everySeconds = 10, now = Date.now } = options;
    this.#stream = options.stream ?? (style === 'json' ? process.stdout : process.stderr);
    this.#style = style ?? (this.#stream.isTTY === true ? 'line' : 'log');
    this.#everyMs = this.#style === 'line' ? redrawMs : everySeconds * 1000;
    this.#now = now;
  }

  /** Tells how far the work is: as the text for people, or as the record for machines. */
  update(text: string, record: object): void {
    if (this.#style === 'json') {
      this.#stream.write(`${JSON.stringify(record)}\n`);
      return;
    }
    this.#pending = text;
    if (this.#now() - this.#shownAt >= this.#everyMs) this.#show();
  }

  /** Tells something that must not be missed: it stays above the line. */
  note(text: string, record: object = { note: text }): void {
    if (this.#style === 'json') this.#stream.write(`${JSON.stringify(record)}\n`);
    else {
      this.#stream.write(`${this.#isDrawn ? clearLine : ''}${text}\n`);
      this.#isDrawn = false;
    }
  }

  /** Shows the newest state and ends the line. */
  close(): void {
    if (this.#pending !== '') this.#show();
    if (this.#isDrawn) this.#stream.write('\n');
    this.#isDrawn = false;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #show(): void {
    this.#shownAt = this.#now();
    if (this.#style === 'log') this.#stream.write(`${this.#pending}\n`);
    else {
      // A line that wraps cannot be rewritten.
      const width = (this.#stream.columns ?? 80) - 1;
      this.#stream.write(clearLine + cutToWidth(this.#pending, width));
      this.#isDrawn = true;
    }
    this.#pending = '';
  }
}

const wideCharacter =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Cuts text to a number of terminal cells; Chinese characters take two. */
function cutToWidth(text: string, width: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += wideCharacter.test(character) ? 2 : 1;
    if (used > width) return kept;
    kept += character;
  }
  return kept;
}
