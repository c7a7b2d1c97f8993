import './readiness.css';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ReadinessWords } from '#lib/words/readiness-words.ts';
import { LightIcon } from './LightIcon.tsx';
import { ReadinessFacts } from './ReadinessFacts.tsx';
import { t } from '#lib/words/text.ts';

/** A pointer that only passes on its way to a row opens nothing over it. In milliseconds. */
const resting = 400;

/**
 * The light of an account and its sentence, in a line. What it was judged by is shown while the pointer rests on it or the
 * keyboard is there, and stays after a press.
 */
export function ReadinessButton({ words, account }: { words: ReadinessWords; account: string }) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  const timerRef = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [shown, setShown] = useState<'no' | 'passing' | 'pressed'>('no');
  const isShown = shown !== 'no';

  const hide = () => {
    clearTimeout(timerRef.current);
    setShown('no');
  };
  useEffect(() => () => clearTimeout(timerRef.current), []);
  useEffect(() => {
    if (!button.current || !panel.current) return;
    panel.current.togglePopover(isShown);
    if (isShown) place(panel.current, button.current.getBoundingClientRect());
  }, [isShown]);
  useEffect(() => {
    if (!isShown) return undefined;
    // A list that is scrolled leaves what is shown over it behind.
    addEventListener('scroll', hide, true);
    return () => removeEventListener('scroll', hide, true);
  }, [isShown]);

  return (
    <>
      <button
        ref={button}
        type="button"
        class="readiness"
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setShown(shown === 'pressed' ? 'no' : 'pressed')}
        onPointerEnter={() => {
          timerRef.current = setTimeout(
            () => setShown((now) => (now === 'no' ? 'passing' : now)),
            resting,
          );
        }}
        onPointerLeave={() => {
          clearTimeout(timerRef.current);
          if (shown === 'passing') setShown('no');
        }}
        onFocus={({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) setShown('passing');
        }}
        onBlur={hide}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !isShown) return;
          event.preventDefault();
          event.stopPropagation();
          hide();
        }}
      >
        <LightIcon light={words.light} />
        <span class="readiness-words">{words.sentence}</span>
      </button>
      <section
        ref={panel}
        id={id}
        popover="manual"
        aria-label={t('readiness.of', { account })}
        class={`readiness-panel ${shown === 'pressed' ? '' : 'passing'}`}
      >
        {isShown && <ReadinessFacts words={words} />}
      </section>
    </>
  );
}

const gap = 4;

/** Below its button, or above it where there is no room; in a low window over it, rather than out of sight. */
function place(panel: HTMLElement, { left, top, bottom }: DOMRect): void {
  const { offsetHeight, offsetWidth } = panel;
  const isBelow = bottom + gap + offsetHeight <= innerHeight || top < offsetHeight + gap;
  const wished = isBelow ? bottom + gap : top - gap - offsetHeight;
  const within = (at: number, most: number) => Math.max(gap, Math.min(at, most - gap));
  panel.style.left = `${within(left, innerWidth - offsetWidth)}px`;
  panel.style.top = `${within(wished, innerHeight - offsetHeight)}px`;
}
