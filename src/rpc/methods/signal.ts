import { fail, type Result, succeed } from "../../model/fault.ts";
import { isSignallable } from "../../model/process-state.ts";
import type { Target } from "../../model/request.ts";
import { parseSignal, type SignalNumber } from "../../model/signal.ts";
import type { ProcessView, SupervisorControl } from "../../runtime/control.ts";
import { defineMethod, type Method } from "../method.ts";
import { answerOutcomes, outcomeStructs } from "../outcome.ts";
import { anyParameter, nameParameter } from "../parameter.ts";
import { inPriorityOrder } from "../process-list.ts";
import { pythonText } from "../python-text.ts";
import { resolveGroup, resolveTarget } from "../resolve.ts";
import type { RpcValue } from "../value.ts";

const signal = anyParameter("signal", "a name with or without SIG in any case, or a number");

/** Sending signals. A signal goes to the process alone, never to its process group, and changes no state. */
export const signalMethods: readonly Method[] = [
  defineMethod({
    name: "supervisor.signalProcess",
    gated: true,
    help:
      "Sends a signal to a process. Fault BAD_NAME when there is none of that name, BAD_SIGNAL when there is no such signal, " +
      "NOT_RUNNING when it has no child. For group:* it acts as signalProcessGroup.",
    parameters: [nameParameter("name", "the process: name, group:name, or group:* for the whole group"), signal],
    result: { type: "boolean", text: "always true unless there is a fault" },
    run({ supervisor }, [name, wanted]) {
      const target = resolveTarget(supervisor, name);
      return target.ok ? send(supervisor, target.value, wanted, name) : target;
    },
  }),
  defineMethod({
    name: "supervisor.signalProcessGroup",
    gated: true,
    help: "Sends a signal to the processes of a group that have a child. Fault BAD_NAME when there is no such group.",
    parameters: [nameParameter("name", "the name of the group"), signal],
    result: { type: "array", text: "a struct of name, group, status and description for each process that was signalled" },
    run({ supervisor }, [name, wanted]) {
      const group = resolveGroup(supervisor, name);
      return group.ok ? send(supervisor, group.value, wanted, name) : group;
    },
  }),
  defineMethod({
    name: "supervisor.signalAllProcesses",
    gated: true,
    help: "Sends a signal to every process that has a child.",
    parameters: [signal],
    result: { type: "array", text: "a struct of name, group, status and description for each process that was signalled" },
    run: ({ supervisor }, [wanted]) => send(supervisor, { kind: "all" }, wanted, ""),
  }),
];

function send(supervisor: SupervisorControl, target: Target, wanted: RpcValue, name: string): Result<RpcValue> {
  const number = readSignal(wanted);
  if (number.ok) return answerOutcomes(target, supervisor.signal(target, number.value), name);
  if (target.kind === "process") return number;
  // A signal that does not exist is no fault of the whole call: each process that could have been signalled reports it.
  const refused = targetProcesses(supervisor, target).filter((process) => isSignallable(process.state));
  return succeed(outcomeStructs(refused.map(({ config }) => ({ group: config.group, process: config.name, result: number }))));
}

/** BAD_SIGNAL echoes the signal as it came. */
function readSignal(wanted: RpcValue): Result<SignalNumber> {
  // To Python a boolean is a number as well.
  const isNumber = typeof wanted === "number" || typeof wanted === "boolean";
  const number = parseSignal(pythonText(isNumber ? Math.trunc(Number(wanted)) : wanted));
  return number === undefined ? fail("BAD_SIGNAL", pythonText(wanted)) : succeed(number);
}

function targetProcesses(
  supervisor: SupervisorControl,
  target: Exclude<Target, { readonly kind: "process" }>,
): readonly ProcessView[] {
  return inPriorityOrder(supervisor.groups().filter((group) => target.kind === "all" || group.name === target.group));
}
