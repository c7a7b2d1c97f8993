import { hasEnded, standingOf } from '#lib/domain/standing.ts';
import type { Records } from './records.ts';

interface ReportNeeds<Law extends string> {
  readonly laws: Readonly<Record<Law, unknown>>;
  readonly kinds: readonly string[];
  /** Of these kinds, what goes on for as long as a fault's `by` says. */
  readonly lasting: ReadonlySet<string>;
  /** How one run is looked at. */
  readonly alone: string;
}

/** What came of many runs, in figures. */
export function createReport<Law extends string>({
  laws,
  kinds,
  lasting,
  alone,
}: ReportNeeds<Law>) {
  /** By kind: how many runs had it, and how long those took that had nothing else. */
  const runs = new Map<string, number>();
  const settle = new Map<string, number[]>();
  const broken = new Map<Law, Set<number>>();
  const failing: string[] = [];
  let schedules = 0;
  let faults = 0;

  return {
    add(records: Records, found: { law: Law; how: string }[]) {
      const { injected, schedule } = records;
      schedules += 1;
      faults += injected.length;
      const took = timeToSettle(records, lasting);
      const met = new Set<string>(
        injected.length > 0 ? injected.map(({ kind }) => kind) : ['none'],
      );
      for (const kind of met) runs.set(kind, (runs.get(kind) ?? 0) + 1);
      const [kind] = met;
      if (met.size === 1 && kind !== undefined) {
        const times = settle.get(kind) ?? [];
        times.push(took);
        settle.set(kind, times);
      }
      for (const { law } of found) {
        broken.set(law, (broken.get(law) ?? new Set()).add(schedule.seed));
      }
      if (found.length === 0) return;
      const told = found.slice(0, 3).map(({ law, how }) => `    ${law}: ${how}`);
      const where = injected.map(({ kind, place, time }) => `${kind} at ${place} ${time}`);
      failing.push(`  seed ${schedule.seed} (${schedule.venues[0]}, ${where.join('; ')})`, ...told);
    },
    failed(seed: number, error: Error) {
      schedules += 1;
      failing.push(`  seed ${seed}: the run broke down: ${error.stack ?? error.message}`);
    },
    isWhole: () => failing.length === 0 && schedules > 0,

    /** One run, line by line. */
    tell({ history = [], injected, requests, schedule, shown, wishes }: Records) {
      const lines = [
        ...wishes.map(({ at, answer, orders }) => ({
          at,
          line: `wish for ${orders.length}: ${answer}`,
        })),
        ...injected.map(({ at, kind, place, by, acts }) => ({
          at,
          line: `FAULT ${kind} (${place}, ${by}, ${acts})`,
        })),
        ...requests.map(({ at, endedAt, life, text }) => ({
          at,
          line: `life ${life} sends ${text.split('\n').slice(0, 2).join(' ')} until ${endedAt ?? 'ever'}`,
        })),
        ...shown.map(({ at, cancellation, order }) => ({
          at,
          line: `shown ${cancellation.id.slice(0, 8)} as ${standingOf(cancellation)}, the book has ${order?.status}`,
        })),
      ];
      console.log(JSON.stringify(schedule, null, 1));
      for (const { at, line } of lines.toSorted((a, b) => a.at - b.at))
        console.log(`${at}`.padStart(9), line);
      for (const row of history) console.log(JSON.stringify(row));
    },

    text(first: number, seconds: number): string {
      const names = Object.keys(laws) as Law[];
      const rows = ['none', ...kinds].map((kind) =>
        rowOf(kind, runs.get(kind) ?? 0, settle.get(kind) ?? []),
      );
      return [
        ...failing,
        failing.length > 0 ? `One alone: ${alone}` : '',
        `${schedules} schedules from seed ${first}, ${faults} faults, in ${seconds.toFixed(1)} s`,
        '',
        'Laws broken:',
        ...names.map((law) => `${String(broken.get(law)?.size ?? 0).padStart(6)}  ${law}`),
        '',
        `${'Fault'.padEnd(34)}  runs  alone   seconds to settle: median      95 %   longest`,
        ...rows,
      ].join('\n');
    },
  };
}

/** From the wish, or from when what went wrong was over or the user had unlocked it again, until pages saw the last end. */
function timeToSettle(
  { injected, settledAt, shown, unlockedAt = 0, wishes }: Records,
  lasting: ReadonlySet<string>,
): number {
  if (settledAt === undefined) return Infinity;
  const over = injected.map(({ at, by, kind }) => at + (lasting.has(kind) ? by : 0));
  const from = Math.max(...wishes.map(({ at }) => at), ...over, unlockedAt);
  const ends = shown.filter(({ cancellation }) => hasEnded(cancellation));
  const first = new Map(ends.toReversed().map(({ at, cancellation: { id } }) => [id, at]));
  return Math.max(0, ...[...first.values()].map((at) => at - from));
}

function rowOf(kind: string, runs: number, times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  const shown = [0.5, 0.95, 1].map((part) => seconds(at(part)).padStart(10));
  return `${kind.padEnd(33)} ${[runs, times.length].map((count) => String(count).padStart(7)).join('')} ${' '.repeat(18)} ${shown.join('')}`;
}

function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '-' : (milliseconds / 1000).toFixed(2);
}
