import '#components/orders/order-list.css';
import '#components/orders/order-row.css';
import './lookup-venues.css';
import { environmentName } from '#lib/words/account-name.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import type { AskedVenue } from '#lib/page/lookup/asked-venues.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { appeared } from '#components/shared/hold-fresh.ts';
import { Field } from '#components/shared/Field.tsx';
import { Numbers } from '#components/shared/Numbers.tsx';
import { What } from '#components/orders/OrderRow.tsx';
import { t } from '#lib/words/text.ts';

export interface LookupVenuesProps {
  venues: readonly AskedVenue[];
  onSymbol: (account: AccountView, symbol: string) => void;
  onAsk: (account: AccountView) => void;
  onCancel: (account: AccountView) => void;
}

/** The list "Accounts": what each venue says of an id that no open order bears, and what can be done there. */
export function LookupVenues(props: LookupVenuesProps) {
  if (props.venues.length === 0) {
    return <p class="no-venue">{t('lookup.no_venue')}</p>;
  }
  return (
    <ul class="venues" aria-label={t('lookup.accounts')}>
      {props.venues.map((venue) => (
        <Venue key={venue.account.id} {...props} venue={venue} />
      ))}
    </ul>
  );
}

function Venue({
  venue: { account, row, symbol, problem },
  onSymbol,
  onAsk,
  onCancel,
}: LookupVenuesProps & { venue: AskedVenue }) {
  const { words, order } = row;
  const { label } = account;
  return (
    <li class="venue still" data-tone={row.tone} tabIndex={-1}>
      <div class="venue-line">
        <bdi class="group-label" title={label}>
          {label}
        </bdi>
        {label !== venueNames[account.venue] && (
          <span class="group-venue">{venueNames[account.venue]}</span>
        )}
        {account.environment !== 'live' && (
          <span class={`badge ${account.environment}`}>{environmentName(account.environment)}</span>
        )}
      </div>
      <output class="venue-status" aria-live="polite">
        {words.status}
      </output>
      {row.canCancel && (
        <Labelled class="cancel" buttonRef={comes} onClick={goingAway(() => onCancel(account))}>
          {t('lookup.cancel_on', { account: label })}
        </Labelled>
      )}
      <div class="venue-details">
        {order && (
          <>
            <span class="row-what">
              <What order={order} takesAlong={undefined} age={undefined} />
            </span>
            <span class="row-numbers">
              <Numbers order={order} />
            </span>
          </>
        )}
        {words.details.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {problem !== undefined && (
          <p class="field-error" role="alert">
            {problem}
          </p>
        )}
      </div>
      {row.hasSymbolField ? (
        <form
          class="venue-symbol"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            onAsk(account);
          }}
        >
          <Field
            label={t('lookup.symbol_on', { account: label })}
            value={symbol}
            onInput={(symbol) => onSymbol(account, symbol)}
            monospace
          />
          <Labelled type="submit">{t('lookup.ask', { account: label })}</Labelled>
        </form>
      ) : (
        row.canAskAgain && (
          <Labelled onClick={goingAway(() => onAsk(account))}>
            {t('lookup.ask_again', { account: label })}
          </Labelled>
        )
      )}
    </li>
  );
}

/** A button that comes with the venue's answer is new, whatever else has long been there. */
const comes = (button: HTMLElement | null): void => {
  if (button) appeared(button);
};

/** The button goes with what it does: the focus stays in its row. */
const goingAway = (act: () => void) => (event: Event) => {
  if (event.currentTarget instanceof Element) event.currentTarget.closest('li')?.focus();
  act();
};

/** A button whose words may be longer than its room: a label is as long as the user made it. */
function Labelled({
  type = 'button',
  class: name = '',
  buttonRef,
  onClick,
  children,
}: {
  type?: 'button' | 'submit';
  class?: string;
  buttonRef?: (button: HTMLElement | null) => void;
  onClick?: (event: Event) => void;
  children: string;
}) {
  return (
    <button
      type={type === 'submit' ? 'submit' : 'button'}
      class={name}
      title={children}
      ref={buttonRef ?? null}
      {...(onClick && { onClick })}
      onKeyDown={(event) => event.repeat && event.preventDefault()}
    >
      <span class="cut">{children}</span>
    </button>
  );
}
