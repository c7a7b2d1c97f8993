import { standingOf, type Standing } from '#lib/domain/standing.ts';
import { countWords } from '#lib/words/counts.ts';
import { placeWords } from '#lib/words/order-words.ts';
import type { VaultView, View } from '#lib/protocol/view.ts';
import { t, tCount } from '#lib/words/text.ts';

/** What the toolbar button shows. */
export interface Badge {
  /** Empty where nothing is known. */
  readonly text: string;
  /** Something is unknown or refused. */
  readonly isTrouble: boolean;
  readonly title: string;
}

function titleOf(state: VaultView['state']): string {
  switch (state) {
    case 'none':
    case 'unlocked':
      return 'Pullcord';
    case 'locked':
      return t('vault.locked');
    case 'lost':
      return t('no_vault.gone');
    case 'newer':
      return t('no_vault.needs_update');
    case 'unreadable':
    case 'blocked':
      return t('no_vault.cannot_read');
  }
}

/** A badge has room for four characters. */
const most = 999;

/** Local time: `14:05:09`. The badge is drawn as the worker starts, and a format of `Intl` takes a millisecond to make. */
const clockTime = (at: number) => new Date(at).toTimeString().slice(0, 8);

export function badgeOf(view: View): Badge {
  const { vault, accounts } = view;
  if (vault.state !== 'unlocked' || accounts.length === 0) {
    const title = titleOf(vault.state);
    return { text: '', isTrouble: false, title };
  }
  const readings = accounts.map((account) => ({ account, orders: view.orders[account.id] }));
  const read = readings.flatMap(({ orders }) => orders?.readAt ?? []);
  const count = readings.reduce((sum, { orders }) => sum + (orders?.orders.length ?? 0), 0);
  const unreadable = readings.reduce((sum, { orders }) => sum + (orders?.unreadable ?? 0), 0);
  const unknown = countBadged(view, 'unknown');
  const refused = countBadged(view, 'refused');
  const isKnown = read.length > 0;
  /** Of a list that has never been whole. */
  const isPart = readings.some(
    ({ orders }) => orders && orders.readAt === undefined && orders.orders.length > 0,
  );
  const isSome = isKnown || isPart;
  const lines = [
    isKnown
      ? t('badge.read', {
          orders: countWords(count, unreadable),
          time: clockTime(Math.min(...read)),
        })
      : t('badge.not_read'),
    ...readings
      .filter(({ orders }) => orders?.trouble ?? (isSome && orders?.readAt === undefined))
      .map(({ account, orders }) => {
        const place = placeWords(account);
        if (orders?.trouble) {
          return t('badge.could_not_be_read', { place, time: clockTime(orders.trouble.at) });
        }
        return orders?.coming
          ? t('badge.coming', { place, coming: orders.coming })
          : t('badge.place_not_read', { place });
      }),
    ...(unknown > 0 ? [tCount('sweep.end.unknown', unknown)] : []),
    ...(refused > 0 ? [tCount('sweep.end.refused', refused)] : []),
  ];
  return {
    text: isSome ? countText(count, isPart || unreadable > 0) : '',
    isTrouble: unknown + refused > 0,
    title: lines.join('\n'),
  };
}

/** With a plus where there are more, or may be. */
function countText(count: number, isMore: boolean): string {
  if (count > most) return `${most}+`;
  return isMore ? `${count}+` : String(count);
}

/** What is told of on the badge, and as what. */
const badged: Readonly<Record<Standing, 'unknown' | 'refused' | undefined>> = {
  requested: undefined,
  sent: undefined,
  accepted: undefined,
  unknown: 'unknown',
  cancelled: undefined,
  'was-cancelled': undefined,
  filled: undefined,
  'not-found': undefined,
  refused: 'refused',
  stopped: undefined,
  lapsed: undefined,
  abandoned: undefined,
};

function countBadged({ cancellations }: View, wanted: 'unknown' | 'refused'): number {
  return Object.values(cancellations).filter((each) => badged[standingOf(each)] === wanted).length;
}
