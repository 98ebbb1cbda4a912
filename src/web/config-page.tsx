import { useEffect, useRef, useState } from "preact/hooks";
import { call, messageOf } from "./api.ts";
import { confirm } from "./confirm.tsx";

interface ConfigText {
  readonly path: string;
  readonly text: string;
  readonly digest: string;
}

interface Placed {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

interface Plan {
  readonly valid: boolean;
  readonly path: string;
  readonly errors: readonly Placed[];
  readonly warnings: readonly Placed[];
  readonly daemon: readonly string[];
  readonly groups: readonly {
    readonly group: string;
    readonly processes: readonly {
      readonly name: string;
      readonly action: string;
      readonly options: readonly { readonly option: string; readonly before: string; readonly after: string }[];
    }[];
  }[];
}

/** Where what was typed is kept until it is applied, or thrown away. */
const DRAFT = "taskmaster-draft";

/** The daemon's configuration: edit it, see what that would do, apply it. */
export function ConfigPage() {
  const [base, setBase] = useState<ConfigText | null>(null);
  const [text, setText] = useState(() => sessionStorage.getItem(DRAFT) ?? "");
  const [plan, setPlan] = useState<Plan | null>(null);
  const [message, setMessage] = useState("");
  const area = useRef<HTMLTextAreaElement>(null);

  const load = async (keepsDraft: boolean) => {
    try {
      const loaded = await call<ConfigText>("taskmaster.getConfiguration");
      setBase(loaded);
      if (!keepsDraft || sessionStorage.getItem(DRAFT) === null) setText(loaded.text);
    } catch (error) {
      setMessage(messageOf(error));
    }
  };
  useEffect(() => void load(true), []);

  const type = (next: string) => {
    setText(next);
    setPlan(null);
    if (next === base?.text) sessionStorage.removeItem(DRAFT);
    else sessionStorage.setItem(DRAFT, next);
  };
  const check = async () => {
    setMessage("");
    try {
      setPlan(await call<Plan>("taskmaster.plan", [], text));
    } catch (error) {
      setMessage(messageOf(error));
    }
  };
  const apply = async () => {
    if (base === null || !(await confirm(`Replace ${base.path} and apply it?`, "Apply"))) return;
    try {
      const { backup } = await call<{ backup: string }>("taskmaster.upload", text, base.digest);
      sessionStorage.removeItem(DRAFT);
      setPlan(null);
      setMessage(`applied; what it was is in ${backup}`);
      await load(false);
    } catch (error) {
      setMessage(messageOf(error));
    }
  };
  const goTo = ({ line, column }: Placed) => {
    const lines = text.split("\n");
    const offset =
      lines.slice(0, Math.max(0, line - 1)).reduce((sum, each) => sum + each.length + 1, 0) + Math.max(0, column - 1);
    area.current?.focus();
    area.current?.setSelectionRange(offset, offset);
  };
  const isChanged = base !== null && text !== base.text;
  const open = async (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined) type(await file.text());
  };

  return (
    <section aria-labelledby="configuration">
      <h1 id="configuration">Configuration</h1>
      <p>
        <code>{base?.path ?? ""}</code> {isChanged ? <strong>changed here, not applied</strong> : ""}
      </p>
      <div class="toolbar">
        <button type="button" onClick={() => void check()}>
          Show what it would do
        </button>
        <button type="button" class="danger" disabled={plan?.valid !== true || !isChanged} onClick={() => void apply()}>
          Apply
        </button>
        <button type="button" disabled={!isChanged} onClick={() => type(base?.text ?? "")}>
          Discard
        </button>
        <label class="button">
          Open a file
          <input type="file" class="hidden" onChange={(event) => void open(event.currentTarget.files)} />
        </label>
        <span role="status">{message}</span>
      </div>
      <label class="editor">
        <span class="hidden">The text of the configuration</span>
        <textarea ref={area} value={text} spellcheck={false} rows={24} onInput={(event) => type(event.currentTarget.value)} />
      </label>
      {plan === null ? null : <PlanView plan={plan} goTo={goTo} />}
    </section>
  );
}

function PlanView({ plan, goTo }: { readonly plan: Plan; goTo(place: Placed): void }) {
  const changes = plan.groups.flatMap(({ group, processes }) =>
    processes.filter(({ action }) => action !== "nothing").map((process) => ({ ...process, group })),
  );
  return (
    <div class="plan">
      <h2>{plan.valid ? "What it would do" : "What is wrong"}</h2>
      <ul>
        {[...plan.errors, ...plan.warnings].map((place) => (
          <li key={`${place.file} ${place.line} ${place.column} ${place.message}`} class="problem">
            <button type="button" class="plain" onClick={() => goTo(place)}>
              {place.line > 0 ? `line ${place.line}:${place.column}` : place.file}
            </button>{" "}
            {place.message}
          </li>
        ))}
      </ul>
      {plan.valid && changes.length === 0 ? <p>Nothing happens to any process.</p> : null}
      {plan.daemon.length > 0 ? <p>Only a new start of the daemon takes over: {plan.daemon.join(", ")}</p> : null}
      {changes.length > 0 ? (
        <table class="options">
          <thead>
            <tr>
              <th scope="col">Process</th>
              <th scope="col">What happens</th>
              <th scope="col">What differs</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ group, name, action, options }) => (
              <tr key={`${group}:${name}`}>
                <th scope="row">{group === name ? name : `${group}:${name}`}</th>
                <td>{action}</td>
                <td>
                  {options.map(({ option, before, after }) => (
                    <div key={option}>
                      {option}: <del>{before}</del> <ins>{after}</ins>
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </div>
  );
}
