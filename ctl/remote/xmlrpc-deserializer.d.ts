/** The reader of XML in the xmlrpc package, which its published types leave out. */
declare module "xmlrpc/lib/deserializer.js" {
  import type { Readable } from "node:stream";

  class Deserializer {
    /** Calls back with the value, or with an error; one of a fault has `faultCode` and `faultString`. It may call back twice. */
    deserializeMethodResponse(stream: Readable, callback: (error: unknown, value: unknown) => void): void;
  }
  // biome-ignore lint/style/noDefaultExport: that is how the package exports it.
  export default Deserializer;
}
