import { useEffect, useRef } from "preact/hooks";
import { duration } from "./process.ts";
import { daemonNow } from "./store.ts";

const ticking = new Set<() => void>();

setInterval(() => {
  if (document.visibilityState === "visible") for (const tick of ticking) tick();
}, 1000);

/** How long ago something was. It counts on by itself: a thousand of them cost one text each second, and no drawing of rows. */
export function Uptime({ since }: { readonly since: number }) {
  const span = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const tick = () => {
      if (span.current !== null) span.current.textContent = duration(Math.max(0, daemonNow() - since));
    };
    tick();
    ticking.add(tick);
    return () => void ticking.delete(tick);
  }, [since]);
  return <span ref={span} />;
}
