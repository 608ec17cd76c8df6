import { expect, test } from 'vitest';
import { createWorld, generateWorld, type WorldSize } from './index.ts';

/** What a model of the quickstart reads, in bytes. */
const sizeBytes = 3_000_000;

test.each<WorldSize>(['hamlet', 'village'])(
  'in three megabytes of the %s every fact is stated, and every subject often',
  (size) => {
    const world = createWorld({ seed: 5, size });
    const numBySubject = new Map<string, number>();
    const numByFact = new Map<string, number>();
    for (const { subjects, facts } of generateWorld({ seed: 5, size, sizeBytes })) {
      for (const id of subjects) numBySubject.set(id, (numBySubject.get(id) ?? 0) + 1);
      for (const id of facts) numByFact.set(id, (numByFact.get(id) ?? 0) + 1);
    }
    const rarest = Math.min(...world.subjects.map(({ id }) => numBySubject.get(id) ?? 0));
    const leastStated = Math.min(...world.facts.map(({ id }) => numByFact.get(id) ?? 0));
    expect(rarest).toBeGreaterThanOrEqual(20);
    expect(leastStated).toBeGreaterThanOrEqual(10);
  },
);

test('what a document says it states, it does state', () => {
  const { byId } = createWorld({ seed: 5 });
  for (const { subjects, facts, text, id } of generateWorld({ seed: 5, numDocuments: 1_000 })) {
    for (const subject of subjects) {
      const { zh, en } = byId.get(subject) ?? { zh: { bare: '?' }, en: { bare: '?' } };
      const names = [zh.bare, en.bare, en.bare.replace(/"/g, ''), zh.bare.replace(/[《》]/g, '')];
      const poem = subject.startsWith('poem/');
      if (!poem)
        expect(
          names.some((name) => text.toLowerCase().includes(name.toLowerCase())),
          `${id} ${subject}`,
        ).toBe(true);
    }
    for (const fact of facts) expect(subjects).toContain(fact.slice(0, fact.lastIndexOf('/')));
  }
});
