/** What an evaluation found out about a model. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { FileError } from '../../base/index.ts';

const reports = z.record(
  z.string(),
  z.object({ answers: z.array(z.object({ id: z.string(), isRight: z.boolean() })) }),
);

/** The tasks that a model answered, and whether it was right. */
export type JudgedTasks = readonly { readonly id: string; readonly isRight: boolean }[];

/**
 * What `eval/report.json` says of a model; nothing where there is no report, or none of this model.
 *
 * @param name of the model in the report. Default: the last, which was made last.
 * @throws FileError for a damaged report.
 */
export function readJudgedTasks(file: string, name?: string): JudgedTasks {
  if (!existsSync(file)) return [];
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new FileError({ what: file, must: 'be JSON', got }, { cause });
  }
  const { data } = reports.safeParse(value);
  if (data === undefined) {
    throw new FileError({ what: file, must: 'be the report of an evaluation', got: 'another' });
  }
  const report = name === undefined ? Object.values(data).at(-1) : data[name];
  return report?.answers ?? [];
}
