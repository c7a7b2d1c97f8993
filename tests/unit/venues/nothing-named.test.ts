import { describe, expect, test } from 'vitest';
import { venueIds } from '#lib/domain/venue-id.ts';
import type { Call } from '#lib/venues/call.ts';
import type { Venue } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';
import { fixtureOf } from '#tests/unit/support/fixtures.ts';

/**
 * At several venues a request without an id, a symbol or a list means everything: every call of every venue, with what its
 * fixture asks for made empty piece by piece, throws before there is anything to sign.
 */

const callNames = ['cancel', 'cancelBatch', 'cancelEvery', 'readOrder', 'readBatch'] as const;
type CallName = (typeof callNames)[number];

interface RequestRow {
  readonly call: CallName | 'listOpenOrders';
  readonly input?: unknown;
}

type Names = Readonly<Record<string, unknown>>;

describe.each(venueIds)('%s', (id) => {
  const venue: Venue = venues[id];
  const { requests } = fixtureOf(id) as { readonly requests: readonly RequestRow[] };
  const calls = callNames.filter((name) => venue[name] !== undefined);

  const inputsOf = (name: RequestRow['call']) =>
    requests.filter(({ call }) => call === name).map(({ input }) => input);

  const write = (name: CallName | 'listOpenOrders', input: unknown) =>
    JSON.stringify((venue[name] as Call<unknown, unknown>).request(input, 0));

  test.each(calls)('%s', (name) => {
    const inputs = inputsOf(name);
    expect(inputs).not.toEqual([]);
    for (const input of inputs) {
      const whole = write(name, input);
      for (const empty of emptied(input, whole)) {
        expect(() => write(name, empty), JSON.stringify(empty)).toThrow(TypeError);
      }
    }
  });

  test('of a list’s pages none is nameless', () => {
    for (const input of inputsOf('listOpenOrders')) {
      if (input === undefined) continue;
      expect(() => write('listOpenOrders', input)).not.toThrow();
      expect(() => write('listOpenOrders', '')).toThrow(TypeError);
    }
  });

  const { socket } = venue;
  if (socket) {
    test('by WebSocket', () => {
      const names = inputsOf('cancelBatch') as Parameters<typeof socket.cancel>[0][];
      expect(names).not.toEqual([]);
      for (const each of names) {
        const whole = socket.cancel(each, 'tag');
        for (const empty of emptied(each, whole)) {
          expect(() => socket.cancel(empty as typeof each, 'tag'), JSON.stringify(empty)).toThrow(
            TypeError,
          );
        }
      }
    });
  }
});

/** What was asked for with one thing less: an id, a list, and a symbol that the request holds. */
function emptied(input: unknown, whole: string): unknown[] {
  if (typeof input === 'string') return [''];
  if (Array.isArray(input)) {
    const elements = input as readonly Names[];
    const symbols = fieldsOf(elements[0], whole).includes('symbol') ? ['', undefined] : [];
    return [
      [],
      ...elements.flatMap((name, at) =>
        withoutOne(name, ['orderId']).map((less) => elements.with(at, less)),
      ),
      // Of several it may be named once.
      ...symbols.map((symbol) => elements.map((name) => having(name, 'symbol', symbol))),
    ];
  }
  // The scope of all: it has none.
  if (input === undefined) return [];
  const name = input as Names;
  return withoutOne(name, fieldsOf(name, whole));
}

const nameFields = ['orderId', 'clientOrderId', 'symbol'];

function fieldsOf(name: Names | undefined, whole: string): string[] {
  return nameFields.filter((field) => {
    const value = name?.[field];
    // Percent-encoded or in JSON: what every way of writing leaves as it is.
    const plain = typeof value === 'string' ? /^[\w.~-]+/.exec(value)?.[0] : undefined;
    return plain !== undefined && whole.includes(plain);
  });
}

function withoutOne(name: Names, fields: readonly string[]): Names[] {
  return fields.flatMap((field) => ['', undefined].map((value) => having(name, field, value)));
}

function having(name: Names, field: string, value: string | undefined): Names {
  return { ...name, [field]: value };
}
