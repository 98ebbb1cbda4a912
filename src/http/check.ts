import type { IncomingMessage, ServerResponse } from "node:http";

/** One thing that every request has to pass. A request that does not pass is answered here, and then this is false. */
export type Check = (request: IncomingMessage, response: ServerResponse) => boolean;
