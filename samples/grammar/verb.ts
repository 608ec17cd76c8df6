/** Forms of English verb phrases; the verb is the first word: `go for a run`. */

/** The grammatical subject decides the form of the present tense. */
export type Agreement = 'singular' | 'plural' | 'I';

/** `go for a run` → `goes for a run`. */
export function thirdPerson(phrase: string): string {
  return onVerb(phrase, (verb) => {
    if (verb === 'be') return 'is';
    if (verb === 'have') return 'has';
    if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
    return /(?:s|x|z|ch|sh|o)$/.test(verb) ? `${verb}es` : `${verb}s`;
  });
}

/** The present tense that agrees with its subject. */
export function present(phrase: string, agreement: Agreement): string {
  return agreement === 'singular' ? thirdPerson(phrase) : phrase;
}

/** `go for a run` → `going for a run`. */
export function gerund(phrase: string): string {
  return onVerb(phrase, (verb) => {
    if (verb.endsWith('ie')) return `${verb.slice(0, -2)}ying`;
    if (/.[^eoy]e$/.test(verb)) return `${verb.slice(0, -1)}ing`;
    return doublesConsonant(verb) ? `${verb}${verb.slice(-1)}ing` : `${verb}ing`;
  });
}

/** `go for a run` → `went for a run`. */
export function past(phrase: string): string {
  return onVerb(phrase, (verb) => {
    const irregular = irregularPast[verb];
    if (irregular !== undefined) return irregular;
    if (verb.endsWith('e')) return `${verb}d`;
    if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
    return doublesConsonant(verb) ? `${verb}${verb.slice(-1)}ed` : `${verb}ed`;
  });
}

/** The form of “be” in the present tense: am, is, are. */
export function be(agreement: Agreement): string {
  return agreement === 'I' ? 'am' : agreement === 'singular' ? 'is' : 'are';
}

const irregularPast: Record<string, string> = Object.fromEntries(
  (
    'be:was bring:brought build:built buy:bought catch:caught come:came cut:cut do:did draw:drew ' +
    'drink:drank drive:drove eat:ate fall:fell feed:fed find:found fly:flew get:got give:gave go:went ' +
    'grow:grew have:had hear:heard hold:held keep:kept leave:left lose:lost make:made meet:met put:put ' +
    'read:read ride:rode ring:rang rise:rose run:ran say:said see:saw sell:sold send:sent set:set ' +
    'sing:sang sit:sat sleep:slept speak:spoke spend:spent stand:stood sweep:swept swim:swam take:took teach:taught ' +
    'tell:told think:thought throw:threw wake:woke wear:wore win:won write:wrote'
  )
    .split(' ')
    .map((pair) => pair.split(':')),
);

/** One short vowel before one final consonant, and the stress on it: run, swim, clap. */
function doublesConsonant(verb: string): boolean {
  return /^[^aeiou]*[aeiou][^aeiouwxy]$/.test(verb);
}

function onVerb(phrase: string, change: (verb: string) => string): string {
  const cut = phrase.indexOf(' ');
  return cut < 0 ? change(phrase) : change(phrase.slice(0, cut)) + phrase.slice(cut);
}
