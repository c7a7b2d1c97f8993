import * as v from 'valibot';

/** What a reply, or one element of a batch's reply, says beside orders. */
export interface Said {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** What else it says went wrong, each by itself, as it is quoted. */
  readonly others?: readonly string[];
  readonly data?: unknown;
  /** It says that something went wrong. Without it, an error's status alone does. */
  readonly isError: boolean;
  /** What stands in the place of errors is no text: of nothing that comes with it is it known what it is worth. */
  readonly isUnclear?: true;
  /** Something did go wrong, of which the venue makes no error. */
  readonly hasWarning?: true;
  /** The venue's own: every documented error is. `{"message":"Forbidden"}` alone is what gateways say, who know no orders. */
  readonly isOwn: boolean;
}

/** By which names a venue says it: `{ code: 'code', message: ['msg'] }`, `{ errors: 'error', data: 'result' }`. */
export interface EnvelopeForm {
  /** A negative or a worded code is an error, a plain number may be a success: `{"code":200,"msg":"…done."}`. */
  readonly code?: string;
  /** The first that is a text. */
  readonly message?: readonly string[];
  /** A text that stands there in errors alone, and is the message where there is no other. */
  readonly error?: string;
  /** A list of such texts, empty where nothing went wrong: the first is the message. Where there is no list, data prove nothing. */
  readonly errors?: string;
  /** Texts in that list that are no errors. */
  readonly warning?: RegExp;
  readonly data?: string;
}

/** What is no object says nothing, which is no error. */
export function readSaid(form: EnvelopeForm, body: unknown): Said {
  const parsed = v.safeParse(fields, body);
  if (!parsed.success) return nothing;
  const at = (name: string | undefined) => (name === undefined ? undefined : parsed.output[name]);
  const code = textOf(at(form.code));
  const list = at(form.errors);
  const listed = elementsOf(list);
  const texts = listed.filter((each) => typeof each === 'string');
  const errors = texts.filter((each) => !form.warning?.test(each));
  const isUnclear = texts.length < listed.length;
  const hasList = Array.isArray(list);
  const [error = textOf(at(form.error)), ...others] = errors;
  const message = (form.message ?? []).map((name) => textOf(at(name)));
  return {
    code,
    message: message.find((each) => each !== undefined) ?? error,
    ...(others.length > 0 && { others }),
    data: hasList || form.errors === undefined ? at(form.data) : undefined,
    ...(isUnclear && { isUnclear }),
    ...(errors.length < texts.length && { hasWarning: true as const }),
    isError: isUnclear || (code === undefined ? error !== undefined : !/^\d*$/.test(code)),
    isOwn: code !== undefined || (hasList && (isUnclear || errors.length > 0)),
  };
}

const fields = v.record(v.string(), v.unknown());
const nothing: Said = { isError: false, isOwn: false };

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A single one may stand without its list. */
function elementsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === '' ? [] : [value];
}
