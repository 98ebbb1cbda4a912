import { useEffect, useState } from "preact/hooks";
import { ACTIONS, act } from "./actions.ts";
import { call, logPath, mayAct, messageOf } from "./api.ts";
import { LogView } from "./log-view.tsx";
import { bytes, isUp, lastExit, namespec, type ProcessFacts, startProblem } from "./process.ts";
import { State } from "./process-list.tsx";
import { store, useStore } from "./store.ts";
import { TerminalView } from "./terminal-view.tsx";
import { Uptime } from "./ticker.tsx";

type Tab = "stdout" | "stderr" | "terminal" | "history" | "configuration";

/** One process: its logs, its past, what it is configured to be, and its stdin. */
export function ProcessPage({ name }: { readonly name: string }) {
  const known = useStore((from) => from.processes.get(name));
  const isLoaded = useStore((from) => from.connection !== "connecting");
  const [tab, setTab] = useState<Tab>("stdout");
  const [message, setMessage] = useState("");
  if (known === undefined) return <p class="empty">{isLoaded ? `There is no process ${name}.` : "Loading…"}</p>;
  const { facts } = known;
  const up = isUp(facts);
  const tabs: readonly Tab[] = [
    "stdout",
    ...(facts.tty ? (["terminal"] as const) : (["stderr"] as const)),
    "history",
    "configuration",
  ];
  return (
    <section aria-labelledby="process">
      <h1 id="process">
        {namespec(facts)} <State name={facts.statename} />
      </h1>
      <div class="toolbar">
        {(mayAct ? ACTIONS : [])
          .filter((action) => action.name !== "signal" && (action.name === "start" ? !up : up || action.name === "clear"))
          .map((action) => (
            <button
              key={action.name}
              type="button"
              onClick={() => void act(action, [known], "", ({ text }) => setMessage(text)).then(() => store.load())}
            >
              {action.label}
            </button>
          ))}
        <span role="status">{message}</span>
      </div>
      <Facts facts={facts} up={up} />
      <div class="tabs" role="tablist" aria-label="What to show of the process">
        {tabs.map((each) => (
          <button
            key={each}
            id={`tab-${each}`}
            type="button"
            role="tab"
            aria-selected={tab === each}
            onClick={() => setTab(each)}
          >
            {each}
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === "stdout" || tab === "stderr" ? (
          <LogView key={`${name} ${tab}`} path={logPath(name, tab)} label={`${namespec(facts)} ${tab}`} />
        ) : null}
        {tab === "stdout" && !facts.tty && mayAct ? <Stdin name={name} isUp={up} /> : null}
        {tab === "terminal" ? <TerminalView key={name} name={name} /> : null}
        {tab === "history" ? <History name={name} /> : null}
        {tab === "configuration" ? <Configuration name={name} /> : null}
      </div>
    </section>
  );
}

function Facts({ facts, up }: { readonly facts: ProcessFacts; readonly up: boolean }) {
  const entries: readonly (readonly [string, preact.ComponentChildren])[] = [
    ["PID", facts.pid || "none"],
    ["Uptime", up && facts.start > 0 ? <Uptime since={facts.start} /> : "none"],
    ["Restarts", facts.restarts],
    ["Last exit", lastExit(facts) || "none"],
    ["Memory", facts.memory_kib ? bytes(facts.memory_kib) : "none"],
    ["CPU time", facts.cpu_seconds ? `${facts.cpu_seconds.toFixed(1)} s` : "none"],
    ["User", facts.user || "that of the daemon"],
    ...(startProblem(facts) ? ([["Problem", startProblem(facts)]] as const) : []),
  ];
  return (
    <dl class="facts">
      {entries.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Stdin({ name, isUp: canSend }: { readonly name: string; readonly isUp: boolean }) {
  const [line, setLine] = useState("");
  const [message, setMessage] = useState("");
  const send = async (event: Event) => {
    event.preventDefault();
    try {
      await call("supervisor.sendProcessStdin", name, `${line}\n`);
      setLine("");
      setMessage("sent");
    } catch (error) {
      setMessage(messageOf(error));
    }
  };
  return (
    <form class="toolbar" onSubmit={(event) => void send(event)}>
      <label>
        Line for stdin
        <input value={line} disabled={!canSend} onInput={(event) => setLine(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={!canSend}>
        Send
      </button>
      <span role="status">{message}</span>
    </form>
  );
}

interface PastEvent {
  readonly at: number;
  readonly state: string;
  readonly from: string;
  readonly pid: number;
  readonly exit: string;
}

/** What the daemon remembers of the process, newest first. */
function History({ name }: { readonly name: string }) {
  const state = useStore((from) => from.processes.get(name)?.facts.statename);
  const [events, setEvents] = useState<readonly PastEvent[] | string>([]);
  useEffect(() => {
    call<readonly PastEvent[]>("taskmaster.getHistory", name).then(setEvents, (error) => setEvents(messageOf(error)));
  }, [name, state]);
  if (typeof events === "string") return <p class="problem">{events}</p>;
  if (events.length === 0) return <p class="empty">Nothing has happened yet.</p>;
  return (
    <table class="history">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">State</th>
          <th scope="col">PID</th>
          <th scope="col">Exit</th>
        </tr>
      </thead>
      <tbody>
        {events.toReversed().map((event, index) => (
          <tr key={`${event.at} ${index}`}>
            <td>{new Date(event.at * 1000).toLocaleString()}</td>
            <td>
              <State name={event.state} />
            </td>
            <td class="number">{event.pid || ""}</td>
            <td>{event.exit}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the process is configured to be, secrets masked by the daemon. */
function Configuration({ name }: { readonly name: string }) {
  const [options, setOptions] = useState<readonly { readonly name: string; readonly value: string }[] | string>([]);
  useEffect(() => {
    call<readonly { name: string; value: string }[]>("taskmaster.getProcessConfig", name).then(setOptions, (error) =>
      setOptions(messageOf(error)),
    );
  }, [name]);
  if (typeof options === "string") return <p class="problem">{options}</p>;
  return (
    <table class="options">
      <thead>
        <tr>
          <th scope="col">Option</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {options.map((option) => (
          <tr key={option.name}>
            <th scope="row">{option.name}</th>
            <td>
              <code>{option.value}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
