const FORBIDDEN_CHARACTERS = [" ", ":", "/"] as const;

/**
 * Finds the first character that a program, group or process may not have in its name: namespecs, the event protocol and URLs are
 * made of them. Blanks around a name do not count; they are dropped.
 */
export function forbiddenCharacter(name: string): string | undefined {
  const trimmed = name.trim();
  return FORBIDDEN_CHARACTERS.find((character) => trimmed.includes(character));
}
