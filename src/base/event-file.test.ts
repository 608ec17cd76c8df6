import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { EventFile } from './event-file.ts';

interface Fixture {
  /** Seconds. */
  wallTime: number;
  resumedStep: number;
  /** Values as text, for JSON has no NaN. */
  scalars: { step: number; values: Record<string, string> }[];
  base64: string;
}

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-events-'));
  return () => fs.rmSync(folder, { recursive: true });
});

test("an event file is, byte for byte, what TensorBoard's own writer makes", () => {
  const path = new URL('fixtures/event-file.json', import.meta.url);
  const fixture = JSON.parse(fs.readFileSync(path, 'utf8')) as Fixture;
  const clock = vi.spyOn(Date, 'now').mockReturnValue(fixture.wallTime * 1000);
  using events = new EventFile(join(folder, 'run'), fixture.resumedStep);
  for (const { step, values } of fixture.scalars) {
    const numbers = Object.entries(values).map(([name, text]) => [name, numberOf(text)] as const);
    events.scalars(step, Object.fromEntries(numbers));
  }
  clock.mockRestore();
  expect(fs.readFileSync(events.path).toString('base64')).toBe(fixture.base64);
});

test('later starts have later names, for TensorBoard reads files in their order', () => {
  const paths = Array.from({ length: 5 }, (_, start) => {
    using events = new EventFile(folder, start);
    return events.path;
  });
  expect(paths.toSorted()).toEqual(paths);
  expect(new Set(paths).size).toBe(5);
});

/** As Python writes it: `nan`, `inf`, `2.5`. */
function numberOf(text: string): number {
  return text === 'inf' ? Number.POSITIVE_INFINITY : Number(text);
}
