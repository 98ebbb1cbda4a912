import type { ConfigWorld } from "../../model/config-world.ts";

/** Asks the system each question once: thousands of programs tend to share their user and their log folder. */
export function rememberAnswers(world: ConfigWorld): ConfigWorld {
  return {
    env: world.env,
    cwd: world.cwd,
    uid: world.uid,
    hostName: world.hostName,
    readFile: (path) => world.readFile(path),
    listDirectory: (path) => world.listDirectory(path),
    exists: (path) => world.exists(path),
    isDirectory: remember((path: string) => world.isDirectory(path)),
    findUser: remember((user: string) => world.findUser(user)),
    findGroup: remember((group: string) => world.findGroup(group)),
    homeDirectory: remember((user: string | null) => world.homeDirectory(user)),
  };
}

function remember<Question, Answer>(ask: (question: Question) => Answer): (question: Question) => Answer {
  const answers = new Map<Question, { readonly answer: Answer }>();
  return (question) => {
    const known = answers.get(question) ?? { answer: ask(question) };
    answers.set(question, known);
    return known.answer;
  };
}
