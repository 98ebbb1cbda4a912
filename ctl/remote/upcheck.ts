import { FAULT_CODES } from "../../src/model/fault.ts";
import { EXIT } from "../line/exit-status.ts";
import type { Session } from "../session.ts";
import { done, type Ending, faultCode } from "./reply.ts";

const API_VERSION = "3.0";

const NO_INTERFACE =
  "Sorry, supervisord responded but did not recognize the supervisor namespace commands that supervisorctl uses to control it.  " +
  "Please check that the [rpcinterface:supervisor] section is enabled in the configuration file (see sample.conf).";

/**
 * Asks whether a daemon is there that can be talked to, and says so when not.
 * @returns `null` to go on, or how the command ends.
 */
export async function upcheck(session: Session): Promise<Ending | null> {
  const { terminal } = session;
  const { access } = session.server;
  const version = await (await session.supervisor()).getVersion();
  if (version.ok && version.value === API_VERSION) return null;
  if (version.ok) {
    terminal.line(
      `Sorry, this version of supervisorctl expects to talk to a server with API version ${API_VERSION}, ` +
        `but the remote version is ${version.value}.`,
    );
    return done(EXIT.apiVersion);
  }
  if (faultCode(version) === FAULT_CODES.UNKNOWN_METHOD) {
    terminal.line(NO_INTERFACE);
    return done(EXIT.interfaceMissing);
  }
  if (version.failure.kind === "refused") {
    terminal.line(`${access.url} refused connection`);
    return done(EXIT.refused);
  }
  if (version.failure.kind === "missing") {
    terminal.line(`${access.url} no such file`);
    return done(EXIT.notRunning);
  }
  return version;
}
