/** One version in detail. */
import { join } from 'node:path';
import { folderName, type StoredVersion, type VersionManifest } from '../../corpus/index.ts';
import { formatFunnel } from '../../stages/index.ts';
import { formatBytes, formatCount, formatNumber, formatSeconds, formatTable } from '../table.ts';

export function formatVersion({ folder, manifest, facts }: StoredVersion): string {
  const { description, parents, sources } = manifest;
  const standsOn = parents.map(folderName).join(', ');
  const licences = Object.entries(sources).flatMap(([source, facts]) =>
    Object.entries(facts.licences).map(([licence, { numDocuments }]) => [
      ...[source, licence, formatCount(numDocuments)],
    ]),
  );
  return [
    formatFunnel(manifest),
    ...(description === '' ? [] : ['', description]),
    ...(standsOn === '' ? [] : [`stands on ${standsOn}`]),
    `built ${facts.at} in ${formatSeconds(facts.seconds)}`,
    ...['', formatMixture(manifest)],
    ...['', formatTable([['source', 'licence', 'documents'], ...licences], 2)],
    ...['', `report: ${join(folder, 'report.html')}`],
  ].join('\n');
}

/** Shares and epochs, as in table 2.2 of GPT-3. */
function formatMixture({ mixture }: VersionManifest): string {
  const rows = Object.entries(mixture).map(([source, entry]) => [
    source,
    ...[formatCount(entry.numDocuments), formatBytes(entry.textBytes)],
    entry.numTokens === undefined ? '–' : formatCount(entry.numTokens),
    ...[formatNumber(entry.weight), `${(100 * entry.share).toFixed(1)} %`],
    entry.epochs.toFixed(2),
  ]);
  const header = ['mixture', 'documents', 'text', 'tokens', 'weight', 'share', 'epochs'];
  return formatTable([header, ...rows]);
}
