/** What became of the documents of a version, as lines for a terminal. */
import type { VersionManifest } from '../../corpus/index.ts';

const barWidth = 30;
const maxReasons = 8;

/** From read to kept, one line for the source and one for each of its most frequent reasons. */
export function formatFunnel({ name, id, sources }: VersionManifest): string {
  const lines = [`corpus ${name}-${id.slice(0, 12)}`];
  for (const [source, { numRead, numDocuments, dropped }] of Object.entries(sources)) {
    const bar = (count: number) =>
      '█'.repeat(Math.round((barWidth * count) / Math.max(1, numRead)));
    const line = (mark: string, count: number, what: string) =>
      `  ${mark} ${count.toLocaleString('en-US').padStart(9)}  ${bar(count).padEnd(barWidth)}  ${what}`;
    lines.push(line(' ', numRead, `${source}: read`));
    const reasons = Object.entries(dropped).sort(([, a], [, b]) => b - a);
    for (const [reason, count] of reasons.slice(0, maxReasons))
      lines.push(line('−', count, reason));
    const others = reasons.slice(maxReasons).reduce((sum, [, count]) => sum + count, 0);
    if (others > 0) lines.push(line('−', others, `${reasons.length - maxReasons} other reasons`));
    lines.push(line('=', numDocuments, 'kept'));
  }
  return lines.join('\n');
}
