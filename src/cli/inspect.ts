/** `athanor inspect`: what a model's files hold, or would hold. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ConfigError } from '../base/index.ts';
import { print } from './arguments.ts';
import { findModelFolder } from './model-source.ts';

/** Adds the command to the program; LibTorch is loaded when it runs. */
export function addInspectCommand(program: Command): void {
  program
    .command('inspect')
    .description("list a model's files: sizes, dtypes, shapes and norms of its tensors")
    .argument('<model>', 'a run, a folder with .safetensors files, or with --shape-only a preset')
    .option('--shape-only', 'do not read values; a preset is built without memory, and counted')
    .option('--json', 'print one JSON object')
    .action(inspect);
}

interface Options {
  shapeOnly?: boolean;
  json?: boolean;
}

async function inspect(
  source: string,
  { shapeOnly = false, json = false }: Options,
): Promise<void> {
  if (!exists(source) && (shapeOnly || (await isPreset(source)))) {
    if (!shapeOnly) throw needsShapeOnly(source);
    const { formatPreset, inspectPreset } = await import('./inspect-preset.ts');
    const facts = inspectPreset(source);
    return await print(`${json ? JSON.stringify(facts) : formatPreset(facts)}\n`);
  }
  // A damaged checkpoint is looked at as it is, when it is named itself.
  const folder = holdsTensors(source) ? source : await findModelFolder(source);
  const { formatFolder, inspectFolder } = await import('./inspect-folder.ts');
  const facts = inspectFolder(folder, !shapeOnly);
  await print(`${json ? JSON.stringify(facts) : formatFolder(facts)}\n`);
}

/** A folder or a run of the same name goes before a preset. */
function exists(source: string): boolean {
  return [source, join('runs', source)].some((path) => existsSync(path));
}

async function isPreset(source: string): Promise<boolean> {
  const { presets } = await import('../model/index.ts');
  return Object.hasOwn(presets, source);
}

function holdsTensors(source: string): boolean {
  const isFolder = statSync(source, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder && readdirSync(source).some((name) => name.endsWith('.safetensors'));
}

function needsShapeOnly(preset: string): ConfigError {
  return new ConfigError({
    what: 'what is inspected',
    must: 'have files',
    got: `the preset ${preset}`,
    hint: `athanor inspect ${preset} --shape-only`,
  });
}
