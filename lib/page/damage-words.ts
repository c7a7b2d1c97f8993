import type { DamageView } from '#lib/protocol/view.ts';
import { t, tCount } from '#lib/words/text.ts';

/** What the user has to know of rows that do not open, a sentence for each kind. */
export function damageWords({ settings, accounts, sweeps, cancellations }: DamageView): string[] {
  return [
    ...(settings ? [t('damage.settings')] : []),
    ...(accounts.length > 0 ? [tCount('damage.accounts', accounts.length)] : []),
    ...(cancellations > 0 ? [tCount('damage.cancellations', cancellations)] : []),
    ...(sweeps > 0 ? [t('damage.sweeps')] : []),
  ];
}

/** Whether being told is all that is left to do about some of it. */
export function canAcceptDamage({ settings, sweeps, cancellations }: DamageView): boolean {
  return settings || sweeps + cancellations > 0;
}
