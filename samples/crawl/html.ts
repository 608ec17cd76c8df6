import type { SeededRandom } from '../../src/base/index.ts';
import type { Language } from '../grammar/index.ts';
import { emptyPages, furniture, type Site } from './site.data.ts';

/** What stands on a page besides its furniture. */
export interface PageContent {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** A whole page of a site: head, menu, advertisements, the content, side bar and foot. */
export function renderPage(
  random: SeededRandom,
  site: Site,
  language: Language,
  content: PageContent,
): string {
  const words = furniture[language];
  const main = renderMain(random, site, language, content);
  const side = `<div class="sidebar">${list(random, words.links, 4)}${advertisement(random, language)}</div>`;
  const body = [
    `<div class="${random.pick(['top', 'header', 'masthead'])}"><a href="/">${site.name}</a></div>`,
    `<nav>${list(random, words.menu, 8)}</nav>`,
    random.int(2) === 0 ? advertisement(random, language) : '',
    site.layout === 'table'
      ? `<table><tr><td>${main}</td><td>${side}</td></tr></table>`
      : `${main}\n${side}`,
    `<footer><p>© 2024 ${site.name}</p>${random.shuffle(words.foot).map(paragraph).join('')}</footer>`,
    '<script>window.stats=window.stats||[];stats.push({page:1});</script>',
  ];
  return `${renderHead(site, language, content.title)}<body>\n${body.join('\n')}\n</body>\n</html>\n`;
}

/** A page without content: an error, a form, a list of links. */
export function renderEmptyPage(random: SeededRandom, site: Site, language: Language): string {
  const [title, line] = random.pick(emptyPages[language]);
  const { links, menu } = furniture[language];
  const linked = Array.from({ length: 5 + random.int(25) }, () => random.pick([...links, ...menu]));
  const anchors = linked.map((text) => `<a href="/tag/${random.int(9999)}">${text}</a>`);
  const paragraphs = line === '' ? [] : [line];
  const page = renderPage(random, site, language, { title, paragraphs });
  return page.replace('<footer>', `<div class="list">${anchors.join(' ')}</div>\n<footer>`);
}

/** The paragraphs as HTML, which is where a truncated page is cut. */
export function renderParagraphs(paragraphs: readonly string[]): string {
  return paragraphs.map(paragraph).join('\n');
}

function renderMain(
  random: SeededRandom,
  { layout }: Site,
  language: Language,
  { title, paragraphs }: PageContent,
): string {
  const buttons = furniture[language].buttons;
  const share = `<div class="share">${list(random, buttons, 4)}</div>`;
  const text = `<h1>${escapeHtml(title)}</h1>\n${renderParagraphs(paragraphs)}`;
  if (layout === 'semantic') return `<main><article>${text}</article>${share}</main>`;
  const name = random.pick(['content', 'post-body', 'article-text', 'entry']);
  return `<div id="wrap"><div class="${name}">${text}</div>${share}</div>`;
}

function renderHead(site: Site, language: Language, title: string): string {
  return `<!DOCTYPE html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)} - ${site.name}</title>
<style>body{font-family:sans-serif}.sidebar{float:right;width:20em}</style>
<script src="/js/main.js"></script>
</head>
`;
}

function advertisement(random: SeededRandom, language: Language): string {
  const text = random.pick(furniture[language].advertisements);
  return `<div class="${random.pick(['ad', 'banner', 'promo'])}"><a href="/ad/${random.int(999)}">${text}</a></div>`;
}

function list(random: SeededRandom, words: readonly string[], count: number): string {
  const items = random.shuffle(words).slice(0, count);
  return `<ul>${items.map((word) => `<li><a href="/${random.int(9999)}.html">${word}</a></li>`).join('')}</ul>`;
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
