/** The addon: found, and loaded at the first tensor. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { AthanorError, packageRoot, TensorError } from '../base/index.ts';
import type { Handle, NativeAddon } from './addon.ts';
import { defaultNumThreads } from './cores.ts';

let addon: NativeAddon | undefined;
let describeDisposed: (handle: Handle) => string = () => '';

/**
 * The addon, loaded at the first use.
 * @throws AthanorError when set-up has not run or the addon does not load.
 */
export function native(): NativeAddon {
  addon ??= load();
  return addon;
}

/** Whether the addon is loaded already; asking does not load it. */
export function isNativeLoaded(): boolean {
  return addon !== undefined;
}

/** Sets what is added to an error about a disposed tensor: where that tensor was made. */
export function onDisposedTensor(describe: (handle: Handle) => string): void {
  describeDisposed = describe;
}

function load(): NativeAddon {
  // libgomp and MKL read these once, when they are loaded: results must not depend on how many
  // threads another program leaves free.
  process.env.OMP_DYNAMIC ??= 'FALSE';
  process.env.MKL_DYNAMIC ??= 'FALSE';
  const loaded = requireAddon(addonPath());
  loaded.setErrorFactory((message, disposed) => {
    const origin = disposed === undefined ? '' : describeDisposed(disposed);
    return new TensorError(message + origin);
  });
  loaded.setNumThreads(defaultNumThreads());
  return loaded;
}

function requireAddon(path: string): NativeAddon {
  try {
    return createRequire(import.meta.url)(path) as NativeAddon;
  } catch (cause) {
    throw new AthanorError(
      {
        what: `the addon ${path}`,
        must: 'load',
        got: cause instanceof Error ? cause.message : String(cause),
        hint: 'npx athanor doctor says what is missing, npx athanor setup builds it again',
      },
      { cause },
    );
  }
}

/** The addon that set-up recorded in build/native.json of this package. */
function addonPath(): string {
  const record = fileURLToPath(new URL('build/native.json', packageRoot()));
  if (!existsSync(record)) {
    throw new AthanorError({
      what: 'LibTorch and the addon',
      must: 'be set up before the first tensor',
      got: `no ${record}`,
      hint: 'npm run setup (in a clone) or npx athanor setup (in a project)',
    });
  }
  const { addon: path } = JSON.parse(readFileSync(record, 'utf8')) as { addon: string };
  return path;
}
