import type { Filter } from '../document.ts';
import { drop, keep } from './verdict.ts';

export interface UrlRules {
  /** Hosts to drop, with all that end in them: `example.com` is also `www.example.com`. */
  readonly hosts: readonly string[];
  /** Words to drop, where they are a whole part of the address between signs. */
  readonly words: readonly string[];
}

/** No hosts, which is for lists of the user's, and few words that leave no doubt. */
export const urlDefaults: UrlRules = {
  hosts: [],
  words: ['porn', 'xxx', 'sex', 'casino', 'viagra', 'escort', 'escorts', 'jackpot', 'torrent'],
};

/** Drops by address, before anything of the text is looked at (RefinedWeb, Penedo et al. 2023, G.1). */
export function urlFilter(rules: UrlRules): Filter {
  const hosts = new Set(rules.hosts.map((host) => host.toLowerCase()));
  const words = new Set(rules.words.map((word) => word.toLowerCase()));
  return {
    name: 'url',
    judge(document) {
      const { url } = document;
      if (url === undefined) return keep(document);
      const host = URL.canParse(url) ? new URL(url).hostname : '';
      for (let suffix = host; suffix !== ''; suffix = parentOf(suffix)) {
        if (hosts.has(suffix)) return drop('url: blocked host', host, suffix);
      }
      const word = url
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .find((part) => words.has(part));
      return word === undefined ? keep(document) : drop('url: blocked word', url, word);
    },
  };
}

function parentOf(host: string): string {
  const dot = host.indexOf('.');
  return dot < 0 ? '' : host.slice(dot + 1);
}
