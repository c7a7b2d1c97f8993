import * as v from 'valibot';
import type { KeyRight } from '#lib/domain/account.ts';
import type { Call } from '#lib/venues/call.ts';
import { toFailure } from '#lib/venues/error-table.ts';
import { get } from '#lib/venues/requests.ts';
import type { RightsReply } from '#lib/venues/venue.ts';
import { read } from './errors.ts';

/** The boxes of a key, as its page names them. What it says of the others is no more than that they let trade elsewhere. */
const known = new Map<string, readonly KeyRight[]>([
  ['enableReading', ['look']],
  ['enableFixReadOnly', ['look']],
  // There is no right to cancel alone.
  ['enableSpotAndMarginTrading', ['cancel', 'trade']],
  ['enableWithdrawals', ['money']],
  ['enableInternalTransfer', ['money']],
  ['permitsUniversalTransfer', ['money']],
]);

/** Where these are not told, nothing is: what a key lacks is said of it too. */
const restrictions = v.looseObject({
  enableReading: v.boolean(),
  enableSpotAndMarginTrading: v.boolean(),
  enableWithdrawals: v.boolean(),
});

/** Not on the testnet, which has nothing under `/sapi`. Source: wallet, get API key permission. */
export const readRights: Call<undefined, RightsReply> = {
  request: () => get('/sapi/v1/account/apiRestrictions'),
  read: (reply) =>
    read(reply, toFailure, (body) => {
      if (!v.is(restrictions, body)) return undefined;
      const boxes = Object.entries(body).filter(([name]) => /^(?:enable|permits)[A-Z]/.test(name));
      const ticked = boxes.filter(([, isTicked]) => isTicked === true);
      const rights = ticked.flatMap(([name]) => known.get(name) ?? 'other');
      return { kind: 'rights', rights: [...new Set(rights)] };
    }),
};
