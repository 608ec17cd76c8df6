import { describe, expect, it } from 'vitest';
import { type ConversationFormat, readRow } from '../index.ts';

const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });
const system = (content: string) => ({ role: 'system', content });

/** Messages of each conversation, texts, or reasons. */
const read = (row: object, format?: ConversationFormat) =>
  readRow(row as Record<string, unknown>, format).map((content) => {
    if ('conversation' in content) return content.conversation.messages;
    return 'text' in content ? content.text : content.rejected;
  });

describe('formats', () => {
  it.each<[string, object, unknown]>([
    ['messages', { messages: [user('a'), assistant('b')] }, [user('a'), assistant('b')]],
    ['prompts', { prompt: 'a', completion: 'b' }, [user('a'), assistant('b')]],
    [
      'prompts of messages',
      { prompt: [system('s'), user('a')], completion: [assistant('b')] },
      [system('s'), user('a'), assistant('b')],
    ],
    ['Alpaca', { instruction: 'a', input: '', output: 'b' }, [user('a'), assistant('b')]],
    ['Alpaca without input', { instruction: 'a', output: 'b' }, [user('a'), assistant('b')]],
    [
      'Alpaca with input',
      { instruction: 'a', input: 'i', output: 'b' },
      [user('a\n\ni'), assistant('b')],
    ],
    [
      'Alpaca with a system message',
      { system: 's', instruction: 'a', input: null, output: 'b' },
      [system('s'), user('a'), assistant('b')],
    ],
    [
      'ShareGPT',
      {
        conversations: [
          { from: 'human', value: 'a' },
          { from: 'gpt', value: 'b' },
        ],
      },
      [user('a'), assistant('b')],
    ],
    [
      'ShareGPT with a system message',
      {
        system: 's',
        conversations: [
          { from: 'user', value: 'a' },
          { from: 'chatgpt', value: 'b' },
        ],
      },
      [system('s'), user('a'), assistant('b')],
    ],
    [
      'messages that were rendered too',
      { text: '<x>', messages: [user('a'), assistant('b')] },
      [user('a'), assistant('b')],
    ],
  ])('%s', (_, row, messages) => {
    expect(read(row)).toEqual([messages]);
  });

  it('texts', () => {
    expect(read({ text: '春眠' })).toEqual(['春眠']);
  });

  it('seed tasks, each instance a conversation', () => {
    const instances = [{ input: 'i', output: 'b' }, { input: '', output: 'c' }, { input: 'd' }];
    expect(read({ instruction: 'a', instances })).toEqual([
      [user('a\n\ni'), assistant('b')],
      [user('a'), assistant('c')],
      'missing field',
    ]);
  });
});

describe('rejects', () => {
  it.each<[string, object, ConversationFormat?]>([
    ['fields of no known format', { question: 'a', answer: 'b' }],
    ['fields of no known format', {}],
    ['fields of no known format', Object.create({ text: 'inherited' })],
    ['missing field', { prompt: 'a' }, 'prompt-completion'],
    ['missing field', { text: 'a' }, 'messages'],
    ['missing field', { text: 'a' }, 'sharegpt'],
    ['missing field', { messages: [] }, 'text'],
    ['missing field', { instruction: 'a' }],
    ['missing field', { completion: 'b' }],
    ['missing field', { instruction: null, output: 'a' }, 'alpaca'],
    ['field of the wrong type', { prompt: 5, completion: 'a' }],
    ['field of the wrong type', { instruction: ['a'], output: 'b' }],
    ['field of the wrong type', { instruction: 'a', input: 1, output: 'b' }],
    ['field of the wrong type', { instruction: 'a', instances: 'b' }],
    ['field of the wrong type', { instruction: 'a', instances: [null] }],
    ['field of the wrong type', { conversations: { from: 'human' } }],
    ['field of the wrong type', { conversations: [], system: 1 }],
    ['field of the wrong type', { text: 1 }],
    ['no instances', { instruction: 'a', instances: [] }],
    ['empty text', { text: ' ' }],
    ['messages are not a list', { messages: 'a' }],
    ['no messages', { messages: [] }],
    ['empty content', { instruction: '', input: 'i', output: 'b' }],
    ['empty content', { prompt: 'a', completion: '' }],
    ['unknown role', { conversations: [{ from: 'tool', value: 'a' }] }],
    ['unknown role', { conversations: [{ value: 'a' }] }],
    ['a message is not an object', { conversations: [7] }],
    ['content of the wrong type', { conversations: [{ from: 'human', text: 'a' }] }],
    [
      'two system messages',
      {
        system: 's',
        conversations: [
          { from: 'system', value: 's' },
          { from: 'human', value: 'a' },
        ],
      },
    ],
    ['ends with the user', { messages: [user('a')] }],
    ['assistant first', { messages: [assistant('a')] }],
    ['half a surrogate pair', { text: '\ud800' }],
  ])('%s %#', (reason, row, format) => {
    expect(read(row, format)).toEqual([reason]);
  });
});
