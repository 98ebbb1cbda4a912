import { extname } from "node:path";

/** Whether a file is in our own dialect: `*.yaml` and `*.yml`. Every other name is supervisord's INI. */
export function isYaml(path: string): boolean {
  return [".yaml", ".yml"].includes(extname(path).toLowerCase());
}
