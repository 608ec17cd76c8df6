import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { formatBytes, requireSpace } from './disk-space.mjs';
import { codeOf, messageOf, SetupProblem } from './problem.mjs';

/** @typedef {import('yauzl').Entry} Entry */
/** @typedef {import('yauzl').ZipFile} ZipFile */

/**
 * @typedef {object} UnpackJob
 * @property {string} wheel
 * @property {string} folder Receives the files; none of them may be there.
 * @property {(name: string) => boolean} isWanted
 * @property {(text: string) => void} progress
 * @property {(path: string) => number} [measureSpace]
 */

/** Room for folders and for files that end inside a block. */
const overheadBytes = 50e6;

/**
 * Unpacks part of a wheel, which is a zip archive. Every name in it is checked first, so nothing
 * is written from an archive that tries to leave the folder.
 * @param {UnpackJob} job
 * @returns {Promise<{ numFiles: number, bytes: number }>}
 * @throws {SetupProblem} when the archive is damaged or hostile, or the disk is full.
 */
export async function unpackWheel(job) {
  // Not at the top of the file: on a fresh clone yauzl is installed after set-up has started.
  const { default: yauzl } = await import('yauzl');
  try {
    const zip = await yauzl.openPromise(job.wheel, { lazyEntries: true, autoClose: false });
    try {
      return await unpack(zip, job);
    } finally {
      zip.close();
    }
  } catch (error) {
    // An error with a code is the disk's; EEXIST is a name that the archive holds twice.
    const code = codeOf(error);
    const isOfDisk = code !== undefined && code !== 'EEXIST' && !code.startsWith('Z_');
    if (error instanceof SetupProblem || isOfDisk) throw error;
    throw damagedArchive(job.wheel, error);
  }
}

/**
 * @param {ZipFile} zip
 * @param {UnpackJob} job
 */
async function unpack(zip, { folder, isWanted, progress, measureSpace }) {
  /** @type {Entry[]} */
  const wanted = [];
  for await (const entry of zip.eachEntry()) {
    const objection = objectionTo(entry);
    if (objection) throw new Error(`${objection} (${JSON.stringify(entry.fileName)})`);
    if (!entry.fileName.endsWith('/') && isWanted(entry.fileName)) wanted.push(entry);
  }
  const total = wanted.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  requireSpace(folder, total + overheadBytes, 'unpack LibTorch', measureSpace);
  let done = 0;
  for (const entry of wanted) {
    await extract(zip, entry, join(folder, entry.fileName));
    done += entry.uncompressedSize;
    progress(`unpacked ${formatBytes(done)} of ${formatBytes(total)}`);
  }
  return { numFiles: wanted.length, bytes: total };
}

/**
 * yauzl refuses names with "..", a root or a drive by itself. They are looked at here again, for
 * a hole would mean that a package index writes anywhere; links it does not look at.
 * @param {Entry} entry
 */
function objectionTo({ fileName, externalFileAttributes }) {
  const type = (externalFileAttributes >>> 16) & 0o170000;
  if (type !== 0 && type !== 0o100000 && type !== 0o040000) return 'a link or device';
  const leaves = fileName.startsWith('/') || fileName.split('/').includes('..');
  return leaves || /[\\:\0]/.test(fileName) ? 'a name that leaves the folder' : undefined;
}

/**
 * @param {ZipFile} zip
 * @param {Entry} entry
 * @param {string} path
 */
async function extract(zip, entry, path) {
  mkdirSync(dirname(path), { recursive: true });
  let sum = 0;
  const check = new Transform({
    transform(chunk, _encoding, next) {
      sum = crc32(chunk, sum);
      next(null, chunk);
    },
  });
  const target = createWriteStream(path, { flags: 'wx', mode: 0o644 });
  await pipeline(await zip.openReadStreamPromise(entry), check, target);
  if (sum !== entry.crc32) throw new Error(`a wrong checksum of ${entry.fileName}`);
}

/**
 * @param {string} wheel
 * @param {unknown} error
 */
function damagedArchive(wheel, error) {
  return new SetupProblem(
    {
      what: `the archive ${wheel}`,
      must: 'be a whole wheel of plain files',
      got: messageOf(error),
      hint: 'type npm run setup again; if it stays so, ask who runs your package index',
    },
    { cause: error },
  );
}
