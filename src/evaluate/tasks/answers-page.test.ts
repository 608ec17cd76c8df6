import { expect, it } from 'vitest';
import { answersHtml, answersMarkdown, type EvaluationTask, makeReport } from '../index.ts';

const hostile = [
  '<script>alert(1)</script>',
  '# a heading\n- a list',
  '**bold** [link](javascript:alert(1)) `code` | cell',
  '\u202eturned\u0000',
  '',
];

const tasks = hostile.map(
  (content, i): EvaluationTask => ({
    id: String(i),
    kind: i < 3 ? 'one' : 'other',
    messages: [{ role: 'user', content: content || 'x' }],
    rule: { type: 'equals', answers: ['right'] },
  }),
);
const none = makeReport(
  tasks,
  hostile,
  hostile.map(() => false),
);
const all = makeReport(
  tasks,
  tasks.map(() => 'right'),
  hostile.map(() => true),
);
const page = { title: 'base & sft', reports: { base: none, sft: all } };

it('lets no text become HTML or a direction of its own', () => {
  const text = answersHtml(page);
  expect(text).toContain('&lt;script&gt;alert(1)');
  expect(text).not.toMatch(/<script|\p{Cc}(?<!\n)|\u202e/u);
  expect(text.match(/<pre/g)).toHaveLength(3 * tasks.length);
  expect(text).toContain('∅');
});

it('says in Markdown what was asked and answered, one line each, with every mark as it is', () => {
  const text = answersMarkdown(page);
  expect(text).toContain(
    '> \\# a heading  \n> - a list\n\n- base ✗ \\# a heading ⏎ - a list\n- sft ✓ right',
  );
  expect(text).toContain('\\*\\*bold\\*\\* \\[link\\](javascript:alert(1)) \\`code\\` \\| cell');
  expect(text).toContain('| **all** | 5 | 0.0 (0.0–43.4) | 100.0 (56.6–100.0) |');
  expect(text.match(/^## /gm)).toHaveLength(2);
});

it('shows tasks evenly spaced, the same for every model', () => {
  const many = Array.from({ length: 40 }, (_, i) => ({
    ...(tasks[0] as EvaluationTask),
    id: `${i}`,
    messages: [{ role: 'user' as const, content: `task ${i}.` }],
  }));
  const report = makeReport(
    many,
    many.map(() => 'a'),
    many.map(() => true),
  );
  const text = answersMarkdown({ title: 't', reports: { only: report }, numShown: 4 });
  expect(text.match(/task \d+/g)).toEqual(['task 0', 'task 10', 'task 20', 'task 30']);
});
