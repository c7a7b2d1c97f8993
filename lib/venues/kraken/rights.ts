import * as v from 'valibot';
import type { KeyRight } from '#lib/domain/account.ts';
import type { Call } from '#lib/venues/call.ts';
import { toFailure } from '#lib/venues/error-table.ts';
import type { RightsReply } from '#lib/venues/venue.ts';
import { ask } from './calls.ts';
import { read } from './errors.ts';

/** As its page lists them. Either of two lets a key cancel. */
const known = new Map<string, readonly KeyRight[]>([
  ['close-trades', ['cancel']],
  ['modify-trades', ['cancel', 'trade']],
  ['query-open-trades', ['look']],
  ['query-closed-trades', ['look', 'ends']],
  ['query-funds', ['look']],
  ['query-ledger', ['look']],
  ['export-data', ['look']],
  ['create-ws-token', ['look']],
  ['add-funds', ['money']],
  ['withdraw-funds', ['money']],
  ['earn-funds', ['money']],
  ['add-withdraw-address', ['money']],
  ['update-withdraw-address', ['money']],
]);

const keyInfo = v.object({ permissions: v.array(v.string()) });

/** No right is needed to ask. Source: docs.kraken.com, get-api-key-info. */
export const readRights: Call<undefined, RightsReply> = {
  request: () => ask('GetApiKeyInfo'),
  read: (reply) =>
    read(reply, toFailure, (_, { data }) => {
      if (!v.is(keyInfo, data)) return undefined;
      const rights = data.permissions.flatMap((name) => known.get(name) ?? 'other');
      return { kind: 'rights', rights: [...new Set(rights)] };
    }),
};
