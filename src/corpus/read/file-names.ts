/** Which names of files are taken, and that none leads out of its folder. */
import { lstatSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { asFileError, FileError } from '../../base/index.ts';

/**
 * What is wrong with a relative path, if anything: reports show names, so what would change how a line
 * is shown is refused.
 *
 * @returns a reason, one of a fixed set
 */
export function nameRejection(path: string): string | undefined {
  if (path === '' || path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) {
    return 'name: not relative to its folder';
  }
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    return 'name: leads out of its folder';
  }
  if (/[\p{Cc}\u2028\u2029]/u.test(path)) return 'name: control characters';
  if (/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/.test(path))
    return 'name: turns its direction';
  if (!path.isWellFormed() || path.includes('\ufffd')) return 'name: not UTF-8';
  if (parts.some((part) => Buffer.byteLength(part) > 255)) return 'name: too long';
  return undefined;
}

/**
 * The absolute path of a file of a source, for it to be opened without following a link.
 *
 * @param root the folder of the source, or the file that is the source
 * @throws FileError when the name is refused, or a link stands anywhere between root and file.
 */
export function pathWithin(root: string, path: string): string {
  const reason = nameRejection(path);
  if (reason !== undefined) {
    throw new FileError({
      what: JSON.stringify(path),
      must: 'be a file of its source',
      got: reason,
    });
  }
  try {
    const real = realpathSync(root);
    if (lstatSync(real).isFile()) return real;
    const absolute = join(real, ...path.split('/'));
    if (realpathSync(absolute) === absolute && absolute.startsWith(real + sep)) return absolute;
  } catch (error) {
    throw asFileError(error, path, 'read');
  }
  throw new FileError({ what: path, must: 'be a file of its source', got: 'a symbolic link' });
}
