import type { Step } from "../engine/step.ts";
import { differs } from "../exceptions.ts";
import { call } from "./call.ts";

/** Every process of the configuration, without what we tell on purpose. */
export function allConfigInfo(): Step {
  return differs(
    "autorestart in getAllConfigInfo",
    (own) => own.replaceAll(/^autorestart: .*\n/gm, ""),
    call("getAllConfigInfo"),
  );
}

/** Also without the automatic logs of running processes. */
export function allConfigInfoAfterReload(): Step {
  return differs(
    "paths of automatic logs",
    (own) => own.replaceAll(/^(std..._logfile): .*-std...---supervisor-RANDOM\.log'$/gm, "$1: 'auto'"),
    allConfigInfo(),
  );
}
