/** The first step: read → extract → normalise → filter → signatures, for the files of one shard. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Filter, Origin, ReadRecord } from '../document.ts';
import { applyFilters, makeFilters } from '../filter/index.ts';
import type { BuildSource } from './build-config.ts';
import { CleanOutput, type Report } from './clean-output.ts';
import { extract, readRecords } from './parts.ts';
import type { ShardPlan } from './plan.ts';

/** Works through the files of a shard, holding one document at a time. */
export async function cleanShard(
  folder: string,
  shard: ShardPlan,
  source: BuildSource,
  report: Report = () => {},
): Promise<void> {
  using output = new CleanOutput(folder, report);
  const filters = await makeFilters(source.clean);
  for (const file of shard.files) {
    for await (const record of readRecords(shard.source, file, source.reader ?? {})) {
      judge(record, filters, source, output);
      if (output.isReportDue) {
        output.report(0);
        await nextTurn();
      }
    }
    output.report(file.sizeBytes);
  }
  output.finish();
}

/** Takes one record to its end: kept, or dropped for a named reason. */
function judge(
  record: ReadRecord,
  filters: readonly Filter[],
  { licence }: BuildSource,
  output: CleanOutput,
): void {
  output.tally.numRead++;
  if ('rejected' in record) {
    const { origin, rejected } = record;
    output.drop('read', { ...origin, id: idOfPlace(origin), ...rejected });
    return;
  }
  const { content: _, ...origin } = record.document;
  const extracted = extract(record.document);
  if ('drop' in extracted) {
    output.drop('read', { ...origin, ...extracted.drop });
    return;
  }
  const document = { ...(licence !== undefined && { licence }), ...extracted.document };
  const verdict = applyFilters(filters, document);
  if ('document' in verdict) output.keep(verdict.document);
  else output.drop('filter', { ...origin, ...verdict.drop }, document.text);
}

function idOfPlace({ source, file, record }: Origin): string {
  return `${source}/${file}${record === undefined ? '' : `:${record}`}`;
}
