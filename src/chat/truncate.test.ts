import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Message, truncateMessages } from './index.ts';

const length = (messages: readonly Message[]) =>
  messages.reduce((sum, m) => sum + m.content.length, 0);

it('leaves out the oldest turns, whole, as few as possible, and never the system message', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(lengths, fc.boolean(), fc.nat(60), (sizes, hasSystem, limit) => {
      const turns = sizes.map((size, i): Message => {
        return { role: i % 2 === 0 ? 'user' : 'assistant', content: String(i % 10).repeat(size) };
      });
      const system: Message[] = hasSystem ? [{ role: 'system', content: 'ss' }] : [];
      const starts = [...turns.keys()].filter((at) => at % 2 === 0);
      const candidates = starts.map((at) => [...system, ...turns.slice(at)]);
      const best = candidates.find((messages) => length(messages) <= limit);
      expect(truncateMessages([...system, ...turns], (m) => length(m) <= limit)).toEqual(best);
    }),
  );
});
