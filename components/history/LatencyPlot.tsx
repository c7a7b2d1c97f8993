import { Fragment } from 'preact';
import type { LatencyPlot as Plot } from '#lib/page/history/latency-plot.ts';

/** The numbers end where those of the table below do. */
const edge = 22;

/** Every cancel as a point, and what half and nearly all of them took as lines. */
export function LatencyPlot({
  plot: { isDense, frame, ticks, days, dayLabels, series, values },
  width,
  height,
  words,
}: {
  plot: Plot;
  width: number;
  height: number;
  words: string;
}) {
  const { left, right, top, bottom } = frame;
  const points = series.map(({ id, points: path }) => (
    <path key={`${id} points`} class="points" data-series={id} d={path} />
  ));
  const lines = series.map(({ id, median, p95 }) => (
    <g key={`${id} lines`} class={`lines ${isDense ? 'rimmed' : ''}`} data-series={id}>
      <Line class="median" y={median} left={left} right={right} />
      {p95 !== undefined && <Line class="p95" y={p95} left={left} right={right} />}
    </g>
  ));
  return (
    <svg
      class="latency-plot"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={words}
    >
      <g class="latency-grid">
        {days.map((x) => (
          <path key={x} class="day" d={`M${x} ${top}V${bottom}`} />
        ))}
        {ticks.map(({ y, words: tick }) => (
          <Fragment key={tick}>
            <path d={`M${left} ${y}H${right}`} />
            <text x={left - 6} y={y} dy="0.34em" text-anchor="end">
              {tick}
            </text>
          </Fragment>
        ))}
        {dayLabels.map(({ x, words: day }) => (
          <text key={x} x={x} y={bottom + 15} text-anchor="middle">
            {day}
          </text>
        ))}
      </g>
      {isDense ? [points, lines] : [lines, points]}
      {values.map(({ id, of, y, words: value }) => (
        <text
          key={`${id} ${of}`}
          class={`value ${of}`}
          data-series={id}
          x={width - edge}
          y={y}
          dy="0.34em"
          text-anchor="end"
        >
          {value}
        </text>
      ))}
    </svg>
  );
}

/** Among many points with a rim in the colour of the ground, so that it is seen. */
function Line({
  y,
  left,
  right,
  class: kind,
}: {
  y: number;
  left: number;
  right: number;
  class: string;
}) {
  const path = `M${left} ${y}H${right}`;
  return (
    <>
      <path class="rim" d={path} />
      <path class={kind} d={path} />
    </>
  );
}
