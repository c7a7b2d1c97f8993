import { environmentName } from '#lib/words/account-name.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { advice } from '#lib/words/advice.ts';
import { countWords, unreadableAdvice } from '#lib/words/counts.ts';
import { withCommas } from '#lib/words/list-words.ts';
import { remarkWords } from '#lib/words/note-words.ts';
import type { Group } from '#lib/page/orders/row.ts';
import { readingWords, secondsWords } from '#lib/words/time-words.ts';
import { t } from '#lib/words/text.ts';

/** Whose orders these are, and how old the reading is. */
export function GroupHeader({ group, now, order }: { group: Group; now: number; order: number }) {
  const { account, reading } = group;
  const venueName = venueNames[account.venue];
  const count = withCommas([...summary(group), readingWords(reading, now)]);
  return (
    <div class="group-header" style={{ order }}>
      <span class="group-label" title={account.label}>
        {account.label}
      </span>
      <span class="group-rest">
        {account.label !== venueName && (
          <span class="group-venue" title={venueName}>
            {venueName}
          </span>
        )}
        {account.environment !== 'live' && (
          <span class={`badge ${account.environment}`}>{environmentName(account.environment)}</span>
        )}
        <span class="group-count" title={count}>
          {count}
        </span>
      </span>
    </div>
  );
}

/** What stands in the way of a newer reading. It is there where nothing does, too: in a list at rest it takes no room later. */
export function GroupTrouble({
  group: { account, reading },
  wait,
}: {
  group: Group;
  /** For how many seconds more the venue asks to wait with reading. */
  wait: number | undefined;
}) {
  const venueName = venueNames[account.venue];
  return (
    <div class="group-trouble">
      {reading?.trouble && (
        <div class="trouble">
          <p>
            {wait !== undefined && reading.trouble.reason === 'rate-limited'
              ? t('group.asks_to_wait', { venue: venueName, wait: secondsWords(wait) })
              : advice(reading.trouble.reason, venueName)}
          </p>
          {remarkWords(venueName, reading.trouble).map((sentence) => (
            <p class="words" key={sentence}>
              {sentence}
            </p>
          ))}
          {reading.orders.length > 0 && <p>{t('group.last_known')}</p>}
        </div>
      )}
      {!reading?.trouble && reading?.unreadable && (
        <div class="trouble">
          <p>{unreadableAdvice(reading.unreadable, venueName)}</p>
        </div>
      )}
    </div>
  );
}

function summary({ reading, openOrders, rows }: Group): string[] {
  if (reading?.trouble) return [t('group.reading_failed')];
  if (reading?.readAt === undefined) return [];
  // What is being cancelled is not counted as open, but it may well be.
  const cancelling = rows.filter(({ kind }) => kind === 'cancelling').length;
  if (openOrders === 0 && cancelling > 0) return [t('group.cancelling', { n: cancelling })];
  // How many could not be read stands below: there is no room for it here.
  if (!reading.unreadable) return [countWords(openOrders)];
  return [openOrders === 0 ? t('group.none_known_open') : t('group.known_open', { n: openOrders })];
}
