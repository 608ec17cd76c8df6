/** What is different between two versions. */
import {
  type CorpusStore,
  compareDocuments,
  folderName,
  type StoredVersion,
} from '../../corpus/index.ts';
import { formatBytes, formatCount, formatTable } from '../table.ts';

/** A number before and after. */
type Pair = readonly [before: number, after: number];

export interface VersionDifference {
  before: string;
  after: string;
  /** Source → its numbers, over the versions and all that they stand on. */
  sources: Readonly<Record<string, { numDocuments: Pair; textBytes: Pair; weight: Pair }>>;
  /** Reason → documents that it dropped. */
  dropped: Readonly<Record<string, Pair>>;
  /** Sources whose rules are others. */
  changedRules: readonly string[];
  /** By id and text: how many only one of them has, and some of these. */
  documents: Awaited<ReturnType<typeof compareDocuments>>;
}

export async function compareVersions(
  before: StoredVersion,
  after: StoredVersion,
  store: CorpusStore,
): Promise<VersionDifference> {
  const [old, fresh] = [before.manifest, after.manifest];
  const of = (field: 'numDocuments' | 'textBytes' | 'weight') =>
    pairsOf(old.mixture, fresh.mixture, (entry) => entry?.[field] ?? 0);
  const [numDocuments, textBytes, weight] = [of('numDocuments'), of('textBytes'), of('weight')];
  const sources = Object.keys(numDocuments).map((name) => [
    name,
    { numDocuments: numDocuments[name], textBytes: textBytes[name], weight: weight[name] },
  ]);
  return {
    ...{ before: folderName(old), after: folderName(fresh), sources: Object.fromEntries(sources) },
    dropped: pairsOf(droppedBy(before), droppedBy(after), (count = 0) => count),
    changedRules: Object.keys(old.sources).filter((name) => {
      const rules = fresh.sources[name]?.rulesHash;
      return rules !== undefined && rules !== old.sources[name]?.rulesHash;
    }),
    documents: await compareDocuments(before, after, store),
  };
}

/** A number for each name that either record has. */
function pairsOf<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  number: (value?: T) => number,
): Record<string, Pair> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const entries = [...names].map((name): [string, Pair] => [
    name,
    [number(before[name]), number(after[name])],
  ]);
  return Object.fromEntries(entries);
}

export function formatDifference(difference: VersionDifference): string {
  const { before, after, sources, dropped, changedRules, documents } = difference;
  const change = ([a, b]: Pair, format: (value: number) => string) => [
    ...[format(a), format(b), a === b ? '=' : `${b > a ? '+' : '−'}${format(Math.abs(b - a))}`],
  ];
  const rows = Object.entries(sources).flatMap(([name, { numDocuments, textBytes }]) => [
    [`${name}: documents`, ...change(numDocuments, formatCount)],
    [`${name}: text`, ...change(textBytes, formatBytes)],
  ]);
  const reasons = Object.entries(dropped)
    .filter(([, [a, b]]) => a !== b)
    .map(([reason, pair]) => [`dropped: ${reason}`, ...change(pair, formatCount)]);
  const some = (ids: readonly string[]) => ids.map((id) => `    ${id}`);
  return [
    formatTable([['', before, after, 'change'], ...rows, ...reasons]),
    changedRules.length === 0 ? 'the same rules' : `other rules: ${changedRules.join(', ')}`,
    `only in ${before}: ${formatCount(documents.numOnlyBefore)} documents`,
    ...some(documents.onlyBefore),
    `only in ${after}: ${formatCount(documents.numOnlyAfter)} documents`,
    ...some(documents.onlyAfter),
    `in both: ${formatCount(documents.numBoth)} documents`,
  ].join('\n');
}

function droppedBy({ manifest }: StoredVersion): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { dropped } of Object.values(manifest.sources)) {
    for (const [reason, count] of Object.entries(dropped)) {
      counts[reason] = (counts[reason] ?? 0) + count;
    }
  }
  return counts;
}
