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
  /** A list of such texts, empty where nothing went wrong: the first is the message. */
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
  const listed = textsOf(at(form.errors)).filter((each) => !form.warning?.test(each));
  const [error = textOf(at(form.error)), ...others] = listed;
  const message = (form.message ?? []).map((name) => textOf(at(name)));
  return {
    code,
    message: message.find((each) => each !== undefined) ?? error,
    ...(others.length > 0 && { others }),
    data: at(form.data),
    isError: code === undefined ? error !== undefined : !/^\d*$/.test(code),
    isOwn: code !== undefined || listed.length > 0,
  };
}

const fields = v.record(v.string(), v.unknown());
const nothing: Said = { isError: false, isOwn: false };

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
