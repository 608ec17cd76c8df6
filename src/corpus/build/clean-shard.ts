/** The first step: read → extract → normalise → filter → signatures, for the files of one shard. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Filter, Origin, ReadRecord } from '../document.ts';
import { createExtractor, type Extractor } from '../extract/extract.ts';
import { applyFilters, makeFilters } from '../filter/index.ts';
import { readFile } from '../read/read-file.ts';
import type { RecordRange } from '../read/record.ts';
import type { BuildSource } from './build-config.ts';
import { CleanOutput, type Report } from './clean-output.ts';
import type { PlannedFile, ShardPlan } from './plan.ts';
import { sizeOf } from './sections.ts';

/** Works through the files of a shard, holding one document at a time. */
export async function cleanShard(
  folder: string,
  shard: ShardPlan,
  source: BuildSource,
  report: Report = () => {},
): Promise<void> {
  using output = new CleanOutput(folder, report);
  const filters = await makeFilters(source.clean);
  const extract = await createExtractor(source.extraction);
  for (const refused of shard.rejected) judge(refused, { extract, filters }, output);
  for (const planned of shard.files) {
    const bytes = new BytesRead(planned);
    const { file, reader } = planned;
    for await (const record of readFile(file, reader, shard.source, bytes.range)) {
      judge(record, { extract, filters }, output);
      if (output.isReportDue) {
        output.report(bytes.take());
        await nextTurn();
      }
    }
    output.report(bytes.takeRest());
  }
  output.finish();
}

/** Takes one record to its end: kept, or dropped for a named reason. */
function judge(
  record: ReadRecord,
  { extract, filters }: { extract: Extractor; filters: readonly Filter[] },
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
  const { document } = extracted;
  const verdict = applyFilters(filters, document);
  if ('document' in verdict) output.keep(verdict.document);
  else output.drop('filter', { ...origin, ...verdict.drop }, document.text);
}

function idOfPlace({ source, file, record }: Origin): string {
  return `${source}/${file}${record === undefined ? '' : `:${record}`}`;
}

/** How much of a file was read and is not reported yet. */
class BytesRead {
  readonly range: RecordRange;
  #numLeft: number;
  #numRead = 0;

  constructor({ isPart, section }: PlannedFile) {
    const { start, end, firstLine, numLines } = section;
    const rows = numLines === undefined ? {} : { numLines };
    const onBytes = (numBytes: number) => {
      this.#numRead += numBytes;
    };
    this.range = { onBytes, ...(isPart && { start, end, firstLine, ...rows }) };
    this.#numLeft = sizeOf(section);
  }

  take(): number {
    const taken = Math.min(this.#numRead, this.#numLeft);
    this.#numRead = 0;
    this.#numLeft -= taken;
    return taken;
  }

  /** What no reader has told of, such as a file of Parquet. */
  takeRest(): number {
    const rest = this.#numLeft;
    this.#numLeft = 0;
    return rest;
  }
}
