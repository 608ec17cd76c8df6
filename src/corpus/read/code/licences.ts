/** The licences of source code: SPDX lines in files, and licence files in their folders. */
import { readFileSync } from 'node:fs';
import { pathWithin } from '../file-names.ts';
import type { SourceFile } from '../reader-config.ts';

export const licenceName = /(^|\/)(licen[cs]e|copying|unlicense)([-.][^/]*)?$/i;

const maxLicenceBytes = 2 ** 18;

/** The SPDX expression that a file names itself in its first lines. */
export function spdxLine(text: string): string | undefined {
  const found = /SPDX-License-Identifier:[ \t]*([A-Za-z0-9.+\-() ]{2,100})/.exec(
    text.slice(0, 4096),
  );
  return found?.[1]?.trim();
}

/** The licence that each folder's licence file grants; folders without a known one are missing. */
export function licencesByFolder(root: string, files: readonly SourceFile[]): Map<string, string> {
  const licences = new Map<string, string>();
  for (const { path, sizeBytes } of files) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (!licenceName.test(path) || sizeBytes > maxLicenceBytes || licences.has(folder)) continue;
    const licence = licenceOfText(readFileSync(pathWithin(root, path), 'latin1'));
    if (licence !== undefined) licences.set(folder, licence);
  }
  return licences;
}

/** The licence of the nearest folder above a file that has one. */
export function nearestLicence(
  licences: ReadonlyMap<string, string>,
  path: string,
): string | undefined {
  for (let folder = path; folder !== ''; ) {
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    const licence = licences.get(folder);
    if (licence !== undefined) return licence;
  }
  return undefined;
}

/** The SPDX identifier of a licence's text, by words that only it has. */
export function licenceOfText(text: string): string | undefined {
  const words = text.replace(/[\s*#>]+/g, ' ').toLowerCase();
  return licenceWords.find(([, ...phrases]) =>
    phrases.every((phrase) => words.includes(phrase)),
  )?.[0];
}

/** The first that fits counts, so those that quote others stand before them. */
const licenceWords: readonly (readonly [spdx: string, ...phrases: string[]])[] = [
  ['Apache-2.0', 'apache license', 'version 2.0, january 2004'],
  ['Apache-2.0', 'licensed under the apache license, version 2.0'],
  ['AGPL-3.0-only', 'gnu affero general public license version 3'],
  ['LGPL-3.0-only', 'gnu lesser general public license version 3'],
  ['LGPL-2.1-only', 'gnu lesser general public license version 2.1'],
  ['GPL-3.0-only', 'gnu general public license version 3'],
  ['GPL-2.0-only', 'gnu general public license version 2'],
  ['MPL-2.0', 'mozilla public license version 2.0'],
  ['EPL-2.0', 'eclipse public license - v 2.0'],
  ['BSL-1.0', 'boost software license - version 1.0'],
  ['CC0-1.0', 'cc0 1.0 universal'],
  ['CC-BY-SA-4.0', 'creative commons attribution-sharealike 4.0'],
  ['CC-BY-4.0', 'creative commons attribution 4.0'],
  ['Unlicense', 'this is free and unencumbered software released into the public domain'],
  ['0BSD', 'permission to use, copy, modify, and/or distribute', 'bsd zero clause'],
  ['ISC', 'permission to use, copy, modify, and/or distribute this software for any purpose'],
  ['ISC', 'permission to use, copy, modify, and distribute this software for any purpose'],
  ['BSD-3-Clause', 'redistribution and use in source and binary forms', 'neither the name'],
  [
    'BSD-3-Clause',
    'redistribution and use in source and binary forms',
    'may not be used to endorse',
  ],
  ['BSD-2-Clause', 'redistribution and use in source and binary forms'],
  ['MIT', 'permission is hereby granted, free of charge, to any person obtaining a copy'],
  ['Zlib', 'origin of this software must not be misrepresented'],
];
