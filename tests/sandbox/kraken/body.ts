import { tryParseJson } from '#tests/sandbox/shared/json.ts';
import type { VenueRequest } from '#tests/sandbox/shared/venue.ts';

type Body = Pick<VenueRequest, 'body' | 'headers'>;

export const isJson = ({ headers }: Body): boolean =>
  /^application\/json\b/.test(headers['content-type'] ?? '');

/** The single values of a body, which is a form unless it says that it is JSON (fact sheet, "Signing"). */
export function fieldsOf(request: Body): Readonly<Record<string, string>> {
  if (!isJson(request)) return Object.fromEntries(new URLSearchParams(request.body));
  return Object.fromEntries(
    Object.entries(objectOf(request)).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );
}

/** The texts of a list in a JSON body; undefined where there is no such list. */
export function listOf(request: Body, name: string): readonly string[] | undefined {
  const list = isJson(request) ? objectOf(request)[name] : undefined;
  if (!Array.isArray(list)) return undefined;
  return list.map((each: unknown) =>
    typeof each === 'string' || typeof each === 'number' ? String(each) : '',
  );
}

function objectOf({ body }: Body): Readonly<Record<string, unknown>> {
  const parsed = tryParseJson(body);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}
