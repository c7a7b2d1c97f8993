import type { ComponentChildren } from 'preact';
import { LockIcon, SettingsIcon } from '#components/shared/Icons.tsx';
import { Wordmark } from '#components/shared/Wordmark.tsx';
import { t } from '#lib/words/text.ts';

/** The bar at the top of the popup: who this is, what is given, and what is always at hand. */
export function Header({
  children,
  onSettings,
  onLock,
}: {
  children?: ComponentChildren;
  onSettings: () => void;
  /** Absent while there is nothing to lock. */
  onLock?: () => void;
}) {
  return (
    <header class="bar">
      <Wordmark />
      {children}
      <button
        type="button"
        class="icon-button"
        aria-label={t('popup.settings')}
        title={t('popup.settings')}
        onClick={onSettings}
      >
        <SettingsIcon />
      </button>
      {onLock && (
        <button
          type="button"
          class="icon-button"
          aria-label={t('vault.lock_now')}
          title={t('vault.lock_now')}
          onClick={onLock}
        >
          <LockIcon />
        </button>
      )}
    </header>
  );
}
