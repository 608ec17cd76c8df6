/** Starts of the small training run on a file system that fails, and what they leave. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verifyCheckpoint } from '../../src/train/index.ts';
import type { MicroRunConfig } from '../kill/micro-run.ts';
import { type Ending, runOnce } from '../kill/run-kill-rerun.ts';
import { compileShim, type FaultPlan, faultEnvironment, type LoggedCall } from './io-shim.ts';

const cwd = fileURLToPath(new URL('../../', import.meta.url));
const program = fileURLToPath(new URL('../kill/micro-run.ts', import.meta.url));

export type Plan = Omit<FaultPlan, 'folder'>;

/** Runs with one config, each in a folder of its own. */
export class FaultyRuns implements Disposable {
  readonly scratch = fs.mkdtempSync(join(tmpdir(), 'athanor-faults-'));
  readonly #library = compileShim(this.scratch);
  readonly #config: Omit<MicroRunConfig, 'folder'>;
  #numCases = 0;

  constructor(config: Omit<MicroRunConfig, 'folder'> = {}) {
    this.#config = config;
  }

  /** Starts a run, or starts it again. The faults are those of its checkpoints' folder. */
  start(name: string, plan: Plan = { mode: 'count' }, prefix: readonly string[] = []) {
    const config = JSON.stringify({ ...this.#config, folder: join(this.scratch, name) });
    const run = ['node', '--conditions=source', '--import', 'tsx', program, config];
    const env = faultEnvironment(this.#library, { ...plan, folder: this.checkpointsOf(name) });
    return runOnce({ command: [...prefix, ...run], cwd, env });
  }

  /** The same with a copy of another run. */
  async startFrom(
    origin: string,
    plan: Plan,
    prefix?: readonly string[],
  ): Promise<{ name: string } & Ending> {
    const name = `case-${this.#numCases++}`;
    fs.cpSync(join(this.scratch, origin), join(this.scratch, name), { recursive: true });
    return { name, ...(await this.start(name, plan, prefix)) };
  }

  checkpointsOf(name: string): string {
    return join(this.scratch, name, 'checkpoints');
  }

  read(name: string, file: string): string {
    return fs.readFileSync(join(this.scratch, name, file), 'utf8');
  }

  /** All losses as bits, and the hashes of what was trained. */
  resultOf(name: string): string[] {
    return [this.read(name, 'metrics.jsonl'), this.read(name, 'result.json')];
  }

  alarmsOf(name: string): string {
    const isThere = fs.existsSync(join(this.scratch, name, 'alarms.log'));
    return isThere ? this.read(name, 'alarms.log') : '';
  }

  /** The steps of the checkpoints on disk, after a look at every byte of them. */
  verifiedSteps(name: string): number[] {
    const root = this.checkpointsOf(name);
    const folders = fs.readdirSync(root).filter((entry) => /^step-\d+$/.test(entry));
    return folders.map((entry) => verifyCheckpoint(join(root, entry)).manifest.state.step);
  }

  [Symbol.dispose](): void {
    fs.rmSync(this.scratch, { recursive: true });
  }
}

/** The step whose checkpoint a call belongs to; NaN for the folder of all checkpoints. */
export function stepOf({ path }: LoggedCall): number {
  return Number(/step-(\d{8})/.exec(path)?.[1] ?? Number.NaN);
}
