import { describe, expect, test } from 'vitest';
import { venueIds } from '#lib/domain/venue-id.ts';
import { bounds } from '#lib/venues/bounds.ts';
import type { Call } from '#lib/venues/call.ts';
import { hasUnseen } from '#lib/venues/safe-text.ts';
import type { Venue } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';
import { createAccountClient } from '#lib/worker/network/account-client.ts';
import { createClocks } from '#lib/worker/network/clock.ts';
import { fixtureOf } from '#tests/unit/support/fixtures.ts';
import { noNonces } from '#tests/unit/support/no-nonces.ts';

/**
 * Whatever a venue answers, of any size, depth or sign: each of its calls ends, says what it makes of it, and keeps no more of it
 * than the bounds allow. How many bytes are read `readBody` decides by the bound it is given, so that is what is looked at here.
 */

const names = [
  'cancel',
  'cancelBatch',
  'cancelEvery',
  'readOrder',
  'readBatch',
  'listOpenOrders',
  'readTime',
] as const;

interface Row {
  readonly call: string;
  readonly status: number;
  readonly text: string;
  readonly input?: unknown;
}

/** Every call of the venue, with what its table asks and is answered. */
function callsOf(id: (typeof venueIds)[number]) {
  const venue: Venue = venues[id];
  const { replies, requests } = fixtureOf(id) as Record<'replies' | 'requests', readonly Row[]>;
  const calls = [
    ...names.map((name) => [name, venue[name]] as const),
    ['fetchPass', venue.feed?.pass?.fetch] as const,
    ['renewPass', venue.feed?.pass?.renew?.call] as const,
  ];
  return calls.flatMap(([name, call]) => {
    if (!call) return [];
    const rows = replies.filter((row) => row.call === name);
    const input = [...rows, ...requests.filter((row) => row.call === name)].find(
      (row) => row.input !== undefined,
    )?.input;
    // The table's inputs are the calls' own.
    const any: Call<unknown, unknown> = call;
    return [{ name, call: any, rows, input }];
  });
}

/** An account whose venue answers as is told; of more bytes than are read no text comes, as from `readBody`. */
async function accountAt(venue: Venue) {
  const read: number[] = [];
  let answer = { status: 200, text: '' };
  const credentials = { apiKey: 'key', apiSecret: 'c2VjcmV0LW9mLW1pbmU=' };
  const client = await createAccountClient(venue, 'https://api.example', credentials, {
    environment: 'live',
    nonces: noNonces,
    transport: {
      send(_, __, most) {
        read.push(most);
        const { status, text } = answer;
        const isTooLong = Buffer.byteLength(text) > most;
        return Promise.resolve({
          status,
          headers: new Headers(),
          text: isTooLong ? undefined : text,
        });
      },
      openSocket: () => expect.unreachable('nothing is opened'),
    },
    clocks: createClocks({}, () => undefined),
    signing: { chosen: 0, choose: () => {} },
    onUsage: () => {},
  });
  const tell = (status: number, text: string) => (answer = { status, text });
  return { client, read, tell };
}

/** Every text in it, at any depth. */
function textsIn(outcome: unknown): string[] {
  if (typeof outcome === 'string') return [outcome];
  if (typeof outcome !== 'object' || outcome === null) return [];
  const parts = outcome instanceof Map ? [...outcome.entries()] : Object.values(outcome);
  return parts.flatMap(textsIn);
}

function expectBounded(outcome: unknown, how: string): void {
  expect(outcome, how).toHaveProperty('kind');
  expect(outcome, how).not.toMatchObject({ note: { code: 'inside' } });
  const odd = textsIn(outcome).filter((text) => text.length > bounds.cursor || hasUnseen(text));
  expect(odd, how).toEqual([]);
}

/** In the place of a value. */
const odd: readonly (readonly [name: string, json: string])[] = [
  ['a number of 2,000 digits', '9'.repeat(2000)],
  ['as many behind the point', `0.${'3'.repeat(2000)}`],
  ['a number beyond all', '1e99999'],
  ['a number below all', '-1e-99999'],
  ['a text of 2,000 signs', `"${'x'.repeat(2000)}"`],
  ['half of a pair', '"\\ud800"'],
  ['a NUL', '"1\\u0000"'],
  ['what turns the writing round', '"\\u202e1"'],
  ['a list of 100', `[${'{},'.repeat(99)}{}]`],
  ['a nest', '['.repeat(500) + ']'.repeat(500)],
  ['__proto__', '{"__proto__":{"kind":"cancelled"},"constructor":7,"toString":null}'],
];

/** Of each call so many, from all over its table. */
const mostPlaces = 40;

/** What stands before each value of these replies, and behind it. */
function placesIn(rows: readonly Row[]) {
  const places = rows.flatMap(({ status, text }) =>
    [...text.matchAll(value)].map(({ index, 0: { length } }) => ({
      status,
      before: text.slice(0, index),
      behind: text.slice(index + length),
    })),
  );
  const step = Math.max(1, places.length / mostPlaces);
  return places.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

const value = /(?<=[:[,]\s*)(?:"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d[\d.eE+-]*|true|false|null)/g;

describe.each(venueIds)('%s', (id) => {
  const calls = callsOf(id);
  const venue: Venue = venues[id];

  test.each(calls)('$name: any value of it may be anything', async ({ call, rows, input }) => {
    const { client, tell } = await accountAt(venue);
    for (const { status, before, behind } of placesIn(rows)) {
      for (const [name, json] of odd) {
        tell(status, before + json + behind);
        const outcome = await client.call(call, input);
        expectBounded(outcome, `${name}: ${before}`);
      }
    }
  });

  const whole: readonly (readonly [name: string, text: string])[] = [
    ['50 MB', ' '.repeat(50_000_000)],
    ['a million orders', `[${'{},'.repeat(1_000_000)}{}]`],
    ['nested 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['nested and cut', '{"data":'.repeat(100_000)],
    ['a number of a million digits', '9'.repeat(1_000_000)],
    ['a text that nothing closes', `"${'\\"'.repeat(30_000)}`],
    ['nothing but commas', `[${','.repeat(100_000)}]`],
  ];

  test.each(calls)('$name: no more is read than the bound, and it is said', async (each) => {
    const { client, read, tell } = await accountAt(venue);
    for (const [name, text] of whole) {
      tell(200, text);
      const outcome = await client.call(each.call, each.input);
      expect(outcome, name).toMatchObject({ kind: 'unknown', note: { status: 200 } });
    }
    expect(new Set(read)).toEqual(new Set([each.call.join ? bounds.list : bounds.reply]));
  });

  test('the reading of its clock is bound too', async () => {
    const { client, read, tell } = await accountAt(venue);
    tell(200, ' '.repeat(bounds.reply + 1));
    expect(await client.measureClock()).toMatchObject({ kind: 'unknown' });
    expect(read).toEqual([bounds.reply]);
  });
});
