import { FileError } from './errors.ts';

/**
 * Puts a refusal of the file system into words, with what to do where that is known.
 *
 * @param path the file as its user knows it
 * @returns a FileError for an error of the operating system; any other error as it is
 */
export function asFileError(error: unknown, path: string, access: 'read' | 'write'): unknown {
  const code = systemErrorCode(error);
  if (code === undefined) return error;
  const must = access === 'read' ? 'be readable' : 'be writable';
  const hint = hints[access][code] ?? commonHints[code];
  return new FileError({ what: path, must, got: code, hint }, { cause: error });
}

/** The code of an error of the operating system, such as `ENOSPC`; undefined for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return error instanceof Error && syscall !== undefined ? code : undefined;
}

type Hints = Readonly<Record<string, string>>;

const commonHints: Hints = {
  EMFILE: 'raise the number of open files (ulimit -n)',
  EIO: 'the disk reports a fault: look at it, and use another one',
};

const hints: Readonly<Record<'read' | 'write', Hints>> = {
  read: {
    ENOENT: 'check the name',
    EACCES: 'ask for the right to read it, or name another file',
    EPERM: 'ask for the right to read it, or name another file',
    EISDIR: 'name a file, not a folder',
  },
  write: {
    EEXIST: 'something else has this name: name a new folder, or one that is there',
    ENOTDIR: 'part of this path is a file: name another folder',
    ENOSPC: 'free space on this disk, or write to another one',
    EDQUOT: 'free space within your quota, or write to another disk',
    EFBIG: 'raise the file size limit (ulimit -f), or write to another file system',
    EACCES: 'choose a folder that you may write to',
    EPERM: 'choose a folder that you may write to',
    EROFS: 'choose a folder on a file system that is not read-only',
    ENOENT: 'create the folder first',
  },
};
