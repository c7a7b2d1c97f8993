import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { appeared } from '#components/shared/hold-fresh.ts';
import type { Scene } from '#lib/page/lookup/scene.ts';
import type { LookupModel } from '#lib/page/lookup/lookup-model.ts';
import { t, tCount } from '#lib/words/text.ts';

/** The key that opened the window may still be held down. */
const ignoreHeld = (event: KeyboardEvent) => event.repeat && event.preventDefault();

/** The buttons that are always in sight, each at a place of its own: neither comes to lie under a click meant for the other. */
export function Foot({
  model,
  scene,
  firstTick,
  box,
}: {
  model: LookupModel;
  scene: Scene;
  firstTick: RefObject<HTMLInputElement | null>;
  /** What scrolls. */
  box: RefObject<HTMLElement | null>;
}) {
  const close = useRef<HTMLButtonElement>(null);
  const main = useRef<HTMLButtonElement>(null);
  const { found } = model;
  const asking = found.asking.value;
  const count = asking || found.chosen.value.length;
  // Once something was asked for, the button comes back only with a new choice.
  const canChoose = found.rows.value.some(({ chosen }) => chosen !== undefined);
  const isShown = scene.kind === 'choosing' && (count > 0 || (canChoose && !found.hasAsked.value));
  const problem = scene.kind === 'choosing' ? found.problem.value : undefined;

  const beforeRef = useRef<{ readonly kind: Scene['kind']; readonly isShown: boolean }>(undefined);
  useLayoutEffect(() => {
    const { kind, isShown: wasShown } = beforeRef.current ?? { isShown };
    beforeRef.current = { kind: scene.kind, isShown };
    if (scene.kind !== kind) appeared();
    // The passphrase takes the focus itself.
    if (scene.kind === 'locked') return;
    if (scene.kind !== kind) {
      const first = count > 0 ? main.current : firstTick.current;
      (first ?? close.current)?.focus();
    } else if (wasShown && !isShown && document.activeElement === document.body) {
      // The button goes when all is asked for. The focus goes to what comes of it, not to “Close”: a second press of
      // the key must not close the window.
      box.current?.focus();
    }
  });

  return (
    <footer class="lookup-foot">
      {problem !== undefined && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <div class="lookup-buttons">
        <button ref={close} type="button" onKeyDown={ignoreHeld} onClick={model.close}>
          {t('lookup.close')}
        </button>
        {isShown && (
          <button
            ref={main}
            type="button"
            class="primary"
            aria-disabled={count === 0 || asking > 0}
            onKeyDown={ignoreHeld}
            onClick={found.cancel}
          >
            {asking > 0 && <span class="spinner" aria-hidden="true" />}
            {tCount('cancel.orders', count)}
          </button>
        )}
      </div>
    </footer>
  );
}
