import { useEffect, useRef, useState } from "preact/hooks";

/** The terminal of a process that has one. What draws it is loaded when it is first needed. */
export function TerminalView({ name }: { readonly name: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [message, setMessage] = useState("");
  useEffect(() => {
    let close: (() => void) | null = null;
    let isGone = false;
    void import("./terminal.ts").then(({ openTerminal }) => {
      if (!isGone && place.current !== null) close = openTerminal(place.current, name, setMessage);
    });
    return () => {
      isGone = true;
      close?.();
    };
  }, [name]);
  return (
    <div>
      <div ref={place} class="terminal" />
      <p role="status">{message}</p>
    </div>
  );
}
