/** Tasks that models are asked, or must not have been asked, read and checked before one is loaded. */
import { z } from 'zod';
import { ConfigError, findGenerator, readJsonLines, type StageContext } from '../../base/index.ts';
import { checkMessages } from '../../chat/index.ts';
import type { EvaluationTask, Value } from '../../evaluate/index.ts';
import { checkSource, sourceFields } from './named-source.ts';

/** Tasks from files or from a built-in generator. */
export interface TaskSource {
  /** JSON lines, each an `EvaluationTask` of src/evaluate. */
  files?: string[];
  /** The name of a built-in source of tasks. */
  generator?: string;
  options?: Record<string, string | number>;
}

/** The schema of {@link TaskSource}. */
export const taskSource = z.strictObject(sourceFields) satisfies z.ZodType<TaskSource>;

const value: z.ZodType<Value> = z.lazy(() =>
  z.union([z.number(), z.string(), z.boolean(), z.array(value)]),
);
const texts = z.array(z.string());
const language = z.enum(['zh', 'en']);

const rule = z.discriminatedUnion('type', [
  z.object({ type: z.literal('equals'), answers: texts.min(1), around: texts.exactOptional() }),
  z.object({
    type: z.literal('contains'),
    all: texts.exactOptional(),
    any: texts.exactOptional(),
    none: texts.exactOptional(),
  }),
  z.object({
    type: z.literal('program'),
    name: z.string(),
    calls: z.array(z.object({ args: z.array(value), result: value })).min(1),
  }),
  z.object({ type: z.literal('refusal'), language }),
  z.object({ type: z.literal('polite'), language, keeps: texts, maxCharacters: z.number() }),
  z.object({ type: z.literal('poem'), verses: texts.min(1) }),
]);

const task = z.object({
  id: z.string().min(1),
  kind: z.string().min(1),
  language: z.string().exactOptional(),
  messages: z.unknown(),
  rule,
  tags: texts.exactOptional(),
});

/**
 * All tasks of all sources.
 * @param where the list in the config, such as `eval.tasks`
 * @throws ConfigError for a source that is not there, no tasks, a task that is none, and two with one
 *   id; FileError for files that cannot be read.
 */
export async function readTasks(
  sources: readonly TaskSource[],
  where: string,
  { taskGenerators }: Pick<StageContext, 'taskGenerators'>,
): Promise<EvaluationTask[]> {
  const tasks = new Map<string, EvaluationTask>();
  for (const [index, source] of sources.entries()) {
    for await (const row of fieldsOf(source, `${where}.${index}`, taskGenerators)) {
      const one = checkTask(row.where, row.fields);
      if (tasks.has(one.id)) throw refuse(row.where, 'have an id of its own', one.id);
      tasks.set(one.id, one);
    }
  }
  if (tasks.size === 0) throw refuse(where, 'have at least one task', 'none');
  return [...tasks.values()];
}

interface Fields {
  /** How an error calls it. */
  where: string;
  fields: unknown;
}

async function* fieldsOf(
  source: TaskSource,
  path: string,
  generators: StageContext['taskGenerators'],
): AsyncGenerator<Fields> {
  checkSource(path, source);
  const { files, generator, options = {} } = source;
  if (generator !== undefined) {
    const make = findGenerator(path, generator, generators);
    let index = 0;
    for (const fields of make(options)) {
      yield { where: `task ${++index} of ${generator}`, fields };
    }
    return;
  }
  for (const file of files ?? []) {
    for await (const line of readJsonLines(file)) {
      const where = `${file}, line ${line.line}`;
      if ('rejected' in line) throw refuse(where, 'be a task', line.rejected);
      yield { where, fields: line.value };
    }
  }
}

function checkTask(where: string, fields: unknown): EvaluationTask {
  const { data, error } = task.safeParse(fields);
  if (data === undefined) {
    const issue = error.issues[0];
    throw refuse(
      `${where}: ${issue?.path.join('.') ?? ''}`,
      'be that of a task',
      `${issue?.message}`,
    );
  }
  const messages = checkMessages(data.messages, `${where}: messages`, 'user');
  return { ...data, messages };
}

function refuse(what: string, must: string, got: string): ConfigError {
  return new ConfigError({ what, must, got });
}
