import type { CommandWords } from '#lib/page/command-words.ts';
import { Shortcut } from '#components/shared/Shortcut.tsx';

/** The keyboard commands, and what the address bar takes. */
export function Commands({
  commands,
  problem,
  onChange,
}: {
  commands: readonly CommandWords[];
  problem: string | undefined;
  onChange: () => void;
}) {
  return (
    <section class="card" aria-labelledby="keyboard">
      <h2 id="keyboard">Keyboard</h2>
      <dl class="lines">
        {commands.map(({ name, words, hint, shortcut }) => (
          <div key={name}>
            <dt>
              {words}
              {hint !== undefined && <span class="muted">: {hint}</span>}
            </dt>
            <dd>
              <Shortcut keys={shortcut} />
            </dd>
          </div>
        ))}
      </dl>
      <div class="under-lines">
        <button type="button" onClick={onChange}>
          Change shortcuts
        </button>
        {problem !== undefined && (
          <p class="field-error" role="alert">
            {problem}
          </p>
        )}
        <p class="muted">
          In the address bar: type <kbd>pull</kbd>, a space and an order id, or <kbd>pull all</kbd>.
        </p>
      </div>
    </section>
  );
}
