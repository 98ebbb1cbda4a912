/** Everything but the characters that XML allows; half of a surrogate pair is none. @see https://www.w3.org/TR/xml/#charsets */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
const EACH_FORBIDDEN = new RegExp(FORBIDDEN, "gu");

export function hasForbiddenCharacter(text: string): boolean {
  return FORBIDDEN.test(text);
}

export function replaceForbiddenCharacters(text: string): string {
  return text.replace(EACH_FORBIDDEN, "\u{fffd}");
}
