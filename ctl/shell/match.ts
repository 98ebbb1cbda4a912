/**
 * The items whose label begins like a word, in their order, and then those that have its letters in this order, the closest first.
 * Small and large letters are the same.
 */
export function bestMatches<Item>(word: string, items: readonly Item[], labelOf: (item: Item) => string): readonly Item[] {
  if (word === "") return items;
  const wanted = word.toLowerCase();
  const beginning: Item[] = [];
  const others: { readonly item: Item; readonly distance: number }[] = [];
  for (const item of items) {
    const label = labelOf(item).toLowerCase();
    if (label.startsWith(wanted)) beginning.push(item);
    else {
      const distance = scatter(wanted, label);
      if (distance !== null) others.push({ item, distance });
    }
  }
  return [...beginning, ...others.sort((a, b) => a.distance - b.distance).map(({ item }) => item)];
}

/** How far the letters of a word lie apart in a label, and how late they begin; `null` when it has not all of them in this order. */
function scatter(word: string, label: string): number | null {
  const first = label.indexOf(word);
  if (first >= 0) return first;
  let at = -1;
  let start = 0;
  for (const letter of word) {
    at = label.indexOf(letter, at + 1);
    if (at < 0) return null;
    if (start === 0) start = at;
  }
  return label.length + at - start - word.length;
}
