import type { EnvelopeForm } from '#lib/venues/envelope.ts';
import type { ErrorTable } from '#lib/venues/error-table.ts';
import { readerOf } from '#lib/venues/reply-reader.ts';

/** `{code: -2011, msg}` as Binance has it; `{error, code: "UPPER_SNAKE", details}` on ZTDX's web and spot API. */
const envelope: EnvelopeForm = { code: 'code', message: ['msg', 'message'], error: 'error' };

/** Neither limits nor waits are documented: short for traffic shaping; a ban of Binance's lasts two minutes and more. */
export const waits = { limit: 5000, ban: 120_000 };

const errors: ErrorTable = {
  waits,
  /** Numbers as Binance has them: ZTDX’s pages use those. Of codes in words, only the three here are documented. */
  rows: [
    ['-1000', 'unknown'],
    ['-1001', 'unknown'],
    ['-1002', 'unauthorized'],
    ['-1003', 'rate-limited'],
    ['-1006', 'unknown'],
    ['-1007', 'unknown'],
    ['-1011', 'address'],
    ['-1015', 'rate-limited'],
    ['-1016', 'maintenance'],
    ['-1020', 'invalid-request'],
    ['-1021', 'invalid-time'],
    ['-1022', 'bad-signature'],
    ['-1121', 'unknown-symbol'],
    ['-2014', 'bad-key'],
    // Key, address or right: the text names all three.
    ['-2015', 'unauthorized'],
    ['INVALID_TIMESTAMP', 'invalid-time'],
    ['ENGINE_BUSY', 'unknown'],
    ['ENGINE_RESTARTING', 'unknown'],
    [/^-11\d\d$/, 'invalid-request'],
    [/invalid symbol/i, 'unknown-symbol'],
    [/not[ _](the[ _])?(own|your|belong)/i, 'no-right'],

    // Trigger orders fail in four ways with "distinct error codes", none of which is documented: they are told apart by words
    // where the words tell. One that has triggered is a market order now: filled or about to be.
    [/already.{0,8}trigger/i, 'not-cancellable'],
    [/already.{0,8}cancel/i, 'was-cancelled'],
    [/already.{0,8}(fill|execut)/i, 'filled'],
    // It dies with its position.
    [/position.{0,20}clos/i, 'was-cancelled'],
    // "Unknown order sent" is said of filled and cancelled orders too, and of those on another market.
    ['-2013', 'not-found'],
    [/unknown.?order|order.{0,12}(not exist|not.?found)/i, 'not-found'],
    ['-2011', 'not-cancellable'],
    ['-4000', 'not-cancellable'],
  ],
};

export const { problemOf, read, said } = readerOf(envelope, errors);
