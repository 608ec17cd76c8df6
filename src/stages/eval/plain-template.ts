import type { Message } from '../../chat/index.ts';
import type { PromptTemplate } from '../../evaluate/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';

const speaker = /^\p{L}{1,12}(?:：|: )/u;

/**
 * How a model that only continues text is asked, so that it stands beside a tuned one with a chance:
 * what was said stands on lines of its own, and its answer is the next line, without the speaker that
 * dialogues have in front (`A: `, `答：`).
 */
export function plainTemplate(tokenizer: Tokenizer): PromptTemplate {
  const endOfText = tokenizer.specialTokens.ids.get('<|endoftext|>');
  const begin = endOfText === undefined ? [] : [endOfText];
  return {
    stopTokens: begin,
    renderPrompt(messages: readonly Message[]) {
      const text = messages.map(({ content }) => `${content}\n`).join('');
      return Uint32Array.from([...begin, ...tokenizer.encode(text)]);
    },
    parseAnswer(ids) {
      const text = tokenizer.decode(Array.from(ids).filter((id) => id !== endOfText));
      const [line = ''] = text.split('\n');
      return { role: 'assistant', content: line.replace(speaker, '') };
    },
  };
}
