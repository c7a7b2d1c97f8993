import { summary, type Summary } from './summary.ts';

/** One line of a part's table: samples, summed up. */
export interface Row {
  readonly name: string;
  readonly unit: 'ms' | 'MB' | 'kB' | 'requests';
  readonly figures: Summary;
  readonly target?: Target;
}

/** What the median, or the figure named, is held against. Shown, never asserted. */
export interface Target {
  readonly words: string;
  readonly most: number;
  readonly figure?: 'max';
}

export interface Part {
  readonly title: string;
  readonly rows: readonly Row[];
  /** What a reader must know to read the figures. */
  readonly notes: readonly string[];
}

export function row(
  name: string,
  samples: readonly number[],
  { unit = 'ms', target }: { unit?: Row['unit']; target?: Target } = {},
): Row {
  const figures = summary(samples);
  // What takes minutes shows that it gets on.
  console.error(`${name}: ${figures.median} ${unit}`);
  return { name, unit, figures, ...(target && { target }) };
}

export function isMet({ figures, target }: Row): boolean | undefined {
  return target && figures[target.figure ?? 'median'] <= target.most;
}

export function printPart({ title, rows, notes }: Part): void {
  console.log(`\n${title}`);
  const table = rows.map((each) => {
    const { name, unit, figures, target } = each;
    return {
      '': name,
      unit,
      median: figures.median,
      p95: figures.p95,
      max: figures.max,
      n: figures.count,
      target: target ? target.words : '',
      met: target ? (isMet(each) ? 'yes' : 'NO') : '',
    };
  });
  console.table(table);
  for (const note of notes) console.log(`- ${note}`);
}
