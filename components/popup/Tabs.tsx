import type { Tab } from '#lib/page/popup/popup-state.ts';
import { t } from '#lib/words/text.ts';

const tabs = ['orders', 'history'] as const satisfies readonly Tab[];

/** The panel of each tab has the id `panel`. */
export function Tabs({ value, onChange }: { value: Tab; onChange: (tab: Tab) => void }) {
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const other = value === 'orders' ? 'history' : 'orders';
    onChange(other);
    document.getElementById(tabId(other))?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t('popup.shown')}>
      {tabs.map((tab) => (
        <button
          key={tab}
          id={tabId(tab)}
          type="button"
          role="tab"
          aria-selected={tab === value}
          aria-controls="panel"
          tabIndex={tab === value ? 0 : -1}
          onClick={() => onChange(tab)}
          onKeyDown={move}
        >
          {t(`popup.${tab}`)}
        </button>
      ))}
    </div>
  );
}

export function tabId(tab: Tab): string {
  return `tab-${tab}`;
}
