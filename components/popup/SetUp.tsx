import { Calm } from '#components/shared/Calm.tsx';

/** What there is to see before there is a vault. */
export function Welcome({ onSetUp }: { onSetUp: () => void }) {
  return (
    <Calm picture={<CordDrawing />} title="Welcome to Pullcord">
      <p>
        It cancels your open orders with one click. First choose a passphrase that seals your keys.
      </p>
      <button type="button" class="primary" onClick={onSetUp}>
        Set up Pullcord
      </button>
    </Calm>
  );
}

/** What there is to see before there is an account. */
export function NoAccounts({ onAdd, isDamaged }: { onAdd: () => void; isDamaged: boolean }) {
  return (
    <Calm
      picture={<AccountDrawing />}
      title={isDamaged ? 'No account can be read' : 'No accounts yet'}
    >
      <p>Add the API key of an exchange account, and its open orders are listed here.</p>
      <button type="button" class="primary" onClick={onAdd}>
        Add an account
      </button>
    </Calm>
  );
}

export const CordDrawing = () => (
  <>
    <path d="M20 18h32M36 18v16" />
    <path d="M36 34 48 53H24Z" />
  </>
);

const AccountDrawing = () => (
  <>
    <circle cx="29" cy="36" r="8" />
    <path d="M37 36h16M47 36v6M53 36v5" />
  </>
);
