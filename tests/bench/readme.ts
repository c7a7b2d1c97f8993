import { readFile, writeFile } from 'node:fs/promises';
import type { Machine } from './machine.ts';
import { isMet, timesBare, type Part, type Row } from './report.ts';

const start = '<!-- bench:start -->';
const end = '<!-- bench:end -->';

/** Puts the figures of this run into the README, each part in the place of what it came to before. */
export async function writeReadme(
  file: string,
  machine: Machine,
  parts: readonly Part[],
): Promise<void> {
  const text = await readFile(file, 'utf8');
  const [from, to] = [text.indexOf(start) + start.length, text.indexOf(end)];
  if (to < from) throw new Error(`${file} has no place for the figures`);
  const [, ...before] = text.slice(from, to).split(/^(?=\*\*\d+\. )/m);
  const all = new Map(before.map((part) => [numberOf(part), part.trim()]));
  for (const part of parts) all.set(Number.parseInt(part.title, 10), renderPart(part, machine));
  const inOrder = [...all].toSorted(([a], [b]) => a - b).map(([, part]) => part);
  const section = `\n${[intro, ...inOrder].join('\n\n')}\n`;
  await writeFile(file, text.slice(0, from) + section + text.slice(to));
}

const intro =
  'By `npm run bench`, venues on the same machine. Compare the ratios, not the milliseconds.';

function numberOf(part: string): number {
  return Number.parseInt(part.replace('**', ''), 10);
}

function renderPart(
  { title, rows, notes }: Part,
  { date, cores, model, chromium }: Machine,
): string {
  const hasBare = rows.some(({ bare }) => bare !== undefined);
  const titles = ['', 'median', 'p95', 'n', ...(hasBare ? bareTitles : []), 'target'];
  return [
    `**${title}** (${date}: ${cores} cores, ${model}, Chromium ${chromium} headless)`,
    [
      line(titles),
      line(titles.map(() => '---')),
      ...rows.map((each) => renderRow(each, hasBare)),
    ].join('\n'),
    notes.map((note) => `- ${note}`).join('\n'),
  ].join('\n\n');
}

const bareTitles = ['bare extension', 'times that', 'p95: times'];

function renderRow(row: Row, hasBare: boolean): string {
  const { name, unit, figures, target, bare } = row;
  const met = isMet(row) ? 'met' : 'not met';
  const isOne = figures.count === 1;
  const cells = [
    name,
    amount(figures.median, unit),
    isOne ? '' : amount(figures.p95, unit),
    isOne ? '' : String(figures.count),
    ...(hasBare ? [bare ? amount(bare.median, unit) : '', ...timesBare(row)] : []),
    target ? `${target.words}: ${met}` : '',
  ];
  return line(cells);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Three figures are as many as mean anything. */
function amount(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}
