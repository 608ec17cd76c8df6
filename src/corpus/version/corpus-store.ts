/** Where versions lie: one folder for each, and a folder of work for each name. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { asFileError, makeFolder, syncFolder, writeFileAtomic } from '../../base/index.ts';
import { damagedVersion, readVersion, type StoredVersion } from './read-version.ts';
import { allParts, verifyFiles } from './verify-files.ts';
import type { BuildFacts, VersionManifest } from './version-manifest.ts';
import { folderName, unknownVersion } from './version-name.ts';

export interface StoreContent {
  /** By name; of one name the newest first. */
  versions: readonly StoredVersion[];
  damaged: readonly { name: string; problem: string }[];
}

const workFolder = '.work';

/** The folder of versions. Reading changes nothing; only `workFolderOf` and `publish` write. */
export class CorpusStore {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** All versions. A store that is not there yet has none. @throws FileError */
  content(): StoreContent {
    const versions: StoredVersion[] = [];
    const damaged: { name: string; problem: string }[] = [];
    for (const name of this.#names()) {
      try {
        versions.push(readVersion(join(this.folder, name)));
      } catch (error) {
        damaged.push({ name, problem: (error as Error).message });
      }
    }
    versions.sort(byNameNewestFirst);
    return { versions, damaged };
  }

  /**
   * A version by its name (the newest of that name), its name and the beginning of its id
   * (`classics-3fa9`), or the beginning of its id.
   *
   * @throws ConfigError when there is none or more than one; FileError when it is damaged.
   */
  find(reference: string): StoredVersion {
    const { versions, damaged } = this.content();
    const [newest] = versions.filter(({ manifest }) => manifest.name === reference);
    if (newest !== undefined) return newest;
    const matches = versions.filter(({ manifest }) => isCalled(manifest, reference));
    const [only] = matches;
    if (only !== undefined && matches.every(({ manifest }) => manifest.id === only.manifest.id)) {
      return only;
    }
    const broken = damaged.find(({ name }) => name === reference);
    if (broken !== undefined) throw damagedVersion(join(this.folder, broken.name), broken.problem);
    throw unknownVersion(reference, this.folder, matches.length > 0 ? matches : versions);
  }

  /** The folder of unfinished and repeated work on versions of a name, made if need be. */
  workFolderOf(name: string): string {
    const folder = join(this.folder, workFolder, name);
    try {
      makeFolder(folder);
    } catch (error) {
      throw asFileError(error, folder, 'write');
    }
    return folder;
  }

  /**
   * Gives a finished folder its name in the store. Where the same version lies already, and whole,
   * that one stays, with the newer facts.
   *
   * @param folder on the same disk, with everything but the manifest in it
   */
  async publish(
    folder: string,
    manifest: VersionManifest,
    facts: BuildFacts,
  ): Promise<StoredVersion> {
    writeFileAtomic(join(folder, 'version.json'), toJson(manifest));
    writeFileAtomic(join(folder, 'built.json'), toJson(facts));
    const target = join(this.folder, folderName(manifest));
    try {
      if (await isWhole(target, manifest)) {
        fs.renameSync(join(folder, 'built.json'), join(target, 'built.json'));
        fs.rmSync(folder, { recursive: true });
      } else {
        fs.rmSync(target, { recursive: true, force: true });
        fs.renameSync(folder, target);
      }
      syncFolder(this.folder);
    } catch (error) {
      throw asFileError(error, target, 'write');
    }
    return { folder: target, manifest, facts };
  }

  #names(): string[] {
    let entries: fs.Dirent[];
    try {
      entries = fs.readdirSync(this.folder, { withFileTypes: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw asFileError(error, this.folder, 'read');
    }
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
    return folders.map(({ name }) => name).sort();
  }
}

async function isWhole(folder: string, { id }: VersionManifest): Promise<boolean> {
  try {
    const version = readVersion(folder);
    await verifyFiles(version, allParts);
    return version.manifest.id === id;
  } catch {
    return false;
  }
}

function isCalled(manifest: VersionManifest, reference: string): boolean {
  const { name, id } = manifest;
  const isOfName = reference.startsWith(`${name}-`) && reference.length >= name.length + 5;
  const digits = isOfName ? reference.slice(name.length + 1) : reference;
  return digits.length >= 4 && /^[0-9a-f]+$/.test(digits) && id.startsWith(digits);
}

function byNameNewestFirst(a: StoredVersion, b: StoredVersion): number {
  if (a.manifest.name !== b.manifest.name) return a.manifest.name < b.manifest.name ? -1 : 1;
  return a.facts.at < b.facts.at ? 1 : -1;
}

function toJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
