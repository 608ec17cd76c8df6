// The rules between two files, one importing the other.

import path from 'node:path';
import { layers, layersOpenTo, openToWeb } from './layer-table.mjs';
import { isTest } from './repository.mjs';

/**
 * @typedef {object} Place where a file stands
 * @property {string} file
 * @property {string} area the folder in the repository's root
 * @property {string} [layer] the folder in src/
 *
 * @typedef {object} Verdict
 * @property {string} what
 * @property {string} hint
 *
 * @typedef {(from: Place, to: Place, typeOnly: boolean) => Verdict | undefined | false} Rule
 */

/**
 * @param {string} fromFile
 * @param {string} toFile
 * @param {boolean} typeOnly
 * @returns {Verdict | undefined} the first rule that this import breaks
 */
export function judgeImport(fromFile, toFile, typeOnly) {
  const from = placeOf(fromFile);
  const to = placeOf(toFile);
  for (const rule of rules) {
    const verdict = rule(from, to, typeOnly);
    if (verdict) return verdict;
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {Place}
 */
function placeOf(file) {
  const [area = '', layer = ''] = file.split('/');
  return area === 'src' ? { file, area, layer } : { file, area };
}

/** @type {Rule} */
const ruleOfWeb = (from, to, typeOnly) => {
  if (to.area === 'web' && from.area !== 'web') {
    return {
      what: 'imports web/, which nothing may import',
      hint: 'move what both need into src/',
    };
  }
  const isForeign = from.area === 'web' && to.area !== 'web';
  return (
    isForeign &&
    !(typeOnly && openToWeb.test(to.file)) && {
      what: `web/ imports ${to.file}`,
      hint: 'web/ may `import type` from src/server/protocol.ts and src/chat/, and nothing else',
    }
  );
};

/** @type {Rule} */
const ruleOfSource = (from, to) =>
  from.area === 'src' &&
  to.area !== 'src' &&
  !addonAreas.includes(to.area) &&
  !(isTest(from.file) && to.area === 'tests') && {
    what: `src/ imports ${to.file}`,
    hint: 'src/ imports src/ and packages only; let the caller pass in what it has',
  };

/** The addon's sources, and what set-up leaves behind about the built one. */
const addonAreas = ['native', 'build'];

/** @type {Rule} */
const ruleOfNative = (from, to) =>
  (addonAreas.includes(to.area) || to.file.endsWith('.node')) &&
  from.layer !== 'tensor' &&
  from.area !== 'tools' && {
    what: `reaches the addon (${to.file}), which only src/tensor may`,
    hint: 'use what src/tensor/index.ts exports, or export it there',
  };

/** @type {Rule} */
const ruleOfOrder = (from, to) => {
  if (from.layer === undefined || to.layer === undefined || from.layer === to.layer) return false;
  const fromIndex = layers.findIndex(({ folder }) => folder === from.layer);
  const toIndex = layers.findIndex(({ folder }) => folder === to.layer);
  const forbidden = layers[fromIndex]?.never?.includes(to.layer);
  return (
    (toIndex > fromIndex || forbidden) && {
      what: `${from.layer} imports ${to.layer}`,
      hint: forbidden
        ? `${from.layer} must not know ${to.layer}: pass in what it needs, as a value or a function`
        : `${from.layer} stands above ${to.layer}: move the code down, or pass it in as a function`,
    }
  );
};

/** @type {Rule} */
const ruleOfOpenLayers = (from, to) =>
  from.area !== 'src' &&
  to.layer !== undefined &&
  !isTest(from.file) &&
  layersOpenTo[from.area]?.includes(to.layer) === false && {
    what: `${from.area}/ imports ${to.layer}`,
    hint: `tools/check/layer-table.mjs lists what ${from.area}/ may import`,
  };

/**
 * What `testing/` holds, texts and reference implementations, also serves benchmarks.
 * @type {Rule}
 */
const ruleOfIndex = (from, to) =>
  to.layer !== undefined &&
  !(from.area === 'bench' && to.file.includes('/testing/')) &&
  from.layer !== to.layer &&
  from.area !== 'web' &&
  to.file !== `src/${to.layer}/index.ts` && {
    what: `imports ${to.file}, which is private to ${to.layer}`,
    hint: `import src/${to.layer}/index.ts, and export there what others need`,
  };

/** @type {Rule} */
const ruleOfStages = (from, to) =>
  from.layer === 'stages' &&
  to.layer === 'stages' &&
  ![stageOf(from.file), sharedByStages].includes(stageOf(to.file)) &&
  !isTest(from.file) &&
  path.basename(from.file) !== 'index.ts' && {
    what: `a stage imports another (${to.file})`,
    hint: 'stages meet through files in a run directory; what two share belongs into a library folder, or into src/stages/training',
  };

/** The one folder of src/stages that is no stage. */
const sharedByStages = 'training';
/** @param {string} file of `src/stages/pretrain.ts`, and of its parts in `src/stages/pretrain/` */
const stageOf = (file) => file.split('/')[2]?.replace(/\.ts$/, '');

const rules = [
  ruleOfWeb,
  ruleOfNative,
  ruleOfSource,
  ruleOfOrder,
  ruleOfOpenLayers,
  ruleOfIndex,
  ruleOfStages,
];
