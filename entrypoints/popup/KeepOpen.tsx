import { useState } from 'preact/hooks';
import { PanelIcon, WindowIcon } from '#components/shared/Icons.tsx';
import { keepOpen } from '#lib/page/popup/keep-open.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';
import { t } from '#lib/words/text.ts';

/** The button by which the list stays; none in the window, which does. */
export function KeepOpen({ model: { place, page } }: { model: PopupModel }) {
  const [busy, setBusy] = useState(false);
  if (place === 'window') return null;
  const label = t(place === 'popup' ? 'keep_open.panel' : 'keep_open.window');
  const press = async () => {
    setBusy(true);
    // The banner tells of a silent worker; nothing else can fail.
    await keepOpen(place, () => page.ask({ kind: 'open-window' })).catch(() => undefined);
    setBusy(false);
  };
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      onClick={busy ? undefined : () => void press()}
    >
      {place === 'popup' ? <PanelIcon /> : <WindowIcon />}
    </button>
  );
}
