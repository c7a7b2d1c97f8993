import type { DamageView } from '#lib/protocol/view.ts';

/** What the user has to know of rows that do not open, a sentence for each kind. */
export function damageWords({ settings, accounts, sweeps, cancellations }: DamageView): string[] {
  return [
    ...(settings
      ? [
          'Your settings were damaged and are the defaults again: it locks after 15 minutes and tells every result. Look at them on the options page.',
        ]
      : []),
    ...(accounts.length > 0
      ? [
          accounts.length === 1
            ? 'The entry of an account is damaged: its orders are neither listed nor cancelled here. Remove it on the options page, then add it again.'
            : `The entries of ${accounts.length} accounts are damaged: their orders are neither listed nor cancelled here. Remove them on the options page, then add them again.`,
        ]
      : []),
    ...(cancellations > 0
      ? [
          cancellations === 1
            ? 'The entry of a cancel that had not ended is damaged: it is not sent again. Look in the list whether its order is still open.'
            : `The entries of ${cancellations} cancels that had not ended are damaged: they are not sent again. Look in the list whether their orders are still open.`,
        ]
      : []),
    ...(sweeps > 0
      ? [
          'The entry of a Cancel all is damaged: it does not go on. Look in the list what is still open.',
        ]
      : []),
  ];
}

/** Whether being told is all that is left to do about some of it. */
export function canAcceptDamage({ settings, sweeps, cancellations }: DamageView): boolean {
  return settings || sweeps + cancellations > 0;
}
