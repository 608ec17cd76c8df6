import { Html, html } from './html.ts';
import { pageStyle } from './page-style.ts';

/**
 * A whole page for people, in one file: nothing in it can run or be fetched, whatever texts stand in
 * it.
 *
 * @param title of the browser's window
 */
export function renderPage(title: string, body: Html): string {
  return html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${new Html(pageStyle)}</style></head><body><main>
${body}</main></body></html>
`.source;
}

/** The head of a section, in both languages. */
export function pageHeading(english: string, chinese: string): Html {
  return html`<h2>${english}<span lang="zh">${chinese}</span></h2>`;
}

/** One large number of a page, and what it is. */
export function pageTile(value: string, english: string, chinese: string): Html {
  return html`<div class="tile"><b>${value}</b><span>${english} <span lang="zh">${chinese}</span></span></div>`;
}
