/** Templates that cannot be used, and those that never end. */
import { describe, expect, it } from 'vitest';
import { byteTokenizer } from '../../../tests/byte-tokenizer.ts';
import { type ChatTemplate, createJinjaTemplate, type Message } from '../index.ts';

const tokenizer = byteTokenizer(['<s>', '<e>']);
const loop = (body: string) => `{% for m in messages %}${body}{% endfor %}`;
const good = `<s>{{ m.role }}:{{ m.content }}<e>`;
const prompt = '{% if add_generation_prompt %}<s>assistant:{% endif %}';
const say = (...contents: string[]): Message[] =>
  contents.map((content, i) => ({ role: i % 2 === 0 ? 'user' : 'assistant', content }));

describe('is refused before it is used:', () => {
  it.each([
    ['no Jinja', '{% for m in %}', /Jinja that can be read/],
    ['an unknown filter', loop('{{ m.content | shout }}<e>'), /take these messages/],
    ['a number of contents', '{{ messages | length }}', /each content once, in order/],
    ['only the last content', '{{ messages[-1].content }}<e>', /each content once, in order/],
    ['every content twice', loop(`${good}{{ m.content }}`), /each content once/],
    [
      'contents in disorder',
      '{% for m in messages[::-1] %}{{ m.content }}<e>{% endfor %}',
      /in order/,
    ],
    ['contents as JSON in capitals', loop('{{ m.content | upper }}<e>'), /each content once/],
    [
      'no end of an answer',
      loop('{{ m.role }}: {{ m.content }}\n'),
      /end each answer with a special/,
    ],
    [
      'a prompt that no answer follows',
      `${loop(good)}{% if add_generation_prompt %}<s>bot:{% endif %}`,
      /ask for an answer by what stands in front/,
    ],
    ['its own refusal', "{{ raise_exception('only on Sundays') }}", /only on Sundays/],
    [
      'a reach for the program',
      loop('{{ m.constructor.constructor("return process")() }}'),
      /must/,
    ],
  ])('%s', async (_, source, error) => {
    await expect(createJinjaTemplate(source, tokenizer)).rejects.toThrow(error);
  });

  it('what never ends, in time and in memory', async () => {
    const endless = `{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}`;
    const limits = { timeLimitMs: 300 };
    await expect(createJinjaTemplate(endless, tokenizer, {}, limits)).rejects.toThrow(
      /must end, got nothing after 300 ms/,
    );
    const large = '{% for a in range(1000000000) %}{% endfor %}';
    const small = { timeLimitMs: 3_000, memoryBytes: 2 ** 25 };
    await expect(createJinjaTemplate(large, tokenizer, {}, small)).rejects.toThrow(
      /must (end|take)/,
    );
  });
});

describe('in use', () => {
  const withTemplate = async (source: string, use: (template: ChatTemplate) => void) => {
    const template = await createJinjaTemplate(source, tokenizer, {}, { timeLimitMs: 2_000 });
    try {
      use(template);
    } finally {
      template.close();
    }
  };

  it('it may take white space off contents, and then that is what is learned', async () => {
    await withTemplate(
      `${loop(good.replace('m.content', 'm.content | trim'))}${prompt}`,
      (template) => {
        const { ids } = template.render(say(' a\n', '\n b '));
        expect(tokenizer.decode(ids)).toBe('<s>user:a<e><s>assistant:b<e>');
      },
    );
  });

  it('it may not write contents otherwise, nor let them change what is around them', async () => {
    const replaced = good.replace('m.content', "m.content | replace('colour', 'color')");
    const shouted = good.replace('<e>', "{% if '!' in m.content %}!{% endif %}<e>");
    for (const source of [replaced, shouted]) {
      await withTemplate(`${loop(source)}${prompt}`, (template) => {
        expect(tokenizer.decode(template.render(say('a', 'b')).ids)).toContain('user:a');
        expect(() => template.render(say('a colour!', 'b'))).toThrow(/contents as they are/);
      });
    }
  });

  it('it is given up for good when it does not end', async () => {
    const slow = `{% if 'slow' in messages[0].content %}{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}{% endif %}`;
    await withTemplate(`${slow}${loop(good)}${prompt}`, (template) => {
      expect(template.render(say('a', 'b')).ids.length).toBeGreaterThan(0);
      expect(() => template.render(say('slow', 'b'))).toThrow(/nothing after 2000 ms/);
      expect(() => template.render(say('a', 'b'))).toThrow(/nothing after 2000 ms/);
    });
  });

  it('it knows neither the date nor the words that stand for contents', async () => {
    const date = `{% if strftime_now is defined %}{{ strftime_now('%Y') }}{% endif %}`;
    await withTemplate(`${date}${loop(good)}${prompt}`, (template) => {
      const text = tokenizer.decode(template.render(say('placeholderax', 'placeholderaxaz')).ids);
      expect(text).toBe('<s>user:placeholderax<e><s>assistant:placeholderaxaz<e>');
    });
  });
});
