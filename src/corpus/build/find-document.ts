/** Finds out what became of a document. */
import { AthanorError, readJsonLines } from '../../base/index.ts';
import { createExtractor } from '../extract/extract.ts';
import { readFile } from '../read/read-file.ts';
import type { StoredVersion } from '../version/read-version.ts';
import { verifyFiles } from '../version/verify-files.ts';
import { documentFilesOf, dropFilesOf } from '../version/version-files.ts';
import { folderName } from '../version/version-name.ts';
import type { BuildSource } from './build-config.ts';
import type { DropRecord } from './clean-output.ts';
import { listInputs } from './inputs.ts';

export interface DocumentFinding {
  /** `classics-3fa94c1b2d04` */
  version: string;
  /** Source, file and record. */
  place: string;
  /** Why it was dropped; undefined when it is kept. */
  drop?: DropRecord;
  /** As extracted; where that cannot be had any more, why. */
  text: string;
}

/** Everything that a version itself knows of a document; empty when it has never read it. */
export async function findDocument(id: string, version: StoredVersion): Promise<DocumentFinding[]> {
  await verifyFiles(version, ['documents', 'drops', 'duplicates']);
  const findings: DocumentFinding[] = [];
  const name = folderName(version.manifest);
  for (const path of dropFilesOf(version)) {
    for await (const line of readJsonLines(path)) {
      if ('rejected' in line || line.value.id !== id) continue;
      const drop = line.value as unknown as DropRecord;
      const place = placeOf(drop);
      findings.push({ version: name, place, drop, text: await textOf(drop, version) });
    }
  }
  for (const [source, paths] of Object.entries(documentFilesOf(version))) {
    for (const path of paths) {
      for await (const line of readJsonLines(path)) {
        if ('rejected' in line || line.value.id !== id) continue;
        findings.push({ version: name, place: source, text: String(line.value.text) });
      }
    }
  }
  return findings;
}

function placeOf({ source, file, record }: DropRecord): string {
  return `${source}, ${file}${record === undefined ? '' : `, record ${record}`}`;
}

/** Reads the record once more where it lay, and extracts its text again. */
async function textOf(drop: DropRecord, version: StoredVersion): Promise<string> {
  try {
    return (await readAgain(drop, version)) ?? `(${drop.file} holds it no longer)`;
  } catch (error) {
    if (error instanceof AthanorError) return `(cannot be read again: ${error.message})`;
    throw error;
  }
}

async function readAgain(drop: DropRecord, version: StoredVersion): Promise<string | undefined> {
  const given = version.facts.inputs[drop.source];
  if (given === undefined) return undefined;
  const source = { ...given, clean: {}, weight: 1, heldOut: 0 } as BuildSource;
  const { files } = await listInputs(drop.source, source);
  const input = files.find(({ file }) => file.path === drop.file);
  if (input === undefined) return undefined;
  const extract = await createExtractor(source.extraction);
  for await (const record of readFile(input.file, input.reader, drop.source)) {
    const place = 'document' in record ? record.document : record.origin;
    if (place.record !== drop.record) continue;
    if ('rejected' in record) return '(what stands there is no document)';
    const extracted = extract(record.document);
    return 'document' in extracted ? extracted.document.text : '(no text could be extracted)';
  }
  return undefined;
}
