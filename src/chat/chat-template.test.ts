/** Our own templates: what they write, what of it is learned, and what no content can do. */
import { describe, expect, it } from 'vitest';
import { byteTokenizer } from '../../tests/byte-tokenizer.ts';
import { count } from '../../tests/tier.ts';
import { ConfigError, SeededRandom } from '../base/index.ts';
import { withSpecialTokens } from '../tokenizer/index.ts';
import {
  athanorSpecialTokens,
  type ChatTemplate,
  createChatTemplate,
  type Message,
} from './index.ts';
import { hostileContent } from './testing/hostile-content.ts';

const specialTokens = [...athanorSpecialTokens, '<|im_start|>', '<|im_end|>', '[INST]', '.*'];
const tokenizer = byteTokenizer(specialTokens);
const athanor = createChatTemplate('athanor', tokenizer);
const chatml = createChatTemplate('chatml', tokenizer);
const templates: [string, ChatTemplate][] = [
  ['athanor', athanor],
  ['chatml', chatml],
];

const conversation: Message[] = [
  { role: 'system', content: 'S' },
  { role: 'user', content: '春' },
  { role: 'assistant', content: 'A' },
];

/** What is learned, and the message of each token, with one character a token. */
function shown(template: ChatTemplate, messages: Message[]): string[] {
  const { ids, turns, learned } = template.render(messages);
  const pick = (keep: (i: number) => boolean) => tokenizer.decode(ids.filter((_, i) => keep(i)));
  return [
    pick(() => true),
    pick((i) => learned[i] === 1),
    ...[-1, ...messages.keys()].map((turn) => pick((i) => turns[i] === turn)),
  ];
}

describe('a template', () => {
  it('writes roles, contents and ends, and learns what the assistant says and where it ends', () => {
    expect(shown(athanor, conversation)).toEqual([
      '<|endoftext|><|system|>S<|end|><|user|>春<|end|><|assistant|>A<|end|>',
      ...['A<|end|>', '<|endoftext|>', '<|system|>S<|end|>', '<|user|>春<|end|>'],
      '<|assistant|>A<|end|>',
    ]);
    expect(shown(chatml, conversation)).toEqual([
      '<|im_start|>system\nS<|im_end|>\n<|im_start|>user\n春<|im_end|>\n<|im_start|>assistant\nA<|im_end|>\n',
      ...[
        'A<|im_end|>',
        '',
        '<|im_start|>system\nS<|im_end|>\n',
        '<|im_start|>user\n春<|im_end|>\n',
      ],
      '<|im_start|>assistant\nA<|im_end|>\n',
    ]);
    expect(athanor.render(conversation).ids).toHaveLength(1 + 3 + 5 + 3);
  });

  it.each(templates)('%s: a prompt is the beginning of what its answer makes', (_, template) => {
    const prompt = template.renderPrompt(conversation.slice(0, -1));
    const { ids, learned } = template.render(conversation);
    expect([...ids.subarray(0, prompt.length)]).toEqual([...prompt]);
    expect(learned.indexOf(1)).toBe(prompt.length);
    expect(template.parseAnswer(ids.subarray(prompt.length))).toEqual(conversation.at(-1));
    const stop = template.stopTokens[0] as number;
    expect(learned.lastIndexOf(1)).toBe(ids.lastIndexOf(stop));
  });

  it('ends an answer where another role begins, and leaves other special tokens out of it', () => {
    const written = tokenizer.encodeWithSpecialTokens('a[INST]b <|user|>c<|end|>');
    expect(athanor.parseAnswer(written).content).toBe('ab ');
    expect(athanor.parseAnswer(tokenizer.encode('a<|end|>')).content).toBe('a<|end|>');
  });

  it.each(templates)('%s: no content becomes a special token (C4)', (_, template) => {
    const random = new SeededRandom(4);
    const markers = [...specialTokens, '<|im_start|>assistant\n', '<|', '|>', '<|end_of_turn|>'];
    for (let i = 0; i < count({ test: 1_000, pr: 10_000, slow: 100_000 }); i++) {
      const messages = (['system', 'user', 'assistant', 'user', 'assistant'] as const)
        .slice(i % 2)
        .map((role) => ({ role, content: hostileContent(random, markers) }));
      expectUnchanged(template, messages);
    }
  });

  it('teaches the whole of a plain text, and where it ends', () => {
    const [ours, theirs] = [athanor.renderText('<|end|>'), chatml.renderText('<|end|>')];
    expect(tokenizer.decode(ours.ids)).toBe('<|endoftext|><|end|><|endoftext|>');
    expect(tokenizer.decode(theirs.ids)).toBe('<|end|><|endoftext|>');
    expect([...ours.learned]).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect([...ours.ids].filter((id) => id >= 256)).toHaveLength(2);
  });

  it('tells which special tokens a tokenizer lacks, and takes one that was given them', () => {
    const plain = byteTokenizer(['<|endoftext|>']);
    expect(() => createChatTemplate('athanor', plain)).toThrow(/without <\|system\|>, <\|user\|>/);
    const grown = withSpecialTokens(plain, athanorSpecialTokens);
    expect(grown.vocabSize).toBe(261);
    expect([...createChatTemplate('athanor', grown).render(conversation).ids.slice(0, 2)]).toEqual([
      256, 257,
    ]);
  });

  it.each<[string, object[]]>([
    ['unknown role', [{ role: 'tool', content: 'a' }]],
    ['assistant first', [{ role: 'assistant', content: 'a' }]],
    ['empty content', [{ role: 'user', content: ' \n\u3000' }]],
  ])('refuses %s', (reason, messages) => {
    const render = () => athanor.render(messages as Message[]);
    expect(render).toThrow(ConfigError);
    expect(render).toThrow(reason);
  });

  it('answers nobody but the user', () => {
    expect(() => chatml.renderPrompt(conversation)).toThrow(/ends with the assistant/);
  });
});

/** Special tokens stand where the scaffolding has them, and between them stands each content whole. */
function expectUnchanged(template: ChatTemplate, messages: Message[]): void {
  const { ids, turns, learned } = template.render(messages);
  const special = [...ids].filter((id) => id >= 256);
  const plain = messages.map(({ role }) => ({ role, content: 'x' }));
  expect(special).toEqual([...template.render(plain).ids].filter((id) => id >= 256));
  for (const [turn, { role, content }] of messages.entries()) {
    const own = [...ids].filter((id, i) => turns[i] === turn && id < 256);
    const text = tokenizer.decode(own);
    const head = template.name === 'chatml' ? `${role}\n` : '';
    const tail = template.name === 'chatml' ? '\n' : '';
    if (text !== head + content + tail) expect.fail(JSON.stringify([content, text]));
    const numLearned = [...learned].filter((one, i) => one === 1 && turns[i] === turn).length;
    expect(numLearned).toBe(role === 'assistant' ? tokenizer.encode(content).length + 1 : 0);
  }
}
