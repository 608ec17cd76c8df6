import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { formatBytes } from '../setup/disk-space.mjs';
import { runCommand } from '../setup/run-command.mjs';

/** @typedef {import('./examine.mjs').Finding} Finding */

/**
 * What the machine can do: nothing of it is needed, all of it decides how fast training is.
 * @returns {Promise<Finding[]>}
 */
export async function examineMachine() {
  const [features, cuda] = await Promise.all([processorFeatures(), examineCuda()]);
  const findings = [examineProcessor(features), examineThreads(), cuda, examineMemory()];
  return [...findings, ...examineHugePages()];
}

/** The names of /proc/cpuinfo on the left; those of macOS's sysctl on the right. */
const features = new Map([
  ['avx2', 'AVX2'],
  ['avx512f', 'AVX512F'],
  ['avx512_bf16', 'AVX512_BF16'],
  ['amx_bf16', 'AMX_BF16'],
  ['bf16', 'FEAT_BF16'],
  ['sve', 'FEAT_SVE'],
  ['asimd', 'AdvSIMD'],
]);

/** @returns {Promise<string[]>} Those of `features` that the processor has. */
async function processorFeatures() {
  if (process.platform === 'darwin') {
    const { stdout } = await runCommand('sysctl', ['machdep.cpu', 'hw.optional'], {
      timeoutMs: 10_000,
    });
    const names = [...features].filter(([, name]) =>
      new RegExp(`\\b${name}(: 1)?\\b`, 'i').test(stdout),
    );
    return names.map(([name]) => name);
  }
  const text = readText('/proc/cpuinfo') ?? '';
  const words = new Set(/^(?:flags|Features)\s*:(.*)$/m.exec(text)?.[1]?.split(' '));
  return [...features.keys()].filter((name) => words.has(name));
}

/**
 * @param {string[]} found
 * @returns {Finding}
 */
function examineProcessor(found) {
  // On these a product of bf16 matrices is about twice as fast; elsewhere it is no faster.
  const fastBf16 = found.includes('avx512_bf16') || found.includes('amx_bf16');
  const precision = fastBf16 ? 'bf16' : 'fp32';
  const model = cpus()[0]?.model.trim() || 'unknown model';
  const vectors = found.join(' ') || 'no wide vectors';
  const text = `${model}, ${process.arch}; ${vectors}; precision "auto" on it is ${precision}`;
  const details = { model, arch: process.arch, features: found, autoPrecision: precision };
  return { name: 'processor', status: 'found', text, details };
}

/** @returns {Finding} */
function examineThreads() {
  const physicalCores = countPhysicalCores() ?? cpus().length;
  const usable = availableParallelism();
  const quota = cgroupQuota();
  const numThreads = Math.max(1, Math.min(physicalCores, usable));
  const details = { physicalCores, processors: cpus().length, usable, quota, numThreads };
  const text = `${physicalCores} cores, ${cpus().length} processors, ${usable} for this process; ${numThreads} threads by default`;
  if (quota === undefined || quota >= numThreads) {
    return { name: 'threads', status: 'found', text, details };
  }
  const limit = `the container may use the time of ${quota.toFixed(1)} processors, so threads will wait for each other`;
  const mend = 'raise the limit of the container to whole cores';
  return { name: 'threads', status: 'note', text: `${text}; ${limit}`, mend, details };
}

function countPhysicalCores() {
  const folder = '/sys/devices/system/cpu';
  if (!existsSync(folder)) return undefined;
  const processors = readdirSync(folder).filter((name) => /^cpu\d+$/.test(name));
  const siblings = processors.map((name) =>
    readText(`${folder}/${name}/topology/thread_siblings_list`),
  );
  const cores = new Set(siblings.filter((list) => list !== undefined));
  return cores.size === 0 ? undefined : cores.size;
}

/** How many processors' time a container may use, of control groups version 2, then 1. */
function cgroupQuota() {
  const [limit, period] = readText('/sys/fs/cgroup/cpu.max')?.trim().split(' ') ?? [
    readText('/sys/fs/cgroup/cpu/cpu.cfs_quota_us')?.trim(),
    readText('/sys/fs/cgroup/cpu/cpu.cfs_period_us')?.trim(),
  ];
  const quota = Number(limit) / Number(period);
  return quota > 0 ? quota : undefined;
}

/** @returns {Promise<Finding>} */
async function examineCuda() {
  const query = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'];
  const { ok, stdout, stderr } = await runCommand('nvidia-smi', query, { timeoutMs: 20_000 });
  if (!ok) {
    const text =
      stdout || stderr.includes('ENOENT') ? 'no NVIDIA driver' : `nvidia-smi: ${stderr.trim()}`;
    return { name: 'cuda', status: 'note', text };
  }
  const devices = stdout.trim().split('\n').filter(Boolean);
  const details = { devices };
  const text = devices.join('; ') || 'a driver without devices';
  return { name: 'cuda', status: 'found', text, ...(devices.length > 0 && { details }) };
}

/** @returns {Finding} */
function examineMemory() {
  const available = /^MemAvailable:\s+(\d+) kB$/m.exec(readText('/proc/meminfo') ?? '')?.[1];
  const availableBytes = available === undefined ? freemem() : Number(available) * 1024;
  const details = { totalBytes: totalmem(), availableBytes };
  const text = `${formatBytes(totalmem())}, ${formatBytes(availableBytes)} available`;
  return { name: 'memory', status: 'found', text, details };
}

/** @returns {Finding[]} */
function examineHugePages() {
  const text = readText('/sys/kernel/mm/transparent_hugepage/enabled');
  const mode = text && /\[(\w+)\]/.exec(text)?.[1];
  return mode ? [{ name: 'huge pages', status: 'found', text: mode, details: { mode } }] : [];
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
