/** Words in the name of a variable or an option that tell of a secret. */
const SECRET_NAME = /pass(word|wd|phrase)?|secret|token|api_?key|private|credential|auth/i;

/** A password within a URL. */
const URL_PASSWORD = /(\w+:\/\/[^\s:/@]*):[^\s/@]+@/g;

const MASK = "********";

/** What a variable holds, unless its name says that it is nobody's business. */
export function maskedValue(name: string, value: string): string {
  return SECRET_NAME.test(name) ? MASK : value.replace(URL_PASSWORD, `$1:${MASK}@`);
}
