import type { Difference, Step } from "./engine/step.ts";

/**
 * Every place where taskmasterd does not do as supervisord 4.2.5 does, and why. A scenario that meets one says which, and what
 * taskmasterd does instead; any other difference is a failure.
 */
export const EXCEPTIONS = {
  "own methods": "Our extensions live in the namespace taskmaster.* and are listed; clients call the methods that they know.",
  "bare names":
    "A bare process name that only one process has is accepted, also when its group is called otherwise; there it is BAD_NAME, which no client relies on.",
  "faults instead of HTTP 500":
    "Where an argument of a wrong type makes a Python exception and HTTP 500, the answer is the fault that there is for it.",
  "text that XML can carry":
    "A log with control characters gives XML there that no parser accepts, and one with bytes that are no UTF-8, or with a character that the slice cuts, HTTP 500. Here what XML cannot carry is sent as U+FFFD; offsets count bytes all the same.",
  "calls in a multicall are checked":
    "There, params that are no array are spread as whatever Python makes of them: the letters of a text, the keys of a struct. Here it is a wrong parameter.",
  "autorestart in getAllConfigInfo": "The member that later releases of supervisord send: false, true or the text unexpected.",
  "paths of automatic logs":
    "After a reload, getAllConfigInfo says auto there for the logs of running processes, because its new objects do not know their files. Here it goes on naming them.",
  "version of HTTP":
    "The status line tells the server's version, HTTP/1.1, as the protocol wants it; there it repeats the client's.",
  "SIGHUP reloads":
    "SIGHUP reads the configuration again and applies what differs; unchanged programs are not touched. There it restarts everything. The lines of the log say so.",
  "answers to HEAD":
    "The answer to HEAD has no body, as the protocol wants it; there an error has one, at which the connection goes wrong.",
  "own release":
    "taskmasterd --version tells the release of taskmaster; the interface goes on telling that of Supervisor which it is.",
  "place of a mistake":
    "A start that fails tells the file and the line of each mistake after supervisord's message, and the name of this program where there the name of that one stands.",
  "FastCGI sockets are opened when needed":
    "A FastCGI socket is created for the first process that needs it. There it is created and closed once more at the start, so that an error ends the daemon; here such an error is a failed start of that program.",
  "large numbers":
    "A number that no integer of XML-RPC can carry is sent as the largest; there the whole call is answered with HTTP 500.",
} as const;

export type ExceptionName = keyof typeof EXCEPTIONS;

/**
 * The same step, where taskmasterd differs on purpose.
 * @param ours - its whole outcome, a pattern that it matches, or what makes supervisord's outcome of it.
 */
export function differs(exception: ExceptionName, ours: Difference["ours"], step: Step): Step {
  return { ...step, differences: [...(step.differences ?? []), { exception, ours }] };
}
