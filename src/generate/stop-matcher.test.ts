import fc from 'fast-check';
import { expect, test } from 'vitest';
import { count } from '../../tests/tier.ts';
import { StopMatcher } from './stop-matcher.ts';

const numRuns = count({ test: 500, pr: 20_000, slow: 500_000 });

/** Everything that a matcher shows of a text given in parts. */
function run(parts: readonly string[], stops: readonly string[]) {
  const matcher = new StopMatcher(stops);
  let shown = '';
  for (const part of parts) {
    const { text, isStopped } = matcher.push(part);
    shown += text;
    if (isStopped) return { shown, isStopped };
  }
  return { shown: shown + matcher.end(), isStopped: false };
}

// Few letters, so that stop sequences occur, overlap and almost occur.
const letters = fc.string({ unit: fc.constantFrom('a', 'b', '界'), maxLength: 12 });
const stops = fc.array(
  fc.string({ unit: fc.constantFrom('a', 'b', '界'), minLength: 1, maxLength: 4 }),
  { maxLength: 3 },
);

test('the result does not depend on how the text is cut', () => {
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 6 }), stops, (parts, some) => {
      expect(run(parts, some)).toEqual(run([...parts.join('')], some));
    }),
    { numRuns },
  );
});

test('what is shown is the text before the sequence that is complete first', () => {
  fc.assert(
    fc.property(letters, stops, (text, some) => {
      const { shown, isStopped } = run([...text], some);
      expect(text.startsWith(shown)).toBe(true);
      expect(isStopped).toBe(some.some((stop) => text.includes(stop)));
      for (const stop of some) expect(shown).not.toContain(stop);
      if (isStopped) expect(some.some((stop) => text.startsWith(stop, shown.length))).toBe(true);
      else expect(shown).toBe(text);
    }),
    { numRuns },
  );
});

test('nothing is held back longer than needed', () => {
  const matcher = new StopMatcher(['User:']);
  expect(matcher.push('hello Us')).toEqual({ text: 'hello ', isStopped: false });
  expect(matcher.push('ual Use')).toEqual({ text: 'Usual ', isStopped: false });
  expect(matcher.push('r: hi')).toEqual({ text: '', isStopped: true });
});

test('an empty stop sequence is refused', () => {
  expect(() => new StopMatcher(['a', ''])).toThrow(/a stop sequence must not be empty/);
});
