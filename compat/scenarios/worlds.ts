import type { World } from "../engine/step.ts";
import { authentication, hashedPassword } from "./authentication.ts";
import { reloadErrors, startErrors } from "./config-errors.ts";
import { configInfo } from "./config-info.ts";
import { interruption, quitting, restart, shutdown, termination } from "./daemon.ts";
import { eventListener, listenerFaults } from "./events.ts";
import { fcgi } from "./fcgi.ts";
import { curl, npm, perl, python, supervisorctlShell } from "./foreign-clients.ts";
import { groups } from "./groups.ts";
import { httpServer } from "./http.ts";
import { input } from "./input.ts";
import { introspection } from "./introspection.ts";
import { lives } from "./lives.ts";
import { logs } from "./logs.ts";
import { multicalls } from "./multicall.ts";
import { processControl } from "./process-control.ts";
import { requests } from "./requests.ts";
import { signals } from "./signals.ts";
import { supervisorctl } from "./supervisorctl.ts";

/** Everything that is tried with both daemons: those that take longest come first. */
export const WORLDS: readonly World[] = [
  supervisorctl,
  supervisorctlShell,
  python,
  perl,
  npm,
  curl,
  eventListener,
  listenerFaults,
  fcgi,
  lives,
  processControl,
  startErrors,
  shutdown,
  interruption,
  termination,
  restart,
  quitting,
  introspection,
  requests,
  multicalls,
  signals,
  input,
  logs,
  configInfo,
  groups,
  reloadErrors,
  httpServer,
  authentication,
  hashedPassword,
];
