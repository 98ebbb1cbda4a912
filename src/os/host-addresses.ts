import { lookup } from "node:dns";
import { readFileSync } from "node:fs";
import { isIPv4 } from "node:net";

export type HostAddress =
  | { readonly kind: "known"; readonly address: string }
  /** The name service was asked and has not answered yet. */
  | { readonly kind: "asked" }
  /** It has answered so (`ENOTFOUND`). */
  | { readonly kind: "failed"; readonly error: string };

/**
 * IPv4 addresses of hosts for callers that cannot wait: a name service may take seconds. Addresses as such and names in /etc/hosts are
 * known at once. For any other name the service is asked in the background, each time anew, and the answer is its last one.
 */
export class HostAddresses {
  readonly #answers = new Map<string, HostAddress>();
  readonly #asking = new Set<string>();

  /** @param host - in lower case. */
  find(host: string): HostAddress {
    const address = isIPv4(host) ? host : addressInHostsFile(host);
    if (address !== null) return { kind: "known", address };
    this.#ask(host);
    return this.#answers.get(host) ?? { kind: "asked" };
  }

  #ask(host: string): void {
    if (this.#asking.has(host)) return;
    this.#asking.add(host);
    lookup(host, { family: 4 }, (error, address) => {
      this.#asking.delete(host);
      this.#answers.set(
        host,
        error === null ? { kind: "known", address } : { kind: "failed", error: error.code ?? error.message },
      );
    });
  }
}

/** @see hosts(5) */
function addressInHostsFile(host: string): string | null {
  for (const line of readHostsFile().split("\n")) {
    const [address, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (address !== undefined && isIPv4(address) && names.some((name) => name.toLowerCase() === host)) return address;
  }
  return null;
}

function readHostsFile(): string {
  try {
    return readFileSync("/etc/hosts", "utf8");
  } catch {
    return "";
  }
}
