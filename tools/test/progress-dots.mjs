// One mark per finished test file, so that a long run shows that it is alive.

const marksPerLine = 100;

/** A vitest reporter; what failed and why is printed by vitest's own. */
export class ProgressDots {
  #numMarks = 0;

  /** @param {import('vitest/node').TestModule} module */
  onTestModuleEnd(module) {
    process.stdout.write(module.ok() ? '.' : 'x');
    this.#numMarks += 1;
    if (this.#numMarks % marksPerLine === 0) process.stdout.write('\n');
  }

  onTestRunEnd() {
    process.stdout.write('\n');
  }
}
