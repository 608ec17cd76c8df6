import {
  conversationOf,
  fieldOf,
  missing,
  type Row,
  type RowContent,
  type RowFormat,
  wrongType,
} from './row-content.ts';

/**
 * `{"instruction": …, "input": …, "output": …}` (Stanford Alpaca, 2023), with `system` if there is one;
 * and the seed tasks of Self-Instruct, whose `instances` have an input and an output each.
 */
export const readAlpaca: RowFormat = (row) => {
  const instances = fieldOf(row, 'instances');
  if (instances === undefined) return [readInstance(row, row)];
  if (!Array.isArray(instances)) return [wrongType('instances')];
  if (instances.length === 0) return [{ rejected: 'no instances' }];
  return instances.map((instance: unknown) =>
    typeof instance === 'object' && instance !== null
      ? readInstance(row, instance as Row)
      : wrongType('instances'),
  );
};

function readInstance(task: Row, instance: Row): RowContent {
  const instruction = fieldOf(task, 'instruction');
  const input = fieldOf(instance, 'input') ?? '';
  const output = fieldOf(instance, 'output');
  const system = fieldOf(task, 'system') ?? '';
  if (instruction === undefined) return missing('instruction');
  if (output === undefined) return missing('output');
  for (const [name, value] of Object.entries({ instruction, input, output, system })) {
    if (typeof value !== 'string') return wrongType(name);
  }
  const isAlone = String(input).trim() === '' || String(instruction).trim() === '';
  return conversationOf([
    ...(system === '' ? [] : [{ role: 'system', content: system }]),
    { role: 'user', content: isAlone ? instruction : `${instruction}\n\n${input}` },
    { role: 'assistant', content: output },
  ]);
}
