import { useEffect, useState } from "preact/hooks";
import { call, mayAct, messageOf } from "./api.ts";
import { confirm } from "./confirm.tsx";
import { LogView } from "./log-view.tsx";
import { type LiveEvent, type store, useStore } from "./store.ts";

const selectEvents = (from: typeof store) => from.events;

interface DaemonAction {
  readonly label: string;
  readonly question: string;
  readonly method: string;
  readonly did: string;
}

const ACTIONS: readonly DaemonAction[] = [
  {
    label: "Update",
    question: "Read the configuration files again and apply what differs?",
    method: "taskmaster.update",
    did: "updated",
  },
  {
    label: "Reload",
    question: "Stop everything, read the configuration, and start again?",
    method: "supervisor.restart",
    did: "reloading",
  },
  { label: "Shut down", question: "Stop every process and the daemon?", method: "supervisor.shutdown", did: "shutting down" },
];

/** The daemon itself: what it is, what it logs, what happens. */
export function DaemonPage() {
  const events = useStore(selectEvents);
  const [facts, setFacts] = useState<readonly (readonly [string, string])[]>([]);
  const [message, setMessage] = useState("");
  useEffect(() => {
    const asked = [
      ["State", call<{ statename: string }>("supervisor.getState").then(({ statename }) => statename)],
      ["PID", call("supervisor.getPID")],
      ["Identification", call("supervisor.getIdentification")],
      ["Interface", call("supervisor.getSupervisorVersion").then((version) => `supervisor ${String(version)}`)],
    ] as const;
    Promise.all(asked.map(async ([term, value]) => [term, String(await value)] as const)).then(setFacts, (error) =>
      setMessage(messageOf(error)),
    );
  }, []);
  const act = async ({ question, label, method, did }: DaemonAction) => {
    if (!(await confirm(question, label))) return;
    call(method).then(
      () => setMessage(did),
      (error) => setMessage(messageOf(error)),
    );
  };
  return (
    <section aria-labelledby="daemon">
      <h1 id="daemon">Daemon</h1>
      <dl class="facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="toolbar">
        {(mayAct ? ACTIONS : []).map((action) => (
          <button
            key={action.label}
            type="button"
            class={action.label === "Update" ? "" : "danger"}
            onClick={() => void act(action)}
          >
            {action.label}
          </button>
        ))}
        <span role="status">{message}</span>
      </div>
      <h2>Log</h2>
      <LogView path="mainlogtail" label="daemon" />
      <h2>Events since this page was opened</h2>
      {events.length === 0 ? <p class="empty">Nothing has happened yet.</p> : null}
      <ol class="events">
        {events.map((event, index) => (
          <li key={`${event.at} ${index}`}>{eventText(event)}</li>
        ))}
      </ol>
    </section>
  );
}

function eventText({ type, at, group, name, ...rest }: LiveEvent): string {
  const who = name === undefined ? String(group ?? "") : `${String(group)}:${String(name)}`;
  const more = Object.entries(rest).map(([fact, value]) => `${fact}=${String(value)}`);
  return [new Date(at * 1000).toLocaleTimeString(), type, who, ...more].join(" ");
}
