import { describe, expect, test } from 'vitest';
import { readSaid, type EnvelopeForm, type Said } from '#lib/venues/envelope.ts';

const coded: EnvelopeForm = { code: 'code', message: ['msg', 'message'], error: 'error' };
const listed: EnvelopeForm = { errors: 'error', warning: /^W/, data: 'result' };

const said = (told: Partial<Said>): Said => ({
  code: undefined,
  message: undefined,
  data: undefined,
  isError: false,
  isOwn: false,
  ...told,
});

describe('an envelope with a code', () => {
  test.each<[unknown, Partial<Said>]>([
    [
      { code: '-2011', msg: 'No' },
      { code: '-2011', message: 'No', isError: true, isOwn: true },
    ],
    [
      { code: 'BUSY', message: 'No' },
      { code: 'BUSY', message: 'No', isError: true, isOwn: true },
    ],
    [
      { code: '200', msg: 'done.' },
      { code: '200', message: 'done.', isOwn: true },
    ],
    [
      { code: '', msg: 'done.' },
      { code: '', message: 'done.', isOwn: true },
    ],
    [{ msg: null, message: 'Forbidden' }, { message: 'Forbidden' }],
    [{ error: 'Forbidden' }, { message: 'Forbidden', isError: true }],
    [
      { error: 'No', msg: 'Why' },
      { message: 'Why', isError: true },
    ],
    [{ error: { code: '1' }, code: null }, {}],
    [{ error: ['No'] }, {}],
    [{ orderId: '1', status: 'NEW' }, {}],
    [[{ code: '-1' }], {}],
  ])('%j', (body, expected) => {
    expect(readSaid(coded, body)).toEqual(said(expected));
  });
});

describe('an envelope with a list of errors', () => {
  test.each<[unknown, Partial<Said>]>([
    [{ error: [], result: { count: '1' } }, { data: { count: '1' } }],
    [{ error: ['EAPI:Invalid key'] }, { message: 'EAPI:Invalid key', isError: true, isOwn: true }],
    [
      { error: ['EA:1', 'EB:2'] },
      { message: 'EA:1', others: ['EB:2'], isError: true, isOwn: true },
    ],
    [
      { error: ['WA:1'], result: {} },
      { data: {}, hasWarning: true },
    ],
    [
      { error: ['WA:1', 'EB:2'] },
      { message: 'EB:2', hasWarning: true, isError: true, isOwn: true },
    ],
    // Of what is no text nobody knows what it says.
    [
      { error: [null, {}], result: {} },
      { data: {}, isUnclear: true, isError: true, isOwn: true },
    ],
    [
      { error: [{ code: 'EA:1' }, 'EB:2'] },
      { message: 'EB:2', isUnclear: true, isError: true, isOwn: true },
    ],
    [
      { error: { code: 'EA:1' }, result: {} },
      { isUnclear: true, isError: true },
    ],
    [
      { error: true, result: {} },
      { isUnclear: true, isError: true },
    ],
    // A single one may stand without its list, and then data are none.
    [
      { error: 'EA:1', result: {} },
      { message: 'EA:1', isError: true },
    ],
    [{ error: 'WA:1', result: {} }, { hasWarning: true }],
    [{ error: '', result: {} }, {}],
    [{ error: null, result: {} }, {}],
    [{ result: {} }, {}],
    [{ code: '-1', msg: 'of another form' }, {}],
  ])('%j', (body, expected) => {
    expect(readSaid(listed, body)).toEqual(said(expected));
  });
});

test.each([undefined, null, 'text', '-1', true])('%j says nothing', (body) => {
  expect(readSaid(coded, body)).toEqual({ isError: false, isOwn: false });
});
