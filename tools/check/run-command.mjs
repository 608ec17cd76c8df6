// Runs the command-line program of a development dependency.

import { execFile } from 'node:child_process';
import path from 'node:path';

/**
 * @param {string} root where it runs
 * @param {string} program its path under node_modules
 * @param {string[]} args
 * @returns {Promise<{ exitCode: number, stdout: string, stderr: string }>} whatever the exit code was
 */
export function runCommand(root, program, args) {
  const file = path.join(root, 'node_modules', program);
  const options = { cwd: root, maxBuffer: 2 ** 28 };
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) => {
      if (child.exitCode === null) reject(error);
      else resolve({ exitCode: child.exitCode, stdout, stderr });
    });
  });
}
