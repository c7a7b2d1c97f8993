import { orderErrors, requestErrors } from '#lib/venues/binance-dialect.ts';
import type { EnvelopeForm } from '#lib/venues/envelope.ts';
import type { ErrorTable } from '#lib/venues/error-table.ts';
import { readerOf } from '#lib/venues/reply-reader.ts';

/** `{code: -2011, msg}` as Binance has it; `{error, code: "UPPER_SNAKE", details}` on ZTDX's web and spot API. */
const envelope: EnvelopeForm = { code: 'code', message: ['msg', 'message'], error: 'error' };

const errors: ErrorTable = {
  /** Neither limits nor waits are documented: short for traffic shaping; a ban of Binance's lasts two minutes and more. */
  waits: { limit: 5000, ban: 120_000 },
  /** ZTDX’s pages use Binance's numbers. Of codes in words, only the three here are documented. */
  rows: [
    ...requestErrors,
    ['-1011', 'address'],
    ['-1020', 'invalid-request'],
    ['INVALID_TIMESTAMP', 'invalid-time'],
    ['ENGINE_BUSY', 'unknown'],
    ['ENGINE_RESTARTING', 'unknown'],
    [/invalid symbol/i, 'unknown-symbol'],
    [/not[ _](the[ _])?(own|your|belong)/i, 'no-right'],

    // Trigger orders fail in four ways with "distinct error codes", none of which is documented: they are told apart by words
    // where the words tell. One that has triggered is a market order now: filled or about to be.
    [/already.{0,8}trigger/i, 'not-cancellable'],
    [/already.{0,8}cancel/i, 'was-cancelled'],
    [/already.{0,8}(fill|execut)/i, 'filled'],
    // It dies with its position.
    [/position.{0,20}clos/i, 'was-cancelled'],
    [/order.{0,12}(not exist|not.?found)/i, 'not-found'],
    ['-4000', 'not-cancellable'],
    ...orderErrors,
  ],
};

export const { problemOf, read, said } = readerOf(envelope, errors);
