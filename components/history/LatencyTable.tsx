import { lengthWords } from '#lib/words/moment-words.ts';
import {
  pointPath,
  seriesIds,
  type SeriesId,
  type Summaries,
} from '#lib/page/history/latency-plot.ts';
import { numberWords, seriesNames } from '#lib/page/history/latency-words.ts';

/** The numbers of a plot, and what its signs mean. */
export function LatencyTable({ summaries, name }: { summaries: Summaries; name: string }) {
  return (
    <table class="latency-table">
      <caption class="unseen">{`${name}: how long after the click`}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">Until</span>
          </th>
          <th scope="col">Cancels</th>
          <th scope="col">
            <LineSign kind="median" />
            Median
          </th>
          <th scope="col">
            <LineSign kind="p95" />
            p95
          </th>
        </tr>
      </thead>
      <tbody>
        {seriesIds.map((id) => (
          <tr key={id}>
            <th scope="row">
              <PointSign id={id} />
              {seriesNames[id]}
            </th>
            <td>{numberWords(summaries[id]?.count ?? 0)}</td>
            <td>{timeWords(summaries[id]?.median)}</td>
            <td>{timeWords(summaries[id]?.p95)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function timeWords(time: number | undefined): string {
  return time === undefined ? '–' : lengthWords(time);
}

function PointSign({ id }: { id: SeriesId }) {
  return (
    <svg class="latency-sign" width="9" height="9" viewBox="-4.5 -4.5 9 9" aria-hidden="true">
      <path class="points" data-series={id} d={pointPath(id, 0, 0)} />
    </svg>
  );
}

function LineSign({ kind }: { kind: 'median' | 'p95' }) {
  return (
    <svg class="latency-sign" width="16" height="9" viewBox="0 -4.5 16 9" aria-hidden="true">
      <g class="lines">
        <path class={kind} d="M0 0H16" />
      </g>
    </svg>
  );
}
