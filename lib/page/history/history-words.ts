let format: Intl.DateTimeFormat | undefined;

/** Local date and time of the clock: `24 Nov 2026, 09:05`. */
export function momentWords(time: number): string {
  format ??= new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return format.format(time);
}
