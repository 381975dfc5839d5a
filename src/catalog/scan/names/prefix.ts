/** What stands before a title without belonging to it. */
export interface Prefix {
  /** Those who released it, when they signed in front: "[HorribleSubs] …". */
  group?: string;
  rest: string;
}

const TOP_DOMAIN =
  'com|net|org|info|ru|de|fr|it|es|ca|in|io|to|tv|me|cc|pw|hu|co\\.[a-z]{2}|(?:com|net|org)\\.[a-z]{2}|club|site|xyz|is';
/** "www.site.org - ", "[ www.site.com ] - ", "site.net - ", "(site.com) " */
const WEBSITE = new RegExp(
  `^\\s*(?:[\\[(]\\s*(?:www\\.)?[a-z0-9][a-z0-9-]*\\.(?:${TOP_DOMAIN})\\s*[\\])][\\s.-]*|(?:www\\.[a-z0-9-]+\\.(?:${TOP_DOMAIN})[\\s-]+|[a-z0-9-]+\\.(?:${TOP_DOMAIN})\\s+-\\s+))`,
  'i',
);
const BRACKET = /^\s*\[([^[\]]*)\][\s.-]*/;
const STARRED = /^\s*★[^★]*★?/u;

/** Takes websites and the brackets of release groups off the front. Never takes all there is. */
export const takePrefix = (name: string): Prefix => {
  const prefix: Prefix = { rest: name };
  for (;;) {
    const [whole, group] = WEBSITE.exec(prefix.rest) ?? STARRED.exec(prefix.rest) ?? leadingBracket(prefix.rest) ?? [];
    if (whole === undefined) return prefix;
    const rest = prefix.rest.slice(whole.length);
    if (!/[\p{L}\p{N}]/u.test(rest.replace(/\[[^\]]*\]|\([^)]*\)/g, '')) && !/\p{L}/u.test(rest)) return prefix;
    if (group !== undefined && prefix.group === undefined) prefix.group = group.trim();
    prefix.rest = rest;
  }
};

/** A bracket is a group's only where words follow outside of brackets; else the title itself is in one. */
const leadingBracket = (text: string): RegExpExecArray | undefined => {
  const found = BRACKET.exec(text);
  if (!found) return undefined;
  const outside = text.slice(found[0].length).replace(/\[[^\]]*\]|\([^)]*\)|\{[^}]*\}/g, '');
  return /\p{L}{2}|\p{Lo}|\p{L}\d|\d/u.test(outside.replace(/★.*?★|^[\s★]*.?月新番★?/u, '')) ? found : undefined;
};
