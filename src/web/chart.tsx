const WIDTH = 60;
const HEIGHT = 16;

/** A small line of what was, and the newest value as text; the largest value reaches the top. */
export function Chart({ values, atLeast, label, text }: ChartProps) {
  const top = Math.max(atLeast, ...values);
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map(
    (value, index) => `${(index * step).toFixed(1)},${(HEIGHT - 1 - (value / top) * (HEIGHT - 2)).toFixed(1)}`,
  );
  return (
    <span class="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={`${label}: ${text}`}>
        {values.length > 1 ? <polyline points={points.join(" ")} /> : null}
      </svg>
      <span class="value">{text}</span>
    </span>
  );
}

interface ChartProps {
  readonly values: readonly number[];
  /** What reaches the top when no value is larger. */
  readonly atLeast: number;
  readonly label: string;
  readonly text: string;
}
