import { sessionItem, type LeftBehind } from '#lib/worker/browser/session-item.ts';
import { createClocks, type Clocks, type KnownClocks } from './clock.ts';

const keptClocks = sessionItem<KnownClocks>('clocks');

/** The clocks as the worker's last life has measured them, kept for the next one in `storage.session`. */
export function restoreClocks(left: LeftBehind): Clocks {
  return createClocks(keptClocks.from(left) ?? {}, (clocks) => {
    void keptClocks.set(clocks);
  });
}
