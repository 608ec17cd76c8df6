import type { SeededRandom } from '../../src/base/index.ts';
import { type Language, languages } from '../grammar/index.ts';
import type { World } from '../world/world.ts';
import { type Article, writeArticle } from './article.ts';
import { garbleText, truncate } from './damage.ts';
import { type Copy, halfCopy, nearCopy } from './duplicate.ts';
import { renderEmptyPage, renderPage, renderParagraphs } from './html.ts';
import { earlierArticle, pageId } from './kinds.ts';
import type { PageKind, PageTruth } from './page.ts';
import { type Site, sites } from './site.data.ts';
import { writeSpam } from './spam.ts';

/** A page before it has an address. */
export interface MadePage {
  readonly host: string;
  readonly bytes: Uint8Array;
  readonly truth: PageTruth;
}

/** Makes a page of a kind; `random` decides what the index does not. */
export function makePage(
  world: World,
  random: SeededRandom,
  index: number,
  kind: PageKind,
): MadePage {
  if (kind === 'spam') return spamPage(random);
  if (kind === 'boilerplate') return boilerplatePage(random);
  if (kind === 'article') return articlePage(random, writeArticle(world, index));
  if (kind === 'garbled') return garbledPage(random, writeArticle(world, index));
  if (kind === 'truncated') return truncatedPage(random, writeArticle(world, index));
  return duplicatePage(world, random, index, kind);
}

function articlePage(
  random: SeededRandom,
  article: Article,
  truth: Partial<PageTruth> = {},
): MadePage {
  const { language, paragraphs, personalData } = article;
  const site = random.pick(sites[language]);
  const bytes = encode(renderPage(random, site, language, article));
  const text = paragraphs.join('\n');
  return {
    host: site.host,
    bytes,
    truth: { kind: 'article', language, text, personalData, ...truth },
  };
}

function duplicatePage(
  world: World,
  random: SeededRandom,
  index: number,
  kind: 'exact-duplicate' | 'near-duplicate' | 'half-duplicate',
): MadePage {
  const earlier = earlierArticle(world, random, index);
  const original = writeArticle(world, earlier);
  const { language, paragraphs } = original;
  let copy: Copy = { paragraphs, similarity: 1 };
  if (kind === 'near-duplicate') copy = nearCopy(random, paragraphs, language);
  if (kind === 'half-duplicate') {
    copy = halfCopy(paragraphs, writeArticle(world, index, language).paragraphs, language);
  }
  const text = copy.paragraphs.join('\n');
  const personalData = original.personalData.filter((item) => text.includes(item));
  const article = { ...original, paragraphs: copy.paragraphs, personalData };
  const duplicateOf = pageId(world, earlier);
  return articlePage(random, article, { kind, duplicateOf, similarity: copy.similarity });
}

function garbledPage(random: SeededRandom, article: Article): MadePage {
  const { language, title, paragraphs, personalData } = article;
  const site = random.pick(sites[language]);
  const [garbledTitle = '', ...garbled] = garbleText(
    random,
    [title, ...paragraphs].join('\n'),
    language,
  ).split('\n');
  const content = { title: garbledTitle, paragraphs: garbled };
  const bytes = encode(renderPage(random, site, language, content));
  const text = paragraphs.join('\n');
  return { host: site.host, bytes, truth: { kind: 'garbled', language, text, personalData } };
}

function truncatedPage(random: SeededRandom, article: Article): MadePage {
  const page = articlePage(random, article, { kind: 'truncated' });
  const inside = encode(renderParagraphs(article.paragraphs));
  return { ...page, bytes: truncate(random, page.bytes, inside) };
}

function spamPage(random: SeededRandom): MadePage {
  const [language, site] = drawSite(random);
  const paragraphs = writeSpam(random, language);
  const title = paragraphs[0]?.slice(0, 40) ?? '';
  const bytes = encode(renderPage(random, site, language, { title, paragraphs }));
  const text = paragraphs.join('\n');
  return { host: site.host, bytes, truth: { kind: 'spam', language, text, personalData: [] } };
}

function boilerplatePage(random: SeededRandom): MadePage {
  const [language, site] = drawSite(random);
  const bytes = encode(renderEmptyPage(random, site, language));
  const truth: PageTruth = { kind: 'boilerplate', language, text: '', personalData: [] };
  return { host: site.host, bytes, truth };
}

function drawSite(random: SeededRandom): [Language, Site] {
  const language = random.pick(languages);
  return [language, random.pick(sites[language])];
}

function encode(html: string): Uint8Array {
  return new TextEncoder().encode(html);
}
