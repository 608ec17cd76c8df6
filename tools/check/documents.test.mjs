import { describe, expect, test } from 'vitest';
import * as codeBlocks from './code-blocks.mjs';
import * as links from './links.mjs';
import * as translations from './translations.mjs';
import { tryCheck } from './try-check.mjs';

const fence = '```';

describe('links', () => {
  const headings = ['# One: `two`, [three](a.md)', '## 中文 标题', '## Same', '## Same'];
  const target = { 'docs/b.md': headings.join('\n') };

  test.each([
    ['[x](c.md)', 'links to c.md, which does not exist'],
    ['![x](img/c.png "title")', 'links to img/c.png, which does not exist'],
    ['[x]: ./c.md', 'links to ./c.md, which does not exist'],
    ['<a href="c.md">', 'links to c.md, which does not exist'],
    ['[x](../../c.md)', 'links to ../../c.md, which does not exist'],
    ['[x](b.md#four)', 'links to b.md#four, and docs/b.md has no such heading'],
    ['[x](b.md#same-2)', 'links to b.md#same-2, and docs/b.md has no such heading'],
    ['[x](#none)', 'links to #none, and docs/a.md has no such heading'],
  ])('%s leads nowhere', async (text, what) => {
    const problems = await tryCheck(links, { ...target, 'docs/a.md': `# A\n\n${text}\n` });
    expect(problems).toEqual([`docs/a.md:3 ${what}`]);
  });

  test('files, folders, headings and addresses are found; code is not read', async () => {
    const good = ['b.md', '../docs', '.', '#a-title', 'b.md#one-two-three', 'b.md#same-1'];
    const text = [...good, 'b.md#中文-标题', 'https://example.com'].map((link) => `[x](${link})`);
    const code = ['`[x](none.md)`', fence, '[x](none.md)', '# no heading', fence];
    const page = ['# A title', ...text, ...code].join('\n');
    const problems = await tryCheck(links, { ...target, 'docs/a.md': page });
    expect(problems).toEqual([]);
  });
});

describe('translations', () => {
  test('have the sections of their twins', async () => {
    const files = { 'a.md': '# A\n## B\n', 'b.md': '# A\n', 'b.zh.md': '# 甲\n' };
    expect(await tryCheck(translations, { ...files, 'a.zh.md': '# 甲\n## 乙\n' })).toEqual([]);
    expect(await tryCheck(translations, { ...files, 'a.zh.md': '# 甲\n' })).toEqual([
      'a.zh.md has the heading levels 1, and a.md has 1 2',
    ]);
    expect(await tryCheck(translations, { 'c.zh.md': '# 甲\n' })).toEqual([
      'c.zh.md has no English twin c.md',
    ]);
  });
});

describe('code blocks', () => {
  const options = { module: 'nodenext', target: 'es2022', strict: true, noEmit: true, types: [] };
  const repository = {
    'package.json': JSON.stringify({
      name: 'athanor',
      type: 'module',
      exports: { './base': { source: './src/base/index.ts' } },
    }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        ...options,
        customConditions: ['source'],
        allowImportingTsExtensions: true,
      },
    }),
    'src/base/index.ts': 'export const one = 1;\n',
  };

  /** @param {string} code */
  const page = (code, info = 'ts') => ({
    ...repository,
    'docs/a.md': `# A\n\n${fence}${info}\n${code}\n${fence}\n`,
  });

  test('that compile are fine, each with names of its own', async () => {
    const code = `import { one } from 'athanor/base';\nconst two: number = one + (await one);`;
    const relative = `import { one } from '../src/base/index.ts';\nconst two = one;`;
    const problems = await tryCheck(
      codeBlocks,
      page(`${code}\n${fence}\n\n${fence}ts\n${relative}`),
    );
    expect(problems).toEqual([]);
  });

  test('that do not compile are told with their line in the page', async () => {
    const problems = await tryCheck(codeBlocks, page(`const a = 1;\nconst b: string = a;`));
    expect(problems).toEqual([
      "docs/a.md:5 TS2322: Type 'number' is not assignable to type 'string'.",
    ]);
    const missing = await tryCheck(codeBlocks, page(`import { two } from 'athanor/base';`));
    expect(missing).toEqual([expect.stringMatching(/^docs\/a\.md:4 TS2305: .*no exported member/)]);
  });

  test.each(['ts ignore', 'js', ''])('marked "%s" are not compiled', async (info) => {
    expect(await tryCheck(codeBlocks, page('not code at all', info))).toEqual([]);
  });
});
