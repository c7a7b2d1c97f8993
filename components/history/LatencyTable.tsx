import { lengthWords } from '#lib/words/moment-words.ts';
import {
  pointPath,
  seriesIds,
  type SeriesId,
  type Summaries,
} from '#lib/page/history/latency-plot.ts';
import { numberWords, seriesName } from '#lib/page/history/latency-words.ts';
import { t } from '#lib/words/text.ts';

/** The numbers of a plot, and what its signs mean. */
export function LatencyTable({ summaries, name }: { summaries: Summaries; name: string }) {
  return (
    <table class="latency-table">
      <caption class="unseen">{t('latency.caption', { venue: name })}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">{t('latency.until')}</span>
          </th>
          <th scope="col">{t('latency.count')}</th>
          <th scope="col">
            <LineSign kind="median" />
            {t('latency.median')}
          </th>
          <th scope="col">
            <LineSign kind="p95" />
            {t('latency.p95')}
          </th>
        </tr>
      </thead>
      <tbody>
        {seriesIds.map((id) => (
          <tr key={id}>
            <th scope="row">
              <PointSign id={id} />
              {seriesName(id)}
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
