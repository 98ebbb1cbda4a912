/*
 * XML allows tab, line feed, carriage return and everything from U+0020 but surrogates, U+FFFE and U+FFFF. The halves of a pair are
 * looked at apart from the rest, and only where there are any: an expression that knows of pairs is many times slower.
 * @see https://www.w3.org/TR/xml/#charsets
 */
const FORBIDDEN = /[^\t\n\r\u0020-\ufffd]/;
const SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

export function hasForbiddenCharacter(text: string): boolean {
  return FORBIDDEN.test(text) || (SURROGATE.test(text) && LONE_SURROGATE.test(text));
}
