import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { venueIds } from '#lib/domain/venue-id.ts';
import { venues } from '#lib/venues/venues.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { WireReply, WireRequest } from '#lib/venues/wire.ts';
import { fixtureOf, signerOf, type RowKey } from '#tests/unit/support/fixtures.ts';
import { notSaidIn } from '#tests/unit/support/said.ts';

interface Fixture {
  readonly requests: readonly RequestRow[];
  readonly replies: readonly ReplyRow[];
}

/** Without key, secret and timestamp for a request that goes out unsigned. */
interface RequestRow extends Partial<RowKey> {
  readonly name: string;
  readonly call: CallName;
  readonly input?: unknown;
  /** Which of the venue's ways to sign; the first unless given. */
  readonly signature?: number;
  readonly expected: WireRequest;
}

interface ReplyRow extends WireReply {
  readonly name: string;
  readonly call: CallName;
  /** What was asked, where the reading depends on it. */
  readonly input?: unknown;
  /** Where the shape is documented or was seen; absent for those made up here. */
  readonly source?: string;
  readonly expected: unknown;
}

const callNames = [
  'cancel',
  'cancelBatch',
  'cancelEvery',
  'readOrder',
  'readBatch',
  'listOpenOrders',
  'readRights',
  'readTime',
  'fetchPass',
  'renewPass',
] as const;
type CallName = (typeof callNames)[number];

const kinds: Record<CallName, readonly string[]> = {
  cancel: ['cancelled', 'accepted', 'claimed'],
  cancelBatch: ['batch'],
  cancelEvery: ['every'],
  readOrder: ['read'],
  readBatch: ['readings'],
  listOpenOrders: ['page'],
  readRights: ['rights'],
  readTime: ['time'],
  fetchPass: ['pass'],
  renewPass: ['pass'],
};
const proofs = ['cancelled', 'accepted', 'batch', 'readings', 'page', 'rights', 'pass'];
const failures = ['refused', 'invalid-time', 'rate-limited', 'unknown'];

describe.each(venueIds)('%s', (id) => {
  const { requests, replies } = fixtureOf(id) as Fixture;
  const venue: Venue = venues[id];
  const calls = callNames.filter((call) => findCall(venue, call) !== undefined);

  test.each(requests)('$call writes $name', async (row) => {
    expect(await write(venue, row)).toStrictEqual(row.expected);
  });

  test.each(replies)('$call reads $status: $name', (row) => {
    expect(read(venue, row.call, row, row.input)).toStrictEqual(row.expected);
    expect(notSaidIn(row.text, row.expected)).toEqual([]);
  });

  test.each(calls)('%s has requests, successes and failures in the table', (call) => {
    expect(requests.map((row) => row.call)).toContain(call);
    const outcomes = replies.filter((row) => row.call === call).map((row) => kindOf(row.expected));
    expect(outcomes.filter((kind) => kinds[call].includes(kind))).not.toEqual([]);
    expect(outcomes).toContain('rate-limited');
    expect(outcomes).toContain('unknown');
  });

  test.each(calls)(
    '%s reads whatever comes, and calls nothing proven by a failed reply',
    (call) => {
      const known = replies.filter((row) => row.call === call);
      const bodies = known.map((row) => row.text);
      const input = known.find((row) => row.input !== undefined)?.input;
      fc.assert(
        fc.property(status, body(bodies), (code, text) => {
          const outcome = read(venue, call, { status: code, text }, input);
          expect([...kinds[call], ...failures]).toContain(kindOf(outcome));
          expect(notSaidIn(text, outcome)).toEqual([]);
          if (code >= 300) {
            expect(proofs).not.toContain(kindOf(outcome));
            // Only that there was nothing to cancel.
            if (kindOf(outcome) === 'every') expect(outcome).toHaveProperty('replies', {});
          }
        }),
      );
    },
  );
});

/** Statuses as venues, proxies and portals send them. */
const status = fc.constantFrom(
  200,
  201,
  204,
  302,
  400,
  401,
  403,
  404,
  405,
  409,
  422,
  500,
  502,
  503,
);

/** The table's bodies, cut or with a piece of text exchanged, and arbitrary JSON. */
function body(bodies: readonly string[]): fc.Arbitrary<string> {
  const known = fc.constantFrom(...bodies);
  const cut = fc.tuple(known, fc.nat(400)).map(([text, length]) => text.slice(0, length));
  const exchanged = fc
    .tuple(
      known,
      fc.nat(400),
      fc.constantFrom('null', '0', '""', '{}', '[]', 'true', '-1', '1e999'),
    )
    .map(([text, at, piece]) => {
      const end = text.slice(at).search(/[,}\]]/);
      const start = text.lastIndexOf(':', at) + 1;
      return end < 0 ? text : text.slice(0, start) + piece + text.slice(at + end);
    });
  return fc.oneof(known, cut, exchanged, fc.json(), fc.string());
}

async function write(venue: Venue, row: RequestRow): Promise<WireRequest> {
  const request = callOf(venue, row.call).request(row.input, row.timestamp ?? 0);
  const { apiKey, apiSecret, timestamp } = row;
  if (apiKey === undefined || apiSecret === undefined || timestamp === undefined) return request;
  const sign = venue.signatures[row.signature ?? 0] ?? venue.signatures[0];
  return sign(request, await signerOf(venue, { ...row, apiKey, apiSecret, timestamp }));
}

function read(venue: Venue, call: CallName, reply: WireReply, input: unknown): unknown {
  const { status, text, retryAfter, retryAt, receivedAt, date } = reply;
  const wire = {
    status,
    text,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(retryAt !== undefined && { retryAt }),
    ...(receivedAt !== undefined && { receivedAt }),
    ...(date !== undefined && { date }),
  };
  return asTable(callOf(venue, call).read(wire, input));
}

/** JSON has no maps. */
function asTable(outcome: unknown): unknown {
  if (typeof outcome !== 'object' || outcome === null) return outcome;
  return Object.fromEntries(
    Object.entries(outcome).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Map ? Object.fromEntries<unknown>(value) : value,
    ]),
  );
}

function findCall(venue: Venue, call: CallName): Call<unknown, unknown> | undefined {
  switch (call) {
    case 'fetchPass':
      return venue.feed?.pass?.fetch;
    case 'renewPass':
      return venue.feed?.pass?.renew?.call;
    default:
      return venue[call];
  }
}

/** The table's inputs are the calls' own. */
function callOf(venue: Venue, call: CallName): Call<unknown, unknown> {
  const found = findCall(venue, call);
  if (!found) throw new Error(`the venue has no ${call}`);
  return found;
}

function kindOf(outcome: unknown): string {
  return (outcome as { kind: string }).kind;
}
