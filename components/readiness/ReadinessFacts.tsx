import type { ReadinessWords } from '#lib/words/readiness-words.ts';

/** What to do, and each fact that the light was judged by. */
export function ReadinessFacts({ words: { advice, lines } }: { words: ReadinessWords }) {
  return (
    <>
      {advice !== undefined && <p>{advice}</p>}
      <ul class="facts">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}
