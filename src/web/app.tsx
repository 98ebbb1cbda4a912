import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { mayAct } from "./api.ts";
import { ConfigPage } from "./config-page.tsx";
import { DaemonPage } from "./daemon-page.tsx";
import { ProcessList } from "./process-list.tsx";
import { ProcessPage } from "./process-page.tsx";
import { type Connection, store, useStore } from "./store.ts";

const PAGES = [
  { path: "#/", label: "Processes" },
  { path: "#/config", label: "Configuration" },
  { path: "#/daemon", label: "Daemon" },
] as const;

const CONNECTION_TEXTS: Readonly<Record<Connection, string>> = {
  connecting: "connecting…",
  live: "live",
  stale: "not connected: what is shown may be old; trying again",
};

function App() {
  const [path, setPath] = useState(location.hash || "#/");
  useEffect(() => {
    const follow = () => setPath(location.hash || "#/");
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  const connection = useStore((from) => from.connection);
  const identifier = useStore((from) => from.identifier);
  useEffect(() => {
    document.title = `${identifier || "taskmaster"}${connection === "stale" ? " (not connected)" : ""}`;
  }, [identifier, connection]);
  return (
    <>
      <header>
        <strong>{identifier || "taskmaster"}</strong>
        <nav aria-label="Pages">
          {PAGES.filter(({ path: to }) => mayAct || to !== "#/config").map(({ path: to, label }) => (
            <a key={to} href={to} aria-current={path === to ? "page" : undefined}>
              {label}
            </a>
          ))}
        </nav>
        {mayAct ? null : <span class="count">look only</span>}
        <span class={`connection ${connection}`} role="status">
          {CONNECTION_TEXTS[connection]}
        </span>
      </header>
      <main>{pageOf(path)}</main>
    </>
  );
}

function pageOf(path: string) {
  const name = /^#\/process\/(.+)$/.exec(path)?.[1];
  if (name !== undefined) return <ProcessPage name={decoded(name)} />;
  if (path === "#/config") return <ConfigPage />;
  return path === "#/daemon" ? <DaemonPage /> : <ProcessList />;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

store.start();
const place = document.getElementById("app");
if (place !== null) render(<App />, place);
