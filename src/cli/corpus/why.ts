/** What became of one document. */
import { ConfigError } from '../../base/index.ts';
import {
  type CorpusStore,
  type DocumentFinding,
  findDocument,
  folderName,
} from '../../corpus/index.ts';

/**
 * Looks through the newest version of each name, or the one that is named.
 * @throws ConfigError when no version knows the document.
 */
export async function findWhy(
  id: string,
  store: CorpusStore,
  reference: string | undefined,
): Promise<DocumentFinding[]> {
  const versions = reference === undefined ? store.content().versions : [store.find(reference)];
  const newest = versions.filter(
    ({ manifest }, i) => versions[i - 1]?.manifest.name !== manifest.name,
  );
  const findings: DocumentFinding[] = [];
  for (const version of newest) findings.push(...(await findDocument(id, version)));
  if (findings.length > 0) return findings;
  const names = newest.map(({ manifest }) => folderName(manifest)).join(', ') || 'no version';
  throw new ConfigError({
    what: 'the document',
    must: `be one that was read for ${names}`,
    got: JSON.stringify(id.slice(0, 200)),
    hint: 'athanor corpus sample shows ids of documents that are kept, report.html of others',
  });
}

export function formatWhy(id: string, findings: readonly DocumentFinding[]): string {
  return findings.map((finding) => formatFinding(id, finding)).join('\n\n');
}

function formatFinding(id: string, { version, drop, place, text }: DocumentFinding): string {
  const verdict = drop === undefined ? 'kept' : `dropped: ${drop.reason}${numbersOf(drop)}`;
  return [`${id} · ${version} · ${place}`, verdict, '', text].join('\n');
}

function numbersOf({ value, limit, duplicateOf }: NonNullable<DocumentFinding['drop']>): string {
  const beside = limit === undefined ? '' : `, limit ${rounded(limit)}`;
  const got = value === undefined ? '' : ` (got ${rounded(value)}${beside})`;
  return duplicateOf === undefined ? got : `${got} of ${duplicateOf}`;
}

/** Counts as they are, shares with four digits. */
function rounded(value: number | string): number | string {
  return typeof value === 'number' && !Number.isInteger(value)
    ? Number(value.toPrecision(4))
    : value;
}
