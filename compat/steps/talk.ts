import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { type Peer, PORT } from "../engine/peer.ts";
import type { Step } from "../engine/step.ts";

/** Connects to a socket of a program, sends a text and tells what comes back. @param place - a file in the folder, or the free port. */
export function talk(place: string, text: string): Step {
  return {
    label: `send ${JSON.stringify(text)} to ${place}`,
    run: (peer) =>
      new Promise((resolve) => {
        let answer = "";
        const socket = open(peer, place);
        socket.setEncoding("utf8");
        socket.on("data", (chunk) => {
          answer += chunk;
        });
        socket.on("error", (error: NodeJS.ErrnoException) => resolve(`error ${error.code}`));
        socket.on("close", () => resolve(answer));
        socket.write(text);
      }),
  };
}

function open(peer: Peer, place: string): Socket {
  return place === PORT ? connect(peer.port, "127.0.0.1") : connect(join(peer.folder, place));
}
