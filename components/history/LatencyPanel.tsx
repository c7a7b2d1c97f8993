import './latency.css';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { environmentName } from '#lib/words/account-name.ts';
import type { SystemLatencies } from '#lib/domain/latency.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import type { ShownLatencies } from '#lib/page/history/latency-model.ts';
import { latencyPlot, summariesOf, type Frame } from '#lib/page/history/latency-plot.ts';
import {
  cancelsWords,
  explanation,
  gapsWords,
  noneWords,
  plotWords,
} from '#lib/page/history/latency-words.ts';
import { LatencyPlot } from './LatencyPlot.tsx';
import { LatencyTable } from './LatencyTable.tsx';
import { t } from '#lib/words/text.ts';

export interface LatencyPanelProps {
  /** Undefined before the first answer. */
  shown: ShownLatencies | undefined;
  error: string | undefined;
}

/** How long cancels took, a venue below the other. */
export function LatencyPanel({ shown, error }: LatencyPanelProps) {
  const { ref, width } = useWidth();
  return (
    <div class="latency" ref={ref}>
      {error && (
        <p class="note" role="alert">
          {error}
        </p>
      )}
      {shown && (
        <>
          {gapsWords(shown.latencies).map((sentence) => (
            <p key={sentence} class="note">
              {sentence}
            </p>
          ))}
          {shown.latencies.systems.map((system) => (
            <System
              key={`${system.venue} ${system.environment}`}
              system={system}
              shown={shown}
              width={width}
            />
          ))}
          <div class="latency-explanation">
            {explanation.map((sentence) => (
              <p key={sentence}>{t(sentence)}</p>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

function System({
  system: { venue, environment, cancels },
  shown: { axis, days },
  width,
}: {
  system: SystemLatencies;
  shown: ShownLatencies;
  width: number;
}) {
  const name = venueNames[venue];
  const { summaries, plot } = useMemo(() => {
    const each = summariesOf(cancels);
    return { summaries: each, plot: latencyPlot(cancels, each, axis, frameIn(width)) };
  }, [cancels, axis, width]);
  return (
    <section
      class="latency-system"
      aria-label={t('latency.system', {
        venue: name,
        environment: environmentName(environment),
      })}
    >
      <div class="latency-head">
        <h2>{name}</h2>
        {environment !== 'live' && (
          <span class={`badge ${environment}`}>{environmentName(environment)}</span>
        )}
        {cancels.length > 0 && (
          <span class="latency-count">
            {plot.kind === 'log'
              ? t('latency.log_scale', { cancels: cancelsWords(cancels.length) })
              : cancelsWords(cancels.length)}
          </span>
        )}
      </div>
      {plot.series.length === 0 ? (
        <p class="latency-none">{noneWords(cancels.length, days)}</p>
      ) : (
        <>
          <LatencyPlot plot={plot} width={width} height={height} words={plotWords(name, cancels)} />
          <LatencyTable summaries={summaries} name={name} />
        </>
      )}
    </section>
  );
}

const height = 140;

/** Leaves room for the words beside and below the plot. */
function frameIn(width: number): Frame {
  return { left: 56, right: Math.max(width - 76, 57), top: 8, bottom: height - 22 };
}

/** The panel's width, also when the window is made wider. */
function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
