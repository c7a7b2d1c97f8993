import type { EnvelopeForm } from '#lib/venues/envelope.ts';
import type { ErrorTable } from '#lib/venues/error-table.ts';
import { readerOf } from '#lib/venues/reply-reader.ts';

const envelope: EnvelopeForm = { code: 'code', message: ['msg'] };

/** A limit is of a minute; a ban lasts from two minutes on. Source: rest-api, limits. */
const waits = { limit: 60_000, ban: 120_000 };

/** Source: errors, and `docs/venues/binance.md`, 1.7. */
const errors: ErrorTable = {
  waits,
  rows: [
    ['-1000', 'unknown'],
    // "Internal error; unable to process your request": whether it was is not said.
    ['-1001', 'unknown'],
    ['-1006', 'unknown'],
    ['-1007', 'unknown'],
    // "Server is currently overloaded with other requests": of a cancel it does not say that it was not done.
    ['-1008', 'unknown'],
    ['-1003', 'rate-limited'],
    ['-1015', 'rate-limited'],
    ['-1016', 'maintenance'],
    [/market is closed/i, 'maintenance'],
    ['-1021', 'invalid-time'],
    ['-1022', 'bad-signature'],
    ['-2008', 'bad-key'],
    ['-2014', 'bad-key'],
    // Key, address or right: the text names all three.
    ['-2015', 'unauthorized'],
    ['-1002', 'unauthorized'],
    ['-1099', 'unauthorized'],
    [/may not place or cancel orders|action is disabled on this account/i, 'no-right'],
    ['-1121', 'unknown-symbol'],
    [/^-11\d\d$/, 'invalid-request'],
    ['-2039', 'invalid-request'],

    // Said of filled and cancelled orders too, and of those of another symbol.
    [/unknown order/i, 'not-found'],
    ['-2013', 'not-found'],
    ['-2026', 'was-cancelled'],
    ['-2011', 'not-cancellable'],
  ],
};

export const { problemOf, read, said } = readerOf(envelope, errors);
