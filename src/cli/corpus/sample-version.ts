/** Documents of a version, chosen at random. */
import { ConfigError, readJsonLines, SeededRandom } from '../../base/index.ts';
import {
  type CorpusStore,
  documentFilesOf,
  lineOf,
  type StoredVersion,
  verifyFiles,
} from '../../corpus/index.ts';

export interface SampledDocument {
  id: string;
  source: string;
  text: string;
}

interface SampleOptions {
  count: number;
  source: string | undefined;
  seed: number;
}

/** Documents of the version and all that it stands on, each as likely as any other. */
export async function sampleVersion(
  version: StoredVersion,
  store: CorpusStore,
  { count, source, seed }: SampleOptions,
): Promise<SampledDocument[]> {
  const line = lineOf(version, store);
  for (const holder of line) await verifyFiles(holder, ['documents']);
  const files = line.flatMap((holder) => filesOf(holder, source));
  const numDocuments = files.reduce((sum, file) => sum + file.numDocuments, 0);
  if (files.length === 0) {
    const must = `be one of ${Object.keys(version.manifest.mixture).join(', ')}`;
    throw new ConfigError({ what: 'the source', must, got: String(source) });
  }
  const random = new SeededRandom(seed);
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, numDocuments)) chosen.add(random.int(numDocuments));
  const found: SampledDocument[] = [];
  let start = 0;
  for (const file of files) {
    const inside = [...chosen].filter((i) => i >= start && i < start + file.numDocuments);
    found.push(...(await documentsAt(file.path, new Set(inside.map((i) => i - start)))));
    start += file.numDocuments;
  }
  return found;
}

export function formatSamples(samples: readonly SampledDocument[]): string {
  if (samples.length === 0) return 'no documents';
  return samples.map(({ id, source, text }) => `── ${source} · ${id}\n${text}`).join('\n\n');
}

function filesOf(version: StoredVersion, source: string | undefined) {
  return Object.entries(documentFilesOf(version))
    .filter(([name]) => source === undefined || name === source)
    .flatMap(([name, paths]) =>
      paths.map((path, i) => {
        const numDocuments = version.manifest.sources[name]?.files[i]?.numDocuments ?? 0;
        return { path, numDocuments };
      }),
    );
}

async function documentsAt(path: string, wanted: Set<number>): Promise<SampledDocument[]> {
  const found: SampledDocument[] = [];
  let index = 0;
  if (wanted.size === 0) return found;
  for await (const line of readJsonLines(path)) {
    if (wanted.has(index++) && 'value' in line) {
      const { id, source, text } = line.value as unknown as SampledDocument;
      found.push({ id, source, text });
      if (found.length === wanted.size) break;
    }
  }
  return found;
}
