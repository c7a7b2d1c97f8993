import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encoded, get, named, post, remove, segment, some } from '#lib/venues/requests.ts';

describe('a request', () => {
  test.each([
    ['without anything', get('/time'), { method: 'GET', path: '/time', headers: {} }],
    [
      'with a query, in its order',
      remove('/order', { query: { symbol: 'BTC/USD', id: '7' } }),
      { method: 'DELETE', path: '/order', query: 'symbol=BTC%2FUSD&id=7', headers: {} },
    ],
    [
      'with a form',
      post('/cancel', { form: { nonce: '1', txid: 'O-1 2' } }),
      {
        method: 'POST',
        path: '/cancel',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'nonce=1&txid=O-1%202',
      },
    ],
    [
      'with JSON',
      post('/cancel', { json: { ids: ['a', '"b"'], depth: 0, isLast: false } }),
      {
        method: 'POST',
        path: '/cancel',
        headers: { 'Content-Type': 'application/json' },
        body: String.raw`{"ids":["a","\"b\""],"depth":0,"isLast":false}`,
      },
    ],
    [
      'with headers of its own',
      post('/cancel', { json: ['1'], headers: { 'Content-Type': 'text/json', Accept: '*/*' } }),
      {
        method: 'POST',
        path: '/cancel',
        headers: { 'Content-Type': 'text/json', Accept: '*/*' },
        body: '["1"]',
      },
    ],
  ])('%s', (_, request, expected) => {
    expect(request).toStrictEqual(expected);
  });
});

describe('what is signed is what is sent', () => {
  test.each([
    ["a'b", 'a%27b'],
    ['a!b(c)*', 'a%21b%28c%29%2A'],
    ['a b+c&d=e', 'a%20b%2Bc%26d%3De'],
    ['A-z_0.9~', 'A-z_0.9~'],
    ['é这', '%C3%A9%E8%BF%99'],
  ])('%s is %s', (text, expected) => {
    expect(encoded(text)).toBe(expected);
  });

  const text = fc.string({ unit: 'grapheme', minLength: 1 });

  test('no browser changes a query, and it says what it was made of', () => {
    fc.assert(
      fc.property(text, text, (one, two) => {
        const { path, query = '' } = get('/order', { query: { one, two } });
        const url = new URL(`https://api.example${path}?${query}`);
        expect(url.search).toBe(`?${query}`);
        expect([...url.searchParams]).toEqual([
          ['one', one],
          ['two', two],
        ]);
      }),
    );
  });

  test('nor a path, which stays as deep as it was', () => {
    const id = text.filter((each) => each !== '.' && each !== '..');
    fc.assert(
      fc.property(id, (each) => {
        const path = `/orders/${segment(each)}/x`;
        expect(new URL(`https://api.example${path}`).pathname).toBe(path);
      }),
    );
  });
});

const nothing = [undefined, ''] as const;

describe('what names nothing is thrown', () => {
  test.each([
    ...nothing.flatMap((name): [string, () => unknown][] => [
      [`${name} in a query`, () => get('/order', { query: { symbol: 'A', id: name } })],
      [`${name} in a form`, () => post('/order', { form: { symbol: 'A', id: name } })],
      [`${name} in JSON`, () => post('/order', { json: { id: name } })],
      [`${name} in a list`, () => post('/order', { json: { ids: ['1', name] } })],
      [`${name} deep in JSON`, () => post('/order', { json: [{ a: { b: [{ id: name }] } }] })],
      [`${name} in a path`, () => segment(name)],
      [`${name} as a value`, () => encoded(name)],
      [`${name} by hand`, () => named(name)],
    ]),
    ['null in JSON', () => post('/order', { json: { id: null } })],
    ['no number in JSON', () => post('/order', { json: { id: Number.NaN } })],
    ['an empty list in JSON', () => post('/order', { json: { ids: [] } })],
    ['an empty list as JSON', () => post('/order', { json: [] })],
    ['an empty object in JSON', () => post('/order', { json: [{}] })],
    ['an empty list by hand', () => some([])],
    ['a step within a path', () => segment('.')],
    ['a step out of a path', () => segment('..')],
  ])('%s', (_, make) => {
    expect(make).toThrow(TypeError);
  });

  test('and nothing else', () => {
    expect(named('0')).toBe('0');
    expect(some(['0'])).toEqual(['0']);
    expect(segment('...')).toBe('...');
  });
});
