import type { Role } from '../message.ts';
import {
  conversationOf,
  fieldOf,
  missing,
  type Row,
  type RowFormat,
  wrongType,
} from './row-content.ts';

/** What those who collected conversations called the speakers. */
const roleOf = new Map<unknown, Role>([
  ['system', 'system'],
  ['human', 'user'],
  ['user', 'user'],
  ['gpt', 'assistant'],
  ['chatgpt', 'assistant'],
  ['assistant', 'assistant'],
]);

/** `{"conversations": [{"from": "human", "value": "…"}, …]}`, with `system` if there is one. */
export const readShareGpt: RowFormat = (row) => {
  const list = fieldOf(row, 'conversations');
  if (list === undefined) return [missing('conversations')];
  if (!Array.isArray(list)) return [wrongType('conversations')];
  const system = fieldOf(row, 'system') ?? '';
  if (typeof system !== 'string') return [wrongType('system')];
  const first = system.trim() === '' ? [] : [{ role: 'system', content: system }];
  return [conversationOf([...first, ...list.map(messageOf)])];
};

/** What is no message stays as it is, to be rejected by name. */
function messageOf(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
  const from = fieldOf(entry as Row, 'from');
  return { role: roleOf.get(from) ?? from, content: fieldOf(entry as Row, 'value') };
}
