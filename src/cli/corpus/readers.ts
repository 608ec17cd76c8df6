/** The commands that read versions. */
import { CorpusStore } from '../../corpus/index.ts';
import { print } from '../arguments.ts';
import { compareVersions, formatDifference } from './compare-versions.ts';
import { formatLineage, lineageOf } from './lineage.ts';
import { formatVersions } from './list-versions.ts';
import { formatSamples, sampleVersion } from './sample-version.ts';
import { formatVersion } from './show-version.ts';
import { findWhy, formatWhy } from './why.ts';

interface Flags {
  store?: string;
  json?: boolean;
  count?: number;
  source?: string;
  seed?: number;
  version?: string;
}

/** What a command has found, for machines and for people. */
interface Finding {
  json: unknown;
  text: string;
}

type Reader = (store: CorpusStore, names: string[], flags: Flags) => Promise<Finding> | Finding;

const readers: Readonly<Record<'list' | 'show' | 'diff' | 'lineage' | 'sample' | 'why', Reader>> = {
  list(store) {
    const content = store.content();
    return { json: content, text: formatVersions(content, Date.now()) };
  },
  show(store, [name = '']) {
    const version = store.find(name);
    return { json: version, text: formatVersion(version) };
  },
  async diff(store, [before = '', after = '']) {
    const difference = await compareVersions(store.find(before), store.find(after), store);
    return { json: difference, text: formatDifference(difference) };
  },
  lineage(store, [name = '']) {
    const lineage = lineageOf(store.find(name), store);
    return { json: lineage, text: formatLineage(lineage) };
  },
  async sample(store, [name = ''], { count = 3, source, seed = 1 }) {
    const samples = await sampleVersion(store.find(name), store, { count, source, seed });
    return { json: samples, text: formatSamples(samples) };
  },
  async why(store, [id = ''], { version }) {
    const findings = await findWhy(id, store, version);
    return { json: findings, text: formatWhy(id, findings) };
  },
};

export async function show(name: keyof typeof readers, names: string[], flags: Flags) {
  const store = new CorpusStore(flags.store ?? 'corpora');
  const { json, text } = await readers[name](store, names, flags);
  await print(`${flags.json ? JSON.stringify(json) : text}\n`);
}
