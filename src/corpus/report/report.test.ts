import { expect, test } from 'vitest';
import { escapeHtml } from '../../base/index.ts';
import { countDropped, countKept, emptyTally, type Tally } from '../tally/index.ts';
import type { VersionManifest } from '../version/version-manifest.ts';
import { renderReport } from './index.ts';

const hostile = [
  '<script>alert(1)</script>',
  '</pre></style><img src=x onerror=alert(1)>',
  '" onmouseover="alert(1)',
  "' autofocus onfocus='alert(1)",
  '<!--',
  ']]>&lt;b&gt;',
  '\u202Eevil\u2066',
  '\ud800 half a pair\u0000',
];

/** Every text that can reach a page, hostile in each place. */
function pageOf(text: string): string {
  const tally: Tally = emptyTally();
  tally.numRead = 2;
  const document = { source: 's', file: 'f', id: text, text, kind: 'text' } as const;
  countKept(tally, { ...document, language: text, licence: text });
  const drop = { reason: text, value: text, limit: text };
  countDropped(tally, { id: text, step: 'filter', drop, text });
  const clusters = [{ size: 2, members: [...tally.samples, ...tally.samples] }];
  return renderReport(manifestOf(text), { tallies: { [text]: tally }, clusters });
}

function manifestOf(text: string): VersionManifest {
  const amount = { numDocuments: 1, textBytes: 1 };
  return {
    ...{ format: 2, name: text, description: text, id: 'f'.repeat(64) },
    parents: [{ name: text, id: text }],
    deduplicate: { [text]: text },
    sources: {
      [text]: {
        ...{
          ...amount,
          weight: 1,
          heldOut: 0,
          rules: { [text]: text },
          rulesHash: text,
          numRead: 2,
        },
        inputs: { numFiles: 1, sizeBytes: 1, sha256: '' },
        ...{ dropped: {}, licences: {}, languages: {}, files: [], samples: [] },
      },
    },
    mixture: { [text]: { ...amount, weight: 1, share: 1, epochs: 1 } },
  };
}

/** The elements and attributes of a page, without what is text. */
function markupOf(page: string): string[] {
  return [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
}

test.each(hostile)('the text %j stays text wherever it stands', (text) => {
  const page = pageOf(text);
  expect(markupOf(page)).toEqual(markupOf(pageOf('harmless')));
  expect(page).not.toMatch(/[\0\u202a-\u202e\u2066-\u2069]/);
  expect(page.isWellFormed()).toBe(true);
});

test('a page runs nothing, fetches nothing, and is in both languages', () => {
  const page = pageOf('x');
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<link|<img|https?:|@import|url\(/);
  expect(page).toContain('漏斗');
  expect(page).toContain('From read to kept');
});

test('numbers stand in the page: read, kept, and the reason with its limit', () => {
  const tally = emptyTally();
  tally.numRead = 1234;
  countDropped(tally, {
    ...{ id: 'a', step: 'filter', text: 'short' },
    drop: { reason: 'gopher: too few words', value: 12, limit: 50 },
  });
  const base = JSON.parse(
    JSON.stringify({ sources: {}, deduplicate: {}, parents: [], mixture: {} }),
  );
  const manifest = { ...base, name: 'n', id: 'f', description: '', format: 2 } as VersionManifest;
  const page = renderReport(manifest, { tallies: { web: tally }, clusters: [] });
  expect(page).toContain('>1,234<');
  expect(page).toContain('gopher: too few words');
  expect(page).toMatch(/12 \/ 50/);
});

test('escaping leaves other texts alone', () => {
  expect(escapeHtml('春眠 a=b "c"\n')).toBe('春眠 a=b &quot;c&quot;\n');
});
