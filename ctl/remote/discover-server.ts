import { isYaml } from "../../src/config/dialect.ts";
import { findConfig } from "../../src/config/find-config.ts";
import { loadCtlConfig } from "../../src/config/load-ctl.ts";
import type { LoadOutcome } from "../../src/config/outcome.ts";
import { defaultPlaces } from "../../src/config/yaml/default-places.ts";
import type { CtlConfig } from "../../src/model/config.ts";
import type { ConfigWorld } from "../../src/model/config-world.ts";
import type { GivenOptions } from "../options.ts";
import { keptLogin, loginsFile } from "./logins.ts";

const DEFAULT_URL = "http://localhost:9001";

/** Of the shell; a YAML file need not name one. */
const DEFAULT_PROMPT = "supervisor";
const DEFAULT_YAML_PROMPT = "taskmaster";

/** The part of the command line that tells of the daemon. */
type ServerOptions = Pick<GivenOptions, "configuration" | "serverUrl" | "username" | "password" | "historyFile">;

/**
 * Finds the daemon that is meant and how to speak to it: what the command line says, then the
 * environment (`TASKMASTER_SERVER_URL`, `TASKMASTER_USERNAME`, `TASKMASTER_PASSWORD`), then what the configuration says, and last a login
 * that was kept. Without a
 * configuration of our own it is the socket where taskmasterd listens when nobody tells it otherwise, if there is one: a system may well
 * have a supervisord.conf that has nothing to do with it. Then come such a file and supervisord's port.
 * @param program - the path by which the program was called: its neighbours are searched for a configuration.
 */
export async function discoverServer(given: ServerOptions, program: string, world: ConfigWorld): Promise<LoadOutcome<CtlConfig>> {
  const found = await readConfiguration(given.configuration, program, world);
  if (!found.ok) return found;
  const { env } = world;
  const { historyFile } = given;
  const serverUrl = given.serverUrl ?? (env.TASKMASTER_SERVER_URL || null);
  const username = given.username ?? (env.TASKMASTER_USERNAME || null) ?? found.value.username;
  const kept = username === null ? keptLogin(loginsFile(env), serverUrl ?? found.value.serverUrl) : null;
  return {
    ...found,
    value: {
      serverUrl: serverUrl ?? found.value.serverUrl,
      username: username ?? kept?.username ?? null,
      password: given.password ?? env.TASKMASTER_PASSWORD ?? found.value.password ?? kept?.password ?? null,
      // A configuration that is not that of the daemon says nothing about it.
      prompt: (serverUrl === null || given.configuration !== null ? found.value.prompt : "") || DEFAULT_YAML_PROMPT,
      historyFile: historyFile ?? found.value.historyFile,
    },
  };
}

async function readConfiguration(named: string | null, program: string, world: ConfigWorld): Promise<LoadOutcome<CtlConfig>> {
  if (named !== null) return loadCtlConfig(named, world);
  const found = findConfig(program, world);
  if (found.ok && isYaml(found.value)) return loadCtlConfig(found.value, world);
  const { socket } = defaultPlaces(world);
  if (world.exists(socket)) return withoutFile(`unix://${socket}`);
  return found.ok ? loadCtlConfig(found.value, world) : withoutFile(DEFAULT_URL);
}

function withoutFile(serverUrl: string): LoadOutcome<CtlConfig> {
  return { ok: true, value: { serverUrl, username: null, password: null, prompt: DEFAULT_PROMPT, historyFile: null }, notes: [] };
}
