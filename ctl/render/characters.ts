const SEGMENTER = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** A text divided into characters as people count them. */
export function segmented(text: string): Intl.Segments {
  return SEGMENTER.segment(text);
}

export function characters(text: string): readonly string[] {
  return [...segmented(text)].map(({ segment }) => segment);
}
