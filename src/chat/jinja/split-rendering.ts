/** Where in a rendered conversation the contents stand, and what the template wrote around them. */
import type { Message } from '../message.ts';
import { TemplateRefusal } from '../template-refusal.ts';

/** A conversation cut up: scaffolding, content, scaffolding, …, content, scaffolding. */
export interface SplitRendering {
  /** One more than there are messages. */
  readonly scaffolding: readonly string[];
  /** As the template writes them: some take white space off. */
  readonly contents: readonly string[];
}

type Render = (messages: readonly Message[]) => string;

/**
 * Renders a conversation twice: with words that stand for the contents, which shows the scaffolding,
 * and as it is. Only scaffolding that comes from the first may hold special tokens, so no content
 * gets into it; the second must be the same with the contents in their places.
 *
 * @throws TemplateRefusal for a template that leaves a content out, repeats or changes it.
 */
export function splitRendering(messages: readonly Message[], render: Render): SplitRendering {
  const scaffolding = scaffoldingOf(messages, render);
  const text = render(messages);
  const contents: string[] = [];
  let at = scaffolding[0]?.length ?? 0;
  let isSame = text.startsWith(scaffolding[0] ?? '');
  for (const [index, { content }] of messages.entries()) {
    const next = scaffolding[index + 1] ?? '';
    const form = formsOf(content).find((one) => text.startsWith(one + next, at));
    if (form === undefined) isSame = false;
    contents.push(form ?? '');
    at += (form ?? '').length + next.length;
  }
  if (isSame && at === text.length) return { scaffolding, contents };
  throw refusal('write contents as they are', 'another text with these contents than with others');
}

/** What the template writes around contents. */
export function scaffoldingOf(messages: readonly Message[], render: Render): string[] {
  const words = placeholders(messages);
  const text = render(messages.map(({ role }, i) => ({ role, content: words[i] as string })));
  const scaffolding: string[] = [];
  let at = 0;
  for (const [index, word] of words.entries()) {
    const found = text.indexOf(word, at);
    if (found < 0) {
      throw refusal(
        'write each content once, in order',
        `none of message ${index + 1} in its place`,
      );
    }
    scaffolding.push(text.slice(at, found));
    at = found + word.length;
  }
  scaffolding.push(text.slice(at));
  const repeated = words.findIndex((word) => scaffolding.some((part) => part.includes(word)));
  if (repeated < 0) return scaffolding;
  throw refusal('write each content once, in order', `message ${repeated + 1} twice`);
}

/** Words that no content holds, of letters alone, so that a template finds nothing to change in them. */
function placeholders(messages: readonly Message[]): string[] {
  const digits = (n: number) =>
    [...n.toString(10)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  for (let attempt = 0; ; attempt++) {
    const stem = `placeholder${digits(attempt)}x`;
    if (messages.some(({ content }) => content.includes(stem))) continue;
    return messages.map((_, i) => `${stem}${digits(i)}z`);
  }
}

/** What a template may make of a content: the whole first. */
function formsOf(content: string): string[] {
  const withoutLines = content.replace(/^\n+/, '');
  return [
    content,
    content.trim(),
    content.trimStart(),
    content.trimEnd(),
    withoutLines,
    withoutLines.replace(/\n+$/, ''),
  ];
}

function refusal(must: string, got: string): TemplateRefusal {
  return new TemplateRefusal({ what: 'the chat template of the model', must, got });
}
