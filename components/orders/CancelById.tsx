import type { ComponentChildren } from 'preact';
import { t } from '#lib/words/text.ts';

/** The disclosure “Cancel by id”; what it holds may come a moment later. */
export function CancelById({ children }: { children: ComponentChildren }) {
  return (
    <details class="by-id">
      <summary>{t('by_id.name')}</summary>
      {children}
    </details>
  );
}
