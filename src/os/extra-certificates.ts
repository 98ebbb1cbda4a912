/*
 * Node reads the certificates of NODE_EXTRA_CA_CERTS at each start, whether it needs them or not. Nothing here speaks TLS, and with the
 * certificates of a whole distribution in that file the reading takes longer than all the rest of a start. So the launcher scripts call
 * the variable otherwise while Node starts; programs and editors get it as it was.
 */

const VARIABLE = "NODE_EXTRA_CA_CERTS";

/** As the launcher scripts call it. */
const HIDDEN_VARIABLE = "TASKMASTER_EXTRA_CA_CERTS";

/** Undoes what the launcher script did, once Node has started. */
export function restoreExtraCertificates(env: NodeJS.ProcessEnv): void {
  const { [HIDDEN_VARIABLE]: path } = env;
  if (path === undefined) return;
  delete env[HIDDEN_VARIABLE];
  env[VARIABLE] = path;
}

/** The environment in which this program is started once more. */
export function hideExtraCertificates({ [VARIABLE]: path, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return path === undefined ? env : { ...env, [HIDDEN_VARIABLE]: path };
}
