/** What the daemon itself is doing, with the numbers that `supervisor.getState` answers. Below RUNNING it is on its way out. */
export const SUPERVISOR_STATE_CODES = { FATAL: 2, RUNNING: 1, RESTARTING: 0, SHUTDOWN: -1 } as const;

export type SupervisorState = keyof typeof SUPERVISOR_STATE_CODES;
