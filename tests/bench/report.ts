import { summary, type Summary } from './summary.ts';

/** One line of a part's table: samples, summed up. */
export interface Row {
  readonly name: string;
  readonly unit: 'ms' | 'MB' | 'kB' | 'requests';
  readonly figures: Summary;
  readonly target?: Target;
  /** What the bare extension took in the same turns. */
  readonly bare?: Summary;
}

/** What the median, or the figure named, is held against. Shown, never asserted. */
export interface Target {
  readonly words: string;
  readonly most: number;
  readonly figure?: 'p99';
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
  {
    unit = 'ms',
    target,
    bare,
  }: Pick<Partial<Row>, 'unit' | 'target'> & { bare?: readonly number[] } = {},
): Row {
  const figures = summary(samples);
  // What takes minutes shows that it gets on.
  console.error(`${name}: ${figures.median} ${unit}`);
  return { name, unit, figures, ...(target && { target }), ...(bare && { bare: summary(bare) }) };
}

/** How many times as long as the bare extension, at the median and at the 95th percentile. */
export function timesBare({ figures, bare }: Row): readonly [string, string] {
  if (!bare) return ['', ''];
  return [(figures.median / bare.median).toFixed(2), (figures.p95 / bare.p95).toFixed(2)];
}

export function isMet({ figures, target }: Row): boolean | undefined {
  return target && figures[target.figure ?? 'median'] <= target.most;
}

export function printPart({ title, rows, notes }: Part): void {
  console.log(`\n${title}`);
  const hasBare = rows.some(({ bare }) => bare !== undefined);
  const table = rows.map((each) => {
    const { name, unit, figures, target, bare } = each;
    const [median, p95] = timesBare(each);
    const ofBare = { bare: bare?.median ?? '', 'bare p95': bare?.p95 ?? '' };
    return {
      '': name,
      unit,
      median: figures.median,
      p95: figures.p95,
      p99: figures.p99,
      max: figures.max,
      n: figures.count,
      ...(hasBare && { ...ofBare, '× bare': median, '× p95': p95 }),
      target: target ? target.words : '',
      met: target ? (isMet(each) ? 'yes' : 'NO') : '',
    };
  });
  console.table(table);
  for (const note of notes) console.log(`- ${note}`);
}
