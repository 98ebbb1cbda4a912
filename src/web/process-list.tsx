import { memo } from "preact/compat";
import { useCallback, useMemo, useState } from "preact/hooks";
import { ACTIONS, type Action, act, type Outcome } from "./actions.ts";
import { mayAct } from "./api.ts";
import { Chart } from "./chart.tsx";
import { bytes, isUp, lastExit, namespec, startProblem } from "./process.ts";
import { type Known, store, useStore } from "./store.ts";
import { Uptime } from "./ticker.tsx";

type SortKey = "name" | "state" | "uptime" | "restarts" | "cpu" | "memory";

const COLUMNS: readonly { readonly key: SortKey; readonly label: string }[] = [
  { key: "name", label: "Name" },
  { key: "state", label: "State" },
  { key: "uptime", label: "Uptime" },
  { key: "restarts", label: "Restarts" },
  { key: "cpu", label: "CPU" },
  { key: "memory", label: "Memory" },
];

const SIGNALS: readonly string[] = ["HUP", "INT", "QUIT", "USR1", "USR2", "TERM", "KILL", "STOP", "CONT"];

const selectProcesses = (from: typeof store) => from.processes;

/** All processes by group: what they are at, and what can be done about it. */
export function ProcessList() {
  const processes = useStore(selectProcesses);
  const [search, setSearch] = useState("");
  const [state, setState] = useState("");
  const [sort, setSort] = useState<SortKey>("name");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [total, setTotal] = useState(0);
  const [signal, setSignal] = useState("HUP");

  const shown = useMemo(() => narrow([...processes.values()], search, state, sort), [processes, search, state, sort]);
  const selected = shown.filter(({ key }) => chosen.has(key));
  const counts = useMemo(() => countStates([...processes.values()]), [processes]);

  const choose = useCallback((keys: readonly string[], on: boolean) => {
    setChosen((before) => {
      const next = new Set(before);
      for (const key of keys) on ? next.add(key) : next.delete(key);
      return next;
    });
  }, []);

  const doIt = useCallback(
    async (action: Action, targets: readonly Known[]) => {
      setOutcomes([]);
      setTotal(targets.length);
      await act(action, targets, signal, (outcome) => setOutcomes((before) => [...before, outcome]));
      void store.load();
    },
    [signal],
  );

  return (
    <section aria-labelledby="processes">
      <h1 id="processes">Processes</h1>
      <div class="toolbar">
        <label>
          Search
          <input
            type="search"
            value={search}
            placeholder="name or group"
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        </label>
        <label>
          State
          <select value={state} onChange={(event) => setState(event.currentTarget.value)}>
            <option value="">all ({processes.size})</option>
            {counts.map(([name, count]) => (
              <option key={name} value={name}>
                {name.toLowerCase()} ({count})
              </option>
            ))}
          </select>
        </label>
        <label class="narrow-only">
          Sort by
          <select value={sort} onChange={(event) => setSort(event.currentTarget.value as SortKey)}>
            {COLUMNS.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <span class="spacer" />
        <fieldset class="buttons">
          <legend class="hidden">Act on the selected processes</legend>
          {ACTIONS.map((action) => (
            <button
              key={action.name}
              type="button"
              disabled={!mayAct || selected.length === 0}
              onClick={() => void doIt(action, selected)}
            >
              {action.label}
            </button>
          ))}
          <label>
            <span class="hidden">Which signal</span>
            <select value={signal} onChange={(event) => setSignal(event.currentTarget.value)}>
              {SIGNALS.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        </fieldset>
      </div>
      <Outcomes outcomes={outcomes} total={total} />
      {processes.size === 0 ? <p class="empty">There are no processes.</p> : null}
      <table class="processes">
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label="Select all that are shown"
                checked={shown.length > 0 && selected.length === shown.length}
                onChange={(event) =>
                  choose(
                    shown.map(({ key }) => key),
                    event.currentTarget.checked,
                  )
                }
              />
            </th>
            {COLUMNS.map(({ key, label }) => (
              <th
                key={key}
                scope="col"
                aria-sort={sort === key ? (key === "name" || key === "state" ? "ascending" : "descending") : "none"}
              >
                <button type="button" class="plain" onClick={() => setSort(key)}>
                  {label}
                </button>
              </th>
            ))}
            <th scope="col">PID</th>
            <th scope="col">Last exit</th>
            <th scope="col">
              <span class="hidden">Actions</span>
            </th>
          </tr>
        </thead>
        {(sort === "name" ? byGroup(shown) : [{ group: "", members: shown }]).map(({ group, members }) => (
          <tbody key={group}>
            {group !== "" && members.length > 1 ? (
              <tr class="group">
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Select group ${group}`}
                    checked={members.every(({ key }) => chosen.has(key))}
                    onChange={(event) =>
                      choose(
                        members.map(({ key }) => key),
                        event.currentTarget.checked,
                      )
                    }
                  />
                </td>
                <th scope="rowgroup" colSpan={9}>
                  {group} <span class="count">{members.length} processes</span>
                </th>
              </tr>
            ) : null}
            {members.map((known) => (
              <Row key={known.key} known={known} isChosen={chosen.has(known.key)} choose={choose} doIt={doIt} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

interface RowProps {
  readonly known: Known;
  readonly isChosen: boolean;
  choose(keys: readonly string[], on: boolean): void;
  doIt(action: Action, targets: readonly Known[]): Promise<void>;
}

const Row = memo(({ known, isChosen, choose, doIt }: RowProps) => {
  const { key, facts, load, memory } = known;
  const up = isUp(facts);
  const cpu = load.at(-1);
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={`Select ${namespec(facts)}`}
          checked={isChosen}
          onChange={(event) => choose([key], event.currentTarget.checked)}
        />
      </td>
      <th scope="row">
        <a href={`#/process/${encodeURIComponent(key)}`}>{namespec(facts)}</a>
      </th>
      <td>
        <State name={facts.statename} />
      </td>
      <td class="number" data-label="up">
        {up && facts.start > 0 ? <Uptime since={facts.start} /> : ""}
      </td>
      <td class="number" data-label="restarts">
        {facts.restarts || ""}
      </td>
      <td>
        {up && cpu !== undefined ? <Chart values={load} atLeast={0.1} label="CPU" text={`${(cpu * 100).toFixed(1)} %`} /> : ""}
      </td>
      <td>
        {up && memory.length > 0 ? (
          <Chart values={memory} atLeast={1.4 * Math.max(...memory)} label="Memory" text={bytes(memory.at(-1) ?? 0)} />
        ) : (
          ""
        )}
      </td>
      <td class="number" data-label="pid">
        {facts.pid || ""}
      </td>
      <td>{startProblem(facts) || lastExit(facts)}</td>
      <td class="buttons">
        {(mayAct ? ACTIONS : [])
          .filter(({ name }) => name === (up ? "stop" : "start") || (up && name === "restart"))
          .map((action) => (
            <button
              key={action.name}
              type="button"
              aria-label={`${action.label} ${namespec(facts)}`}
              onClick={() => void doIt(action, [known])}
            >
              {action.label}
            </button>
          ))}
      </td>
    </tr>
  );
});

export function State({ name }: { readonly name: string }) {
  return <span class={`state ${name.toLowerCase()}`}>{name.toLowerCase()}</span>;
}

function Outcomes({ outcomes, total }: { readonly outcomes: readonly Outcome[]; readonly total: number }) {
  const failed = outcomes.filter((outcome) => outcome.failed);
  return (
    <div class="outcomes" role="status">
      {outcomes.length === 0 ? null : (
        <p>
          {outcomes.length} of {total} done{failed.length > 0 ? `, ${failed.length} failed` : ""}
          {outcomes.length === 1 ? `: ${outcomes[0]?.key} ${outcomes[0]?.text}` : ""}
        </p>
      )}
      {outcomes.length > 1 && failed.length > 0 ? (
        <ul>
          {failed.map(({ key, text }) => (
            <li key={key}>
              {key}: {text}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function narrow(all: readonly Known[], search: string, state: string, sort: SortKey): readonly Known[] {
  const wanted = search.trim().toLowerCase();
  return all
    .filter(({ key, facts }) => key.toLowerCase().includes(wanted) && (state === "" || facts.statename === state))
    .toSorted(ORDERS[sort]);
}

const byName = (a: Known, b: Known) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
const largest = (amount: (known: Known) => number) => (a: Known, b: Known) => amount(b) - amount(a) || byName(a, b);

const ORDERS: Readonly<Record<SortKey, (a: Known, b: Known) => number>> = {
  name: byName,
  state: (a, b) => (a.facts.statename < b.facts.statename ? -1 : a.facts.statename > b.facts.statename ? 1 : byName(a, b)),
  uptime: largest(({ facts }) => (facts.pid === 0 ? -1 : facts.now - facts.start)),
  restarts: largest(({ facts }) => facts.restarts),
  cpu: largest(({ load }) => load.at(-1) ?? -1),
  memory: largest(({ memory }) => memory.at(-1) ?? -1),
};

function byGroup(shown: readonly Known[]): readonly { readonly group: string; readonly members: readonly Known[] }[] {
  const groups = new Map<string, Known[]>();
  for (const known of shown) {
    const members = groups.get(known.facts.group) ?? [];
    members.push(known);
    groups.set(known.facts.group, members);
  }
  return [...groups].map(([group, members]) => ({ group, members }));
}

function countStates(all: readonly Known[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { facts } of all) counts.set(facts.statename, (counts.get(facts.statename) ?? 0) + 1);
  return [...counts].sort();
}
