import type { Unreadable as Why } from '#lib/protocol/view.ts';
import { Calm } from './Calm.tsx';

/** The vault was made here and is gone. `onSetUp`: leads to where it is made anew; absent where that is here. */
export function Lost({ onSetUp }: { onSetUp?: () => void }) {
  return (
    <Calm picture={<DamageDrawing />} title="Pullcord’s data is gone">
      <p>
        Pullcord was set up in this browser, but its sealed data is no longer on this device, or too
        little of it to open. Nothing was sent, and your orders at the exchanges are as they were.
      </p>
      <p>
        If you have a copy of your browser profile, close the browser and put it back. Otherwise set
        up Pullcord anew, with new API keys, and delete the old keys at the exchanges.
      </p>
      {onSetUp && (
        <button type="button" class="primary" onClick={onSetUp}>
          Set up anew
        </button>
      )}
    </Calm>
  );
}

/** The database is there and cannot be used. */
export function Unreadable({ why, onReload }: { why: Why; onReload: () => void }) {
  return (
    <Calm
      picture={<DamageDrawing />}
      title={why === 'newer' ? 'Pullcord needs an update' : 'Pullcord cannot read its data'}
    >
      {why === 'newer' && (
        <p>
          A later version of Pullcord made what lies on this device. Nothing was sent, and nothing
          is lost. Update Pullcord, then go on.
        </p>
      )}
      {why === 'blocked' && (
        <p>
          Something still uses Pullcord’s data as an earlier version left it, most likely a page of
          Pullcord that was open during an update. Nothing was sent, and nothing is lost. Close all
          other pages of Pullcord; if this stays, restart the browser. If it matters now, cancel on
          the exchange’s own site.
        </p>
      )}
      {why === 'unreadable' && (
        <p>
          Your browser does not give Pullcord its data on this device. Nothing was sent. Pullcord
          tries again by itself; if this stays, restart the browser, and free some disk space if
          there is little. If it matters now, cancel on the exchange’s own site.
        </p>
      )}
      <button type="button" class="primary" onClick={onReload}>
        Reload Pullcord
      </button>
    </Calm>
  );
}

const DamageDrawing = () => (
  <>
    <path d="M22 26c0-3 6-5.5 14-5.5S50 23 50 26s-6 5.5-14 5.5S22 29 22 26Z" />
    <path d="M22 26v20c0 3 6 5.5 14 5.5 2.5 0 4.9-.2 7-.7" />
    <path d="M50 26v9" />
    <path d="m44 41 9 9M53 41l-9 9" />
  </>
);
