import type { ConfigWorld } from "../model/config-world.ts";

/** The same world, which asks the system each question once: thousands of programs log to the same few folders as the same few users. */
export function rememberingWorld(world: ConfigWorld): ConfigWorld {
  return {
    ...world,
    isDirectory: remember((path: string) => world.isDirectory(path)),
    findUser: remember((nameOrUid: string) => world.findUser(nameOrUid)),
    findGroup: remember((nameOrGid: string) => world.findGroup(nameOrGid)),
  };
}

function remember<Answer>(ask: (question: string) => Answer): (question: string) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (question) => {
    const known = answers.get(question) ?? { answer: ask(question) };
    answers.set(question, known);
    return known.answer;
  };
}
