/** Templates of the shapes of known models, against transformers (fixture of tools/fixtures/chat.py). */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import { parseTokenizerJson, Tokenizer } from '../../tokenizer/index.ts';
import {
  createChatTemplate,
  createJinjaTemplate,
  type JinjaTemplate,
  type Message,
} from '../index.ts';
import { hostileContent } from '../testing/hostile-content.ts';

interface Rendered {
  text?: string;
  ids?: number[];
  error?: string;
}

interface Fixture {
  tokenizer: object;
  conversations: Message[][];
  templates: Record<
    string,
    {
      source: string;
      bos_token: string;
      eos_token: string;
      expected: { whole: Rendered; prompt: Rendered }[];
    }
  >;
}

const path = new URL('../fixtures/templates.json', import.meta.url);
const fixture = JSON.parse(readFileSync(path, 'utf8')) as Fixture;
const tokenizer = new Tokenizer(parseTokenizerJson(JSON.stringify(fixture.tokenizer), 'fixture'));
const markers = [...tokenizer.specialTokens.ids.keys()];
const isHostile = (messages: Message[]) =>
  messages.some(({ content }) => markers.some((marker) => content.includes(marker)));
const thought = '<think>\n\n</think>\n\n';

const templates = new Map<string, JinjaTemplate>();
const named = (name: string) => templates.get(name) as JinjaTemplate;
beforeAll(async () => {
  for (const [name, { source, bos_token, eos_token }] of Object.entries(fixture.templates)) {
    const tokenNames = { bos_token, eos_token };
    templates.set(name, await createJinjaTemplate(source, tokenizer, tokenNames));
  }
});
afterAll(() => {
  for (const template of templates.values()) template.close();
});

const cases = Object.entries(fixture.templates).flatMap(([name, { expected }]) =>
  expected.map(({ whole, prompt }, i) => ({ name, i, whole, prompt })),
);

describe('a foreign template', () => {
  it.each(cases)('$name $i writes what transformers writes', ({ name, i, whole, prompt }) => {
    const template = named(name);
    const messages = fixture.conversations[i] as Message[];
    if (whole.error !== undefined) {
      expect(() => template.render(messages)).toThrow(whole.error);
      return;
    }
    const { ids } = template.render(messages);
    expect(tokenizer.decode(ids)).toBe(whole.text);
    // There, white space of the template and what the content begins with may be one token.
    const isPlain = name !== 'brackets' && messages.every(({ content }) => !/^\s/.test(content));
    if (!isHostile(messages) && isPlain) expect([...ids]).toEqual(whole.ids);
    if (messages.at(-1)?.role !== 'user') return;
    const asked = tokenizer.decode(template.renderPrompt(messages));
    const space = name === 'brackets' ? ' ' : '';
    expect(asked).toBe((prompt.text ?? '') + (name === 'thought' ? thought : space));
  });

  it.each(['athanor', 'chatml'] as const)('is the Jinja form of %s', (name) => {
    const ours = createChatTemplate(name, tokenizer);
    expect(fixture.templates[name]?.source).toBe(ours.source);
    for (const messages of fixture.conversations) {
      expect(named(name).render(messages)).toEqual(ours.render(messages));
      if (messages.at(-1)?.role !== 'user') continue;
      expect(named(name).renderPrompt(messages)).toEqual(ours.renderPrompt(messages));
    }
    expect(named(name).stopTokens[0]).toBe(ours.stopTokens[0]);
  });

  it.each([...Object.keys(fixture.templates)])('%s: no content becomes a special token', (name) => {
    const template = named(name);
    const random = new SeededRandom(5);
    const plain = template.render([
      { role: 'user', content: 'x' },
      { role: 'assistant', content: 'y' },
    ]);
    const special = (ids: Uint32Array) =>
      [...ids].filter((id) => tokenizer.specialTokens.textOf(id));
    for (let i = 0; i < count({ test: 50, pr: 1_700, slow: 17_000 }); i++) {
      const [question, answer] = [hostileContent(random, markers), hostileContent(random, markers)];
      const messages: Message[] = [
        { role: 'user', content: question },
        { role: 'assistant', content: answer },
      ];
      // This one would cut what looks like a thought.
      if (name === 'thought' && answer.includes('</think>')) continue;
      const { ids, learned } = template.render(messages);
      expect(special(ids)).toEqual(special(plain.ids));
      const taught = ids.filter((_, at) => learned[at] === 1);
      expect(template.parseAnswer(taught).content.trim()).toBe(answer.trim());
    }
  });
});

it.each<[string, string[]]>([
  ['headers', ['<|eot_id|>']],
  ['thought', ['<|im_end|>']],
  ['brackets', ['</s>']],
  ['turns', ['<end_of_turn>']],
])('%s: learns answers and their ends, and asks by what stands in front', (name, stops) => {
  const template = named(name);
  const messages = fixture.conversations[1] as Message[];
  const { ids, learned, turns } = template.render(messages);
  const taught = tokenizer.decode(ids.filter((_, i) => learned[i] === 1));
  expect(taught).toBe(`处处闻啼鸟。${stops[0]}`);
  expect(template.stopTokens.map((id) => tokenizer.specialTokens.textOf(id))).toEqual(stops);
  const prompt = template.renderPrompt(messages.slice(0, 1));
  expect([...ids.subarray(0, learned.indexOf(1))]).toEqual([...prompt]);
  expect(turns[0]).toBe(name === 'thought' ? 0 : -1);
  expect(turns[learned.indexOf(1)]).toBe(1);
});
