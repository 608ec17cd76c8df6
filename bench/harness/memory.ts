/** The most memory that a piece of work holds beyond what was there before it. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AthanorError } from '../../src/base/index.ts';

const repository = new URL('../../', import.meta.url);

/**
 * Runs the work and answers by how many bytes the process grew at its largest. Meant for a fresh
 * process: memory that earlier work freed may still belong to the process and hide growth.
 */
export function peakGrowthBytes(work: () => void): number {
  resetPeak();
  const before = peakBytes();
  work();
  return peakBytes() - before;
}

/**
 * Calls an exported function of a module with some texts in a fresh process; answers its result.
 * @throws AthanorError with what the process wrote to stderr when it fails.
 */
export async function inFreshProcess(
  module: URL,
  name: string,
  ...texts: readonly string[]
): Promise<number> {
  const entry = fileURLToPath(new URL('fresh-process.ts', import.meta.url));
  const nodeArgs = ['--conditions', 'source', '--import', 'tsx', entry, module.href, name];
  const child = spawn(process.execPath, [...nodeArgs, ...texts], {
    cwd: fileURLToPath(repository),
  });
  let [output, complaints] = ['', ''];
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    complaints += data.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code === 0) return Number(JSON.parse(output));
  throw new AthanorError({
    what: `${name} in a fresh process`,
    must: 'end with exit code 0',
    got: `${code}\n${complaints.trim()}`,
  });
}

/** Linux can forget an earlier peak, so that loading the library does not count. */
function resetPeak(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(match?.[1]) * 1024;
}
