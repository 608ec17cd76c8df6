import { describe, expect, it } from 'vitest';
import type { RawDocument } from '../document.ts';
import { createExtractor } from './extract.ts';

const page = (html: string | Uint8Array): RawDocument => ({
  id: 'a',
  source: 's',
  file: 'a.html',
  content: { kind: 'html', bytes: Buffer.from(html as string), contentType: 'text/html' },
});

async function extracted(html: string, mode: 'fast' | 'quality' = 'fast'): Promise<string> {
  const verdict = (await createExtractor({ mode }))(page(html));
  return 'document' in verdict ? verdict.document.text : `[${verdict.drop.reason}]`;
}

const prose =
  'The furnace keeps one heat for weeks, and that is what the people who tend it are proud of. They say that it was not always so, and that those who came before them had to wake in the night to look after the fire.';

describe('a page', () => {
  it('becomes headings, paragraphs, lists, tables and code that people can read', async () => {
    const html = `<html><head><title>T</title></head><body><nav><a href="/">Home</a></nav><main>
      <h1>The  <em>furnace</em></h1><p>${prose}</p><ul><li>one<ul><li>inner</li></ul></li>
      <li><p>two</p></li></ul><ol><li>first</li><li>second</li></ol>
      <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
      <pre>if (a) {\n  b();\n}</pre><p>${prose}<br>End.</p></main><footer>© us</footer></body></html>`;
    const list = '- one\n  - inner\n- two\n1. first\n2. second';
    expect(await extracted(html)).toBe(
      `# The furnace\n\n${prose}\n\n${list}\n\na | b\n1 | 2\n\n\`\`\`\nif (a) {\n  b();\n}\n\`\`\`\n\n${prose}\nEnd.`,
    );
  });

  it('loses its menus, side bars, feet and links', async () => {
    const links =
      '<ul><li><a href="/a">One thing</a></li><li><a href="/b">Another thing</a></li></ul>';
    const html = `<body><div class="menu">${links}</div><div id="x"><p>${prose}</p><p>${prose}</p></div>
      <div class="sidebar"><p>Read more of what we have for you, and do not miss it.</p>${links}</div>
      <div>${links}</div><p>All rights reserved. Do not copy without permission.</p></body>`;
    expect(await extracted(html)).toBe(`${prose}\n\n${prose}`);
  });

  it('is dropped by a named reason', async () => {
    expect(await extracted('<p>Not found</p>')).toBe('[extraction: no content]');
    expect(await extracted(`<p>${prose.replace(/[pcvb]/g, '\ufffd')}</p>`)).toBe(
      '[extraction: garbled]',
    );
    expect(await extracted('<div>'.repeat(100_000))).toBe('[extraction: nested too deeply]');
    const verdict = (await createExtractor())(page(Buffer.alloc(5_000, 7)));
    expect(verdict).toMatchObject({ drop: { reason: 'extraction: unknown encoding' } });
  });

  it('is read by Readability in the quality mode', async () => {
    const html = `<html><body><nav><a href="/">Home</a></nav><article><h1>Furnace</h1>
      ${`<p>${prose}</p>`.repeat(5)}</article></body></html>`;
    const text = await extracted(html, 'quality');
    expect(text).toContain(prose);
    expect(text).not.toContain('Home');
    expect(await extracted('<p>a</p>', 'quality')).toContain('');
    expect(await extracted('<div>'.repeat(100_000), 'quality')).toBe(
      '[extraction: nested too deeply]',
    );
  });
});

it('text and code keep what they are', async () => {
  const extract = await createExtractor();
  const origin = { id: 'a', source: 's', file: 'a', licence: 'MIT' };
  const text = extract({ ...origin, content: { kind: 'text', text: 'a\r\nb' } });
  expect(text).toEqual({ document: { ...origin, kind: 'text', text: 'a\nb' } });
  const code = { kind: 'code', text: 'x = 1\r\n', programmingLanguage: 'Python' } as const;
  expect(extract({ ...origin, content: code })).toEqual({
    document: { ...origin, kind: 'code', text: 'x = 1\n', programmingLanguage: 'Python' },
  });
});
