/** Words that carry sentences rather than facts: prose is full of them, and menus have none. */

const words = new Set(
  `a about after all also an and any are as at be because been before being but by can could did do
  does each for from had has have he her his how i if in into is it its may more most must my no not
  of on one only or other our out over she should so some such than that the their them then there
  these they this those to under up use used was we were what when where which while who will with
  would you your
  aber als am an auch auf aus bei das dass dem den der des die durch ein eine einem einen einer er es
  für hat ich im ist kann mit nach nicht noch nur oder sich sie sind so um und von war werden wie wird
  zu zum zur über
  au aux avec ce ces cette comme dans de des du elle en est et il ils je la le les leur mais ne nous
  on ou par pas plus pour qu que qui sa se ses son sont sur un une vous à été
  al como con cuando del desde donde el ella entre era esta este esto fue hay la las lo los más muy
  no o para pero por porque que se si sin sobre su sus también un una y ya
  alla anche che chi con da dal dei del della di e gli ha i il in io la le lo ma nel non per più se si
  sono un una
  ao as com da das do dos e em foi isso mais mas na nas não no nos o os ou para pela pelo por que se
  seu sua um uma
  aan bij dat de die dit door een en er het hij ik in is maar met naar niet nog of om ook op te tot uit
  van voor was wat zijn`.match(/\p{L}+/gu),
);

/** The same of Chinese, both scripts: characters that few titles and buttons have. */
const characters =
  '的了是在不有和就也都而及与與着著我你他她它们們这這那之于於以为為被把对對从從但因所又很会會能可说說到要上下中个個来來去过過地得让讓给給吗嗎呢吧啊一';

/** What a character is, by its code. */
const kinds = { other: 0, wide: 1, wideFunction: 2, otherLetter: 3 } as const;
const kindOf = new Uint8Array(2 ** 16);
kindOf
  .fill(kinds.wide, 0x3041, 0x3100)
  .fill(kinds.wide, 0x3400, 0xa000)
  .fill(kinds.wide, 0xf900, 0xfb00);
// Hiragana are to Japanese what these are to Chinese.
kindOf.fill(kinds.wideFunction, 0x3041, 0x3097);
for (const character of characters) kindOf[character.charCodeAt(0)] = kinds.wideFunction;
kindOf.fill(kinds.otherLetter, 0x370, 0x2000).fill(kinds.otherLetter, 0xac00, 0xd7a4);

/** A text by what it is made of. */
export interface TextShape {
  /** Its length in letters of an alphabet; a Chinese character says as much as two and a half. */
  readonly length: number;
  /** The share of its words, or of its characters in Chinese, that are function words. */
  readonly functionShare: number;
  /** Whether it is written in Chinese characters or kana for the most part. */
  readonly isWide: boolean;
}

export function shapeOf(text: string): TextShape {
  let [numWide, numWideFunction, numOtherLetters] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const kind = kindOf[text.charCodeAt(i)];
    if (kind === kinds.other) continue;
    if (kind === kinds.otherLetter) numOtherLetters++;
    else numWide++;
    if (kind === kinds.wideFunction) numWideFunction++;
  }
  const length = text.length + 1.5 * numWide;
  if (numWide * 3 > text.length) {
    return { length, functionShare: numWideFunction / numWide, isWide: true };
  }
  if (numOtherLetters * 3 > text.length)
    return { length, functionShare: knownShare, isWide: false };
  return { length, functionShare: functionWordShare(text), isWide: false };
}

/** Of scripts whose function words are not known here, long text without links is taken for prose. */
const knownShare = 0.3;

function functionWordShare(text: string): number {
  const found = text.toLowerCase().match(/[a-z\u00df-\u024f]+/g) ?? [];
  let numFound = 0;
  for (const word of found) if (words.has(word)) numFound++;
  return numFound / Math.max(1, found.length);
}
