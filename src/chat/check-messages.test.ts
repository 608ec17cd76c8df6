import { expect, it } from 'vitest';
import { checkMessages, judgeMessages } from './index.ts';

const say = (role: unknown, content: unknown = 'a') => ({ role, content });
const [system, user, assistant] = ['system', 'user', 'assistant'].map((role) => say(role));

it.each([
  [[user, assistant]],
  [[system, user, assistant, user]],
  [[{ ...user, name: 'Li', timestamp: 5 }]],
])('takes conversations %#, and of their messages role and content', (messages) => {
  const plain = messages.map((message) => say(message?.role));
  expect(judgeMessages(messages)).toEqual({ messages: plain });
});

it.each<[string, unknown]>([
  ['messages are not a list', { 0: user }],
  ['messages are not a list', null],
  ['no messages', []],
  ['too many messages', Array.from({ length: 40_000 }, () => user)],
  ['a message is not an object', ['hello']],
  ['a message is not an object', [null]],
  ['a message is not an object', [[user]]],
  ['unknown role', [say('tool')]],
  ['unknown role', [say('User')]],
  ['unknown role', [say(1)]],
  ['unknown role', [{ content: 'a' }]],
  ['unknown role', [Object.create(say('user'))]],
  ['content of the wrong type', [say('user', [{ type: 'text', text: 'a' }])]],
  ['content of the wrong type', [say('user', null)]],
  ['content of the wrong type', [say('user', 5)]],
  ['content of the wrong type', [{ role: 'user' }]],
  ['empty content', [say('user', '')]],
  ['empty content', [user, say('assistant', '\n\t \u3000')]],
  ['half a surrogate pair', [say('user', 'a\ud83d')]],
  ['two system messages', [system, system, user]],
  ['system message not first', [user, system, assistant]],
  ['only a system message', [system]],
  ['assistant first', [assistant, user]],
  ['assistant first', [system, assistant]],
  ['one role twice in a row', [user, user]],
  ['one role twice in a row', [system, user, assistant, assistant]],
])('names what is wrong: %s', (rejected, messages) => {
  expect(judgeMessages(messages)).toMatchObject({ rejected });
  expect(() => checkMessages(messages, 'row 7')).toThrow(
    new RegExp(`row 7 must be a conversation.* got ${rejected}`),
  );
});

it('knows who must have the last word', () => {
  expect(judgeMessages([user], 'assistant')).toEqual({ rejected: 'ends with the user' });
  expect(judgeMessages([user, assistant], 'user')).toEqual({ rejected: 'ends with the assistant' });
  expect(judgeMessages([user, assistant], 'assistant')).toHaveProperty('messages');
});

it('says which message it is, and what it holds', () => {
  expect(judgeMessages([user, say('bot')])).toMatchObject({ value: 'message 2: "bot"' });
});
