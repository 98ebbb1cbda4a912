import { Raw } from "../engine/argument.ts";
import { scenario, type World } from "../engine/step.ts";
import { differs } from "../exceptions.ts";
import { call } from "../steps/call.ts";
import { states } from "../steps/processes.ts";

const PROGRAMS = `[program:cat]
command=/bin/cat
autostart=false
startsecs=0
[program:slow]
command=/bin/sleep 1000
autostart=false
startsecs=1
`;

type Call = { readonly methodName: string; readonly params?: readonly (string | boolean | number)[] };

function multicall(...calls: readonly Call[]): ReturnType<typeof call> {
  return call(
    "system.multicall",
    calls.map(({ methodName, params }) => ({ methodName, ...(params === undefined ? {} : { params }) })),
  );
}

export const multicalls: World = {
  name: "multicall",
  configuration: PROGRAMS,
  scenarios: [
    scenario("no calls", multicall()),
    scenario(
      "results are bare",
      multicall({ methodName: "supervisor.getAPIVersion", params: [] }, { methodName: "supervisor.getState" }),
    ),
    scenario(
      "faults among results",
      multicall(
        { methodName: "supervisor.stopProcess", params: ["cat"] },
        { methodName: "nope" },
        { methodName: "supervisor.getVersion" },
      ),
    ),
    scenario(
      "a wrong number of arguments",
      multicall({ methodName: "supervisor.getState", params: [1] }, { methodName: "supervisor.getProcessInfo" }),
    ),
    scenario("a multicall in a multicall", multicall({ methodName: "system.multicall", params: [] })),
    scenario("a call without a name", call("system.multicall", [{ params: [] }, { methodName: "" }])),
    scenario(
      "a struct with more members",
      call("system.multicall", [{ methodName: "supervisor.getVersion", params: [], more: "x" }]),
    ),
    scenario(
      "calls that wait",
      multicall(
        { methodName: "supervisor.startProcess", params: ["slow"] },
        { methodName: "supervisor.stopProcess", params: ["slow"] },
      ),
      states("slow"),
    ),
    scenario(
      "calls that do not wait",
      multicall(
        { methodName: "supervisor.startProcess", params: ["cat", false] },
        { methodName: "supervisor.stopProcess", params: ["cat", false] },
      ),
    ),
    scenario(
      "system methods",
      multicall(
        { methodName: "system.methodSignature", params: ["supervisor.getState"] },
        { methodName: "system.methodHelp", params: ["nope"] },
      ),
    ),
    scenario("no array of calls", call("system.multicall", 1), call("system.multicall", { methodName: "supervisor.getState" })),
    scenario(
      "an array of something else",
      ...[["supervisor.getState"], "text", [1]].map((calls) =>
        differs("faults instead of HTTP 500", "fault 2 INCORRECT_PARAMETERS", call("system.multicall", calls)),
      ),
    ),
    scenario(
      "params that are no array",
      call("system.multicall", [{ methodName: "supervisor.getProcessInfo", params: "cat" }]),
      differs(
        "calls in a multicall are checked",
        /INCORRECT_PARAMETERS/,
        call("system.multicall", [{ methodName: "supervisor.getState", params: {} }]),
      ),
    ),
    scenario(
      "a struct that names a member twice",
      call(
        "system.multicall",
        new Raw(
          "<value><array><data><value><struct><member><name>methodName</name><value>nope</value></member><member><name>methodName</name><value>supervisor.getVersion</value></member></struct></value></data></array></value>",
        ),
      ),
    ),
  ],
};
