import { afterEach, beforeEach, vi } from 'vitest';

/** What the commands of one test have written. */
export interface Output {
  printed: string;
  complained: string;
}

/** Keeps what commands write instead of showing it; each test of the file starts with nothing. */
export function captureOutput(): Output {
  const output: Output = { printed: '', complained: '' };
  beforeEach(() => {
    Object.assign(output, { printed: '', complained: '' });
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      output.printed += text;
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      output.complained += text;
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return output;
}
