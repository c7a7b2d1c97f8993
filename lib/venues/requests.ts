import type { WireRequest } from './wire.ts';

/**
 * How adapters write requests. At many venues an id, a symbol or a list that is absent or empty means "all of them": so nothing
 * that is named here may be. Whatever is, at any depth, is a programming error, and thrown before anything is signed. What may
 * be left out has no name either: `...optional('c', cursor)`.
 */
interface Parts {
  readonly query?: Fields;
  /** A body `name=value&name=value`, with its `Content-Type`. */
  readonly form?: Fields;
  /** A body in JSON, with its `Content-Type`. */
  readonly json?: unknown;
  /** Beside `Content-Type`; or in its place. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** In the order in which they are sent. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** `path` is sent as it is: an id in it goes through `segment`. */
export function get(path: string, parts: Parts = {}): WireRequest {
  return request('GET', path, parts);
}

export function post(path: string, parts: Parts = {}): WireRequest {
  return request('POST', path, parts);
}

/** DELETE. */
export function remove(path: string, parts: Parts = {}): WireRequest {
  return request('DELETE', path, parts);
}

function request(
  method: WireRequest['method'],
  path: string,
  { query, form, json, headers = {} }: Parts,
): WireRequest {
  return {
    method,
    path,
    ...(query && { query: parameters(query) }),
    headers: {
      ...(form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...(json !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(form && { body: parameters(form) }),
    ...(json !== undefined && { body: jsonText(json) }),
  };
}

function parameters(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join('&');
}

/**
 * Percent-encoded down to letters, digits and `-._~`. What is signed must be what is sent, and of what `encodeURIComponent`
 * leaves a browser would encode the quote.
 */
export function encoded(text: string | undefined): string {
  return encodeURIComponent(named(text)).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The same within a path, where `.` and `..` would be taken for steps, however they are written. */
export function segment(text: string | undefined): string {
  if (text === '.' || text === '..') throw new TypeError('no name within a path');
  return encoded(text);
}

/** An id or a symbol that a request must name, for what is written by hand. */
export function named(text: string | undefined): string {
  if (typeof text === 'string' && text !== '') return text;
  throw new TypeError('a request without the name of what it is about');
}

/** The same for a list: one that names nothing. */
export function some<Item>(list: readonly Item[]): readonly Item[] {
  if (list.length > 0) return list;
  throw new TypeError('a request that names nothing');
}

function jsonText(value: unknown): string {
  expectWhole(value);
  return JSON.stringify(value);
}

function expectWhole(value: unknown): void {
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value === 'boolean') return;
  if (typeof value === 'object' && value !== null) {
    for (const each of some(Object.values(value))) expectWhole(each);
  } else named(value as string | undefined);
}
