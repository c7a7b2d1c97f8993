/** What is said to a screen reader, line after line as it comes. Older lines go, unheard by anybody. */
export function NewsLog({ lines }: { lines: readonly NewsLine[] }) {
  return (
    <div class="unseen" role="log" aria-live="polite" aria-relevant="additions">
      {lines.map(({ id, words }) => (
        <p key={id}>{words}</p>
      ))}
    </div>
  );
}

export interface NewsLine {
  readonly id: number;
  readonly words: string;
}
