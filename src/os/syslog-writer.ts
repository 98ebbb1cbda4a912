import { closeSync } from "node:fs";
import { libc } from "./libc.ts";

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;

/** LOG_USER and LOG_INFO, as Python's `syslog.syslog()` sends. */
const PRIORITY = 8 | 6;
const IDENT = "taskmasterd";

/**
 * Sends lines to the system's log. Like syslog(3) it never waits and never complains: a line that the log daemon cannot take now
 * is lost, and a log daemon that was restarted is found again.
 */
export class SyslogWriter {
  readonly #address: Buffer;
  #fd: number | null = null;

  constructor(path = "/dev/log") {
    this.#address = Buffer.alloc(2 + Buffer.byteLength(path) + 1);
    this.#address.writeUInt16LE(AF_UNIX);
    this.#address.write(path, 2);
  }

  write(line: string | Uint8Array): void {
    const message = Buffer.concat([Buffer.from(`<${PRIORITY}>${timestamp(new Date())} ${IDENT}: `), Buffer.from(line)]);
    if (this.#send(message)) return;
    this.close();
    this.#send(message);
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  #send(message: Buffer): boolean {
    this.#fd ??= this.#connect();
    return this.#fd !== null && libc.send(this.#fd, message, message.length, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;
  }

  #connect(): number | null {
    const fd = libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return null;
    if (libc.connect(fd, this.#address, this.#address.length) === 0) return fd;
    closeSync(fd);
    return null;
  }
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Nov  5 09:03:07`, local time, as RFC 3164 has it. */
function timestamp(now: Date): string {
  const day = String(now.getDate()).padStart(2, " ");
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
  return `${MONTHS[now.getMonth()]} ${day} ${time}`;
}
