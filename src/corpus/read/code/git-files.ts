import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * The files of a folder that git tracks or would track, so that what `.gitignore` names is left out;
 * undefined when the folder is in no repository, or git is missing. Settings of a strange repository
 * that start programs are switched off.
 */
export async function gitFiles(folder: string): Promise<string[] | undefined> {
  const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.untrackedCache=false'];
  const files = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  try {
    const { stdout } = await promisify(execFile)('git', [...safe, ...files], {
      cwd: folder,
      maxBuffer: 2 ** 29,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: 'C' },
    });
    return [...new Set(stdout.split('\0'))].filter((path) => path !== '' && !isHidden(path));
  } catch {
    return undefined;
  }
}

function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.'));
}
