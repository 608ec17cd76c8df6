import { expect, test } from 'vitest';
import { sharedData } from '../../../tests/shared-data.ts';
import { readJsonLines } from '../../base/index.ts';
import { type ComparisonFormat, readComparison } from '../index.ts';

const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });

const read = (row: object, format?: ComparisonFormat) =>
  readComparison(row as Record<string, unknown>, format);

const pair = { prompt: [user('q')], answers: ['good', 'bad'], ranks: [1, 2] };

test.each<[string, object, object]>([
  ['a pair', { prompt: 'q', chosen: 'good', rejected: 'bad' }, pair],
  [
    'a pair of messages',
    { prompt: [user('q')], chosen: [assistant('good')], rejected: [assistant('bad')] },
    pair,
  ],
  [
    'conversations without a prompt',
    { chosen: [user('q'), assistant('good')], rejected: [user('q'), assistant('bad')] },
    pair,
  ],
  [
    'dialogues',
    {
      chosen: '\n\nHuman: q\n\nAssistant: good',
      rejected: '\n\nHuman: q\n\nAssistant: bad ',
    },
    pair,
  ],
  [
    'a ranking with a tie, its rater and gaps between ranks',
    { prompt: 'q', answers: ['a', 'b', 'c'], ranks: [5, 2, 5], rater: 'r1', id: '7' },
    { prompt: [user('q')], answers: ['a', 'b', 'c'], ranks: [2, 1, 2], rater: 'r1', id: '7' },
  ],
  [
    'preferences that make an order',
    {
      prompt: 'q',
      answers: ['a', 'b', 'c'],
      preferences: [
        [2, 0],
        [0, 1],
      ],
    },
    { prompt: [user('q')], answers: ['a', 'b', 'c'], ranks: [2, 3, 1] },
  ],
  [
    'preferences that leave a tie',
    {
      prompt: 'q',
      answers: ['a', 'b', 'c'],
      preferences: [
        [2, 0],
        [2, 1],
      ],
    },
    { prompt: [user('q')], answers: ['a', 'b', 'c'], ranks: [2, 2, 1] },
  ],
])('%s', (_, row, comparison) => {
  expect(read(row)).toEqual({ comparison });
});

const ranked = (answers: unknown, ranks?: unknown, preferences?: unknown) => ({
  prompt: 'q',
  answers,
  ...(ranks === undefined ? {} : { ranks }),
  ...(preferences === undefined ? {} : { preferences }),
});

test.each<[string, object, ComparisonFormat?]>([
  ['fields of no known format', { question: 'q' }],
  ['missing field', { prompt: 'q', chosen: 'a' }],
  ['missing field', { answers: ['a', 'b'], ranks: [1, 2] }],
  ['missing field', { prompt: 'q' }, 'ranking'],
  ['field of the wrong type', { prompt: 'q', chosen: 'a', rejected: 5 }],
  ['field of the wrong type', { prompt: 'q', chosen: 5, rejected: [assistant('b')] }],
  ['field of the wrong type', ranked('ab', [1, 2])],
  ['field of the wrong type', ranked(['a', 5], [1, 2])],
  ['field of the wrong type', { chosen: 1, rejected: 'x' }],
  ['one answer', ranked(['a'], [1])],
  ['too many answers', ranked([...'abcdefghij'], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])],
  ['empty answer', ranked(['a', ' \n'], [1, 2])],
  ['empty answer', { prompt: 'q', chosen: '', rejected: 'b' }],
  ['empty content', { prompt: ' ', chosen: 'a', rejected: 'b' }],
  ['half a surrogate pair', ranked(['a', '\ud800'], [1, 2])],
  ['equal answers', { prompt: 'q', chosen: 'same', rejected: 'same' }],
  ['equal answers', ranked(['a', 'b', 'a'], [1, 2, 3])],
  ['nothing is preferred', ranked(['a', 'b', 'c'], [2, 2, 2])],
  ['nothing is preferred', ranked(['a', 'b'], undefined, [])],
  ['no rank for each answer', ranked(['a', 'b'], [1])],
  ['no rank for each answer', ranked(['a', 'b'], [1, null])],
  ['no rank for each answer', ranked(['a', 'b'], [1, Number.NaN])],
  ['no rank for each answer', ranked(['a', 'b'])],
  [
    'contradictory ranking',
    ranked(['a', 'b'], undefined, [
      [0, 1],
      [1, 0],
    ]),
  ],
  ['contradictory ranking', ranked(['a', 'b'], undefined, [[0, 0]])],
  [
    'cyclic ranking',
    ranked(['a', 'b', 'c'], undefined, [
      [0, 1],
      [1, 2],
      [2, 0],
    ]),
  ],
  ['incomplete ranking', ranked(['a', 'b', 'c'], undefined, [[0, 1]])],
  ['unknown answer', ranked(['a', 'b'], undefined, [[0, 2]])],
  ['unknown answer', ranked(['a', 'b'], undefined, ['01'])],
  ['no dialogue', { chosen: 'a', rejected: 'b' }],
  ['no dialogue', { chosen: 'x\n\nHuman: q\n\nAssistant: a', rejected: '\n\nHuman: q' }],
  [
    'different prompts',
    { chosen: '\n\nHuman: q\n\nAssistant: a', rejected: '\n\nHuman: p\n\nAssistant: b' },
  ],
  [
    'ends with the user',
    { chosen: '\n\nHuman: q\n\nAssistant: a', rejected: '\n\nHuman: q\n\nHuman: q' },
  ],
  [
    'one role twice in a row',
    {
      chosen: '\n\nHuman: a\n\nHuman: b\n\nAssistant: c',
      rejected: '\n\nHuman: a\n\nHuman: b\n\nAssistant: d',
    },
  ],
])('%s %#', (reason, row, format) => {
  expect(read(row, format)).toMatchObject({ rejected: reason });
});

const file = sharedData('hh-harmless-test.jsonl.gz');

test.skipIf(file === undefined)(
  'hh-rlhf, every pair read or rejected by name (shared-data)',
  async () => {
    const counts: Record<string, number> = {};
    let numLines = 0;
    for await (const line of readJsonLines(file ?? '')) {
      numLines++;
      const judged = 'value' in line ? read(line.value) : line;
      const reason = 'rejected' in judged ? judged.rejected : 'kept';
      counts[reason] = (counts[reason] ?? 0) + 1;
      if ('comparison' in judged) {
        const { prompt, answers } = judged.comparison;
        expect(prompt.at(-1)?.role).toBe('user');
        expect(answers.join()).not.toMatch(/\n\n(Human|Assistant):/);
      }
    }
    // Counted by a few lines of Python too.
    expect(counts).toEqual({
      ...{ kept: 2299, 'different prompts': 5 },
      ...{ 'empty answer': 4, 'one role twice in a row': 4 },
    });
    expect(numLines).toBe(2312);
  },
);
