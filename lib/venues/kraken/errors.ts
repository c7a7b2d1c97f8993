import type { EnvelopeForm } from '#lib/venues/envelope.ts';
import type { ErrorTable } from '#lib/venues/error-table.ts';
import { readerOf } from '#lib/venues/reply-reader.ts';

/** `{"error":["EOrder:Unknown order"],"result":…}`, mostly with HTTP 200; what begins with W is a warning. */
const envelope: EnvelopeForm = { errors: 'error', warning: /^W/, data: 'result' };

const errors: ErrorTable = {
  // In which there is room for one request more, at the lowest tier.
  waits: { limit: 4000 },
  /** By the beginning of a text, since what follows the second colon varies. Sources: krakenfx/kraken-cli; docs.kraken.com, rest. */
  rows: [
    [/^EAPI:Invalid key/, 'bad-key'],
    [/^EAPI:Invalid signature/, 'bad-signature'],
    [/^EAPI:Invalid nonce/, 'invalid-nonce'],
    // Neither a key with a password nor another address is told apart from it.
    [/^EGeneral:Permission denied/, 'right-or-address'],
    [/^EAPI:Rate limit/, 'rate-limited'],
    // In which the dearest cancel of a pair has leaked away.
    [/^EOrder:Rate limit/, 'too-many-orders', 8000],
    [/^EGeneral:Too many requests/, 'rate-limited'],
    [/^EGeneral:Temporary lockout/, 'rate-limited', 900_000],
    [/^EService: ?Throttled/, 'rate-limited'],
    [/^EService:(?:Unavailable|Busy|Timeout|Deadline)/, 'unknown'],
    [/^(?:EGeneral:Internal|EDatabase:)/, 'unknown'],
    // Post_only and cancel_only speak of new orders; in either a cancel is let through.
    [/^EService:Market/, 'unknown'],
    [/^EQuery:Unknown asset pair/, 'unknown-symbol'],
    [/^(?:EGeneral:Unknown method|EAPI:Bad request)/, 'invalid-request'],
    // Filled, cancelled or never there; which text a malformed id comes to is not documented.
    [/^EOrder:Unknown order/, 'not-found'],
    [/^(?:EOrder:|EGeneral:Invalid arguments)/, 'not-cancellable'],
  ],
};

export const { problemOf, read } = readerOf(envelope, errors);
