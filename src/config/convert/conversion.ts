/** A configuration written in the other dialect, or every reason why that dialect cannot say it. */
export type Conversion =
  | {
      readonly ok: true;
      readonly text: string;
      /** What the text says differently, where the dialect knows nothing better. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };
