import * as fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { parseJson } from '#lib/venues/json.ts';
import { orderId } from '#lib/venues/order-schema.ts';

test.each([
  ['{"id":9007199254740993}', { id: '9007199254740993' }],
  [
    '[0.1234567890123456789,1e-7,1E5,-0,0.10]',
    ['0.1234567890123456789', '1e-7', '1E5', '-0', '0.10'],
  ],
  ['[1e999]', ['1e999']],
  ['{"a":{"b":[1,{"c":2}]}}', { a: { b: ['1', { c: '2' }] } }],
  ['["1",true,null,""]', ['1', true, null, '']],
  ['1', '1'],
  [' null ', null],
])('%s', (text, expected) => {
  expect(parseJson(text)).toEqual(expected);
});

test.each(['', ' ', '{', '{"a":01}', '{a:1}', 'NaN', '<html></html>', '\u0000', '{"a":1}x'])(
  '%j is no JSON',
  (text) => {
    expect(parseJson(text)).toBeUndefined();
  },
);

test('an id of up to 40 digits survives as number and as text', () => {
  const digits = fc.stringMatching(/^[1-9]\d{0,39}$/);
  fc.assert(
    fc.property(digits, (id) => {
      const schema = v.object({ id: orderId });
      expect(v.parse(schema, parseJson(`{"id":${id}}`)).id).toBe(id);
      expect(v.parse(schema, parseJson(`{"id":"${id}"}`)).id).toBe(id);
    }),
  );
});

test('what holds no number is read as JSON.parse reads it', () => {
  const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      fc.constantFrom(null, true, false),
      fc.string(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(values, (value) => {
      const text = JSON.stringify(value);
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
  );
});
