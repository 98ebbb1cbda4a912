import { succeed } from "../../model/fault.ts";
import { defineMethod, type Method } from "../method.ts";
import { namesParameter, optionalTextParameter, textParameter } from "../parameter.ts";

/** Looking at a change of the configuration before it is made, and making it. */
export const configurationChangeMethods: readonly Method[] = [
  defineMethod({
    name: "taskmaster.plan",
    gated: true,
    help:
      "Tells what taskmaster.update would do, process by process, and does nothing: start, stop, restart, change (in place, while it runs), " +
      "add (without starting it), remove (it is at rest), or nothing. `options` are those that differ, as the file's dialect calls them. " +
      "With `text` it is as if the main file held that. `valid` is false when the files are wrong; `errors` then tells every mistake. " +
      "`daemon` names options that only a new start of the daemon takes over. Fault BAD_NAME for an unknown group.",
    parameters: [
      namesParameter("groups", "the names of the groups to look at; none for all"),
      optionalTextParameter("text", "what the main configuration file would hold"),
    ],
    result: { type: "struct", text: "valid, errors, warnings, path, digest, daemon and groups" },
    run({ configuration }, [groups, text]) {
      const plan = configuration.plan(groups, text);
      if (!plan.ok) return plan;
      const { valid, path, digest, daemon, errors, warnings } = plan.value;
      return succeed({
        valid,
        path,
        digest,
        errors: errors.map(placed),
        warnings: warnings.map(placed),
        daemon,
        groups: plan.value.groups.map(({ group, processes }) => ({
          group,
          processes: processes.map(({ name, action, options }) => ({
            name,
            action,
            options: options.map((each) => ({ ...each })),
          })),
        })),
      });
    },
  }),
  defineMethod({
    name: "taskmaster.getConfiguration",
    gated: true,
    help: "Gives the text of the main configuration file, passwords and all. Fault FAILED when it cannot be read.",
    parameters: [],
    result: { type: "struct", text: "path, dialect (yaml or ini), text and digest" },
    run({ configuration }) {
      const file = configuration.text();
      return file.ok ? succeed({ ...file.value }) : file;
    },
  }),
  defineMethod({
    name: "taskmaster.upload",
    gated: true,
    help:
      "Replaces the main configuration file, keeps the old one beside it as a backup, and applies it as taskmaster.update does. Fault " +
      "CANT_REREAD when the text is wrong, FAILED when it has no programs while some are active, when the file is no longer the one of " +
      "`digest`, or when it cannot be written; then nothing is changed.",
    parameters: [
      textParameter("text", "what the file is to hold"),
      optionalTextParameter("digest", "that of the file which the text was made from, so that nobody's change is lost"),
    ],
    result: { type: "struct", text: "path, backup, and updates as taskmaster.update answers them" },
    async run({ configuration }, [text, digest]) {
      const uploaded = await configuration.upload(text, digest);
      if (!uploaded.ok) return uploaded;
      const { path, backup, updates } = uploaded.value;
      return succeed({ path, backup, updates: updates.map(({ group, change, stopped }) => ({ group, change, stopped })) });
    },
  }),
];

interface Placed {
  readonly position: { readonly file: string | null; readonly line: number | null; readonly column: number | null };
  readonly message: string;
}

function placed({ position: { file, line, column }, message }: Placed) {
  return { file: file ?? "", line: line ?? 0, column: column ?? 0, message };
}
