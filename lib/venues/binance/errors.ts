import { orderErrors, requestErrors } from '#lib/venues/binance-dialect.ts';
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
    ...requestErrors,
    // "Server is currently overloaded with other requests": of a cancel it does not say that it was not done.
    ['-1008', 'unknown'],
    [/market is closed/i, 'maintenance'],
    ['-2008', 'bad-key'],
    ['-1099', 'unauthorized'],
    [/may not place or cancel orders|action is disabled on this account/i, 'no-right'],
    ['-2039', 'invalid-request'],
    ['-2026', 'was-cancelled'],
    ...orderErrors,
  ],
};

export const { problemOf, read, said } = readerOf(envelope, errors);
