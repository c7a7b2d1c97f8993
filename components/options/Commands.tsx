import type { CommandWords } from '#lib/page/command-words.ts';
import { t, tParts } from '#lib/words/text.ts';
import { Shortcut } from '#components/shared/Shortcut.tsx';

/** What is typed in the address bar is the same in every language. */
const [keyword, allWord] = ['pull', 'all'];

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
      <h2 id="keyboard">{t('options.keyboard')}</h2>
      <dl class="lines">
        {commands.map(({ name, words, hint, shortcut }) => (
          <div key={name}>
            <dt>
              {hint === undefined
                ? words
                : tParts('list.with_hint', {
                    what: words,
                    hint: <span class="muted">{hint}</span>,
                  })}
            </dt>
            <dd>
              <Shortcut keys={shortcut} />
            </dd>
          </div>
        ))}
      </dl>
      <div class="under-lines">
        <button type="button" onClick={onChange}>
          {t('options.change_shortcuts')}
        </button>
        {problem !== undefined && (
          <p class="field-error" role="alert">
            {problem}
          </p>
        )}
        <p class="muted">
          {tParts('options.address_bar', {
            pull: <kbd>{keyword}</kbd>,
            pull_all: (
              <kbd>
                {keyword} {allWord}
              </kbd>
            ),
          })}
        </p>
      </div>
    </section>
  );
}
