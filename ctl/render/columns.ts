const GAP = "  ";

/** Words in columns, read downwards, in as few rows as the width allows; each column as wide as its longest word. */
export function columns(words: readonly string[], width: number): readonly string[] {
  for (let rowCount = 1; rowCount < words.length; rowCount++) {
    const rows = arrange(words, rowCount);
    if (rows.every((row) => row.length <= width)) return rows;
  }
  return words;
}

function arrange(words: readonly string[], rowCount: number): readonly string[] {
  const columnCount = Math.ceil(words.length / rowCount);
  const widths = Array.from({ length: columnCount }, (_, column) => {
    return Math.max(...words.slice(column * rowCount, (column + 1) * rowCount).map((word) => word.length));
  });
  return Array.from({ length: rowCount }, (_, row) => {
    const cells = widths.map((width, column) => words[column * rowCount + row]?.padEnd(width));
    return cells.filter((cell) => cell !== undefined).join(GAP);
  });
}
