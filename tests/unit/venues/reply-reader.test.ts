import { expect, test } from 'vitest';
import { toBatch, toCancel, toFailure, toReading } from '#lib/venues/error-table.ts';
import { readerOf } from '#lib/venues/reply-reader.ts';

const { problemOf, read, said } = readerOf(
  { code: 'code', message: ['msg'], data: 'data' },
  { waits: { limit: 1000 }, rows: [['-1', 'not-found']] },
);

const held = (body: unknown, { data }: { readonly data?: unknown }) =>
  data === undefined ? undefined : { kind: 'held', body, data };

test.each<[number, unknown, object]>([
  [200, { data: 7 }, { kind: 'held', body: { data: '7' }, data: '7' }],
  [200, { other: 7 }, { kind: 'unknown', note: { code: 'not-json', status: 200 } }],
  [200, 'no JSON', { kind: 'unknown', note: { code: 'not-json', status: 200 } }],
  [400, { code: -1, data: 7 }, { kind: 'claimed', claim: 'not-found' }],
  [502, { data: 7 }, { kind: 'unknown' }],
])('%i %j', (status, body, expected) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  expect(read({ status, text }, toCancel, held)).toMatchObject(expected);
});

test('what went wrong is for the call to make something of', () => {
  const reply = { status: 200, text: '{"code":-1}' };
  expect(read(reply, toFailure, held)).toMatchObject({ kind: 'refused', reason: 'unexpected' });
  expect(read(reply, toReading, held)).toMatchObject({ reading: { status: 'not-found' } });
  expect(read(reply, toBatch, held)).toMatchObject({ kind: 'unknown' });
});

test('an element is read by itself', () => {
  const element = said({ code: '-1', msg: 'No' });
  expect(problemOf({ status: 200, text: '[…]' }, element)).toMatchObject({ claim: 'not-found' });
  expect(problemOf({ status: 200, text: '[…]' }, said(null))).toBeUndefined();
});
