import { ConfigError } from '../../base/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import type { Message } from '../message.ts';
import { partsOfSplit } from './parts-of-split.ts';
import { scaffoldingOf } from './split-rendering.ts';

/** What a foreign template writes around answers. */
export interface JinjaBorders {
  readonly specialTokens: readonly string[];
  /** What ends a turn, in the middle of a conversation and at its end. */
  readonly stopTokens: readonly number[];
  /** Those, and the special tokens that begin the user's next turn. */
  readonly ends: ReadonlySet<number>;
  /** Text in front of what ends the turn. */
  readonly tail: string;
}

type Render = (messages: readonly Message[], hasPrompt: boolean) => string;

const user: Message = { role: 'user', content: 'a' };
const assistant: Message = { role: 'assistant', content: 'b' };

/**
 * Tries a template on short conversations.
 *
 * @throws ConfigError for one with which nothing can be learned or asked.
 */
export function probeTemplate(render: Render, tokenizer: Tokenizer): JinjaBorders {
  const messages = [user, assistant, user, assistant];
  const scaffolding = scaffoldingOf(messages, (shown) => render(shown, false));
  // Throws when an answer ends with no special token.
  const contents = messages.map(({ content }) => content);
  partsOfSplit(messages, { scaffolding, contents }, { tokenizer, begin: undefined });
  checkPrompt(render);
  const idsIn = (text: string | undefined) => specialIdsIn(text ?? '', tokenizer);
  const [between, last] = [idsIn(scaffolding[2]), idsIn(scaffolding[4])];
  const all = new Set(scaffolding.flatMap(idsIn));
  return {
    specialTokens: [...all].map((id) => tokenizer.specialTokens.textOf(id) ?? ''),
    stopTokens: [...new Set([...between.slice(0, 1), ...last.slice(0, 1)])],
    ends: new Set([...between, ...last]),
    tail: tailOf(scaffolding[4] ?? '', tokenizer),
  };
}

/** An answer must be asked for by what stands in front of one in a finished conversation. */
function checkPrompt(render: Render): void {
  const finished = scaffoldingOf([user, assistant], (shown) => render(shown, false));
  const asked = scaffoldingOf([user], (shown) => render(shown, true));
  if (finished[0] === asked[0] && finished[1]?.startsWith(asked[1] ?? '')) return;
  throw new ConfigError({
    what: 'the chat template of the model',
    must: 'ask for an answer by what stands in front of it in a finished conversation',
    got: `${JSON.stringify(asked[1])} and ${JSON.stringify(finished[1])}`,
    hint: 'use one of our own templates (athanor, chatml) instead',
  });
}

function specialIdsIn(text: string, { specialTokens }: Tokenizer): number[] {
  return [...specialTokens.cut(text, 'all')].filter((part) => typeof part === 'number');
}

function tailOf(text: string, { specialTokens }: Tokenizer): string {
  const [first] = specialTokens.cut(text, 'all');
  return typeof first === 'string' ? first : '';
}
