import type { Message } from './message.ts';

/**
 * Leaves out the oldest turns until a conversation fits: a turn is what the user said and what was
 * answered, and is left out whole; the system message stays.
 *
 * @param fits whether messages are few enough, which fewer of them must not undo
 * @returns undefined when even the last turn alone does not fit
 */
export function truncateMessages(
  messages: readonly Message[],
  fits: (messages: readonly Message[]) => boolean,
): readonly Message[] | undefined {
  if (fits(messages)) return messages;
  const system = messages.filter(({ role }) => role === 'system');
  const starts = [...messages.keys()].filter((at) => messages[at]?.role === 'user');
  const from = (turn: number) => [...system, ...messages.slice(starts[turn])];
  // The first turn with which it fits lies in low … high, if there is one.
  let [low, high] = [1, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (fits(from(middle))) high = middle;
    else low = middle + 1;
  }
  return low < starts.length ? from(low) : undefined;
}
