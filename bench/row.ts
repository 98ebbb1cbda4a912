/** One line of the table: a piece of work, measured with taskmaster and where it can be with supervisord, in turn. */
export interface Row {
  /** For `--only`. */
  readonly name: string;
  readonly work: string;
  /** What the figures count: `ms`, `MiB`. */
  readonly unit: string;
  measure(extent: Extent): Promise<Figures>;
}

/** How long rows last that measure endurance. */
export type Extent = "short" | "long";

export interface Figures {
  readonly taskmaster: number;
  /** `null` where supervisord has nothing like it. */
  readonly supervisord: number | null;
  /** What the bare platform takes; `null` where there is no such thing. */
  readonly floor: number | null;
  /** What we want, and whether it is so. */
  readonly wanted: string;
  readonly isMet: boolean;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function percentile(values: readonly number[], percent: number): number {
  return values.toSorted((left, right) => left - right)[Math.floor((values.length * percent) / 100)] ?? Number.NaN;
}
