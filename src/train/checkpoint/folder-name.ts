/** The names of checkpoint folders. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** `step-00000123`: the steps that were finished, in eight digits so that names sort. */
export function folderName(step: number): string {
  return `step-${String(step).padStart(8, '0')}`;
}

/** A name that is cleaned away when a store opens: for folders half written or half deleted. */
export function temporaryName(name: string): string {
  return `${name}.tmp-${randomUUID()}`;
}

/** Whether an earlier process left this behind. */
export function isTemporary(name: string): boolean {
  return /^step-\d{8,}\.tmp-/.test(name);
}

/** Whether a damaged checkpoint was set aside under this name. */
export function isSetAside(name: string): boolean {
  return /^step-\d{8,}\.corrupt(-\d+)?$/.test(name);
}

/** A free path for a damaged checkpoint: `step-00000123.corrupt`, or with a number behind it. */
export function corruptPath(path: string): string {
  const plain = `${path}.corrupt`;
  let free = plain;
  for (let number = 2; existsSync(free); number++) free = `${plain}-${number}`;
  return free;
}

/** The finished steps of the checkpoints in a folder, the newest first; they may be damaged. */
export function listSteps(root: string): number[] {
  const steps = readdirSync(root).flatMap((name) => {
    const digits = /^step-(\d{8,})$/.exec(name)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
  return steps.sort((a, b) => b - a);
}

/** Where the checkpoint of a step lies. */
export function stepPath(root: string, step: number): string {
  return join(root, folderName(step));
}

/** Deletes a checkpoint; renamed first, so that no half deleted one is taken for a damaged one. */
export function deleteFolder(path: string): void {
  const doomed = temporaryName(path);
  renameSync(path, doomed);
  rmSync(doomed, { recursive: true, force: true });
}
