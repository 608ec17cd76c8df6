/** What tags and their attributes say about the text in them. */

const set = (names: string) => new Set(names.split(' '));

/** Elements whose text is no text of the page. */
export const skippedTags = set(
  'script style noscript template svg iframe object embed canvas audio video map select option button textarea input datalist applet frameset head',
);

/** Elements that begin and end a line. */
export const blockTags = set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul',
);

/** Those that group blocks, so that content can be told from furniture by where it stands. */
export const containerTags = set(
  'address article aside blockquote body center details dialog div dl fieldset figure footer form header html li main menu nav ol section table tbody td th tr ul',
);

const furnitureTags = set('nav aside footer menu dialog');
const furnitureRoles = set(
  'navigation banner contentinfo complementary search menu menubar toolbar dialog',
);

/** Words in classes and ids of what surrounds content; each alone, or as the end or start of a word. */
const furnitureNames =
  /(?:^|[^a-z])(?:nav|navi|navbar|navigation|menu|menus|sidebar|side-bar|sidenav|footer|foot|footnav|breadcrumbs?|crumbs|toc|contents-list|share|sharing|social|comments?|respond|ads?|advert\w*|banner|promo\w*|sponsor\w*|related|recommend\w*|masthead|topbar|toolbar|cookies?|newsletter|subscri\w+|popup|modal|pagination|pager|skip\w*|widget|copyright|search|login|signup|headerlink|prev-next|prevnext|jump|related-posts|page-header|site-header|top|header)(?:$|[^a-z])|sphinxsidebar|sidebar|navheader|navfooter|navbar|subnav|mw-jump|editsection/i;

/** Elements that a site's design is hung on, whose names say nothing about their text. */
const neverFurniture = set('html body main article table tbody tr td h1 h2 h3 h4 h5 h6 p pre code');

export type Attributes = Readonly<Record<string, string>>;

/** Whether an element says that it is furniture. A `header` counts when it is not within an article. */
export function isFurniture(tag: string, attributes: Attributes, isInMain: boolean): boolean {
  if (furnitureTags.has(tag) || furnitureRoles.has(attributes.role ?? '')) return true;
  if (neverFurniture.has(tag)) return false;
  if (tag === 'header') return !isInMain;
  const names = `${attributes.class ?? ''} ${attributes.id ?? ''}`;
  return names.length > 1 && furnitureNames.test(names);
}

/** Whether a reader would not see an element at all. */
export function isHidden(attributes: Attributes): boolean {
  if (attributes.hidden !== undefined || attributes['aria-hidden'] === 'true') return true;
  const { style, class: names } = attributes;
  if (style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)) return true;
  return (
    names !== undefined &&
    /(?:^|\s)(?:linenos|lineno|headerlink|sr-only|visually-hidden|noprint)(?:\s|$)/.test(names)
  );
}
