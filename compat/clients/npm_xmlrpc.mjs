// Drives the daemon with npm's xmlrpc, over TCP with a password and over the unix socket.
import xmlrpc from "xmlrpc";

const { SUPERVISOR_SOCKET, SUPERVISOR_URL, SUPERVISOR_USER, SUPERVISOR_PASSWORD } = process.env;

const clients = {
  tcp: () => {
    const { hostname, port } = new URL(SUPERVISOR_URL);
    return xmlrpc.createClient({
      host: hostname,
      port,
      path: "/RPC2",
      basic_auth: { user: SUPERVISOR_USER, pass: SUPERVISOR_PASSWORD },
    });
  },
  unix: () => xmlrpc.createClient({ socketPath: SUPERVISOR_SOCKET, path: "/RPC2" }),
};

const client = clients[process.argv[2]]();

function call(method, ...args) {
  return new Promise((resolve) => {
    client.methodCall(method, args, (error, value) =>
      resolve(error ? { fault: error.faultCode, text: error.faultString } : value),
    );
  });
}

async function show(what, method, ...args) {
  console.log(what, "->", JSON.stringify(await call(method, ...args)));
}

await show("version", "supervisor.getAPIVersion");
await show("state", "supervisor.getState");
await show("stop", "supervisor.stopProcess", "cat");
await show("stop again", "supervisor.stopProcess", "cat");
await show("start", "supervisor.startProcess", "cat", true);
const { start, stop, now, pid, description, ...info } = await call("supervisor.getProcessInfo", "cat");
console.log("info ->", JSON.stringify(info), [start, stop, now, pid].map((value) => typeof value).join(), typeof description);
await show("log", "supervisor.readProcessStdoutLog", "talker", 0, 0);
await show("tail", "supervisor.tailProcessStdoutLog", "talker", 0, 4);
await show("multicall", "system.multicall", [{ methodName: "supervisor.getState", params: [] }, { methodName: "nope" }]);
await show("unknown", "supervisor.nope");
