/**
 * Records of earlier versions have one field, `words`, for what the venue said and for what Pullcord itself had to say. Which of
 * the two it was cannot be told any more: it becomes a note, which is shown without a speaker. Here alone that field is known.
 */
export function openedOf<T>(table: string, record: T): T {
  switch (table) {
    case 'cancellations':
      return parted(record);
    case 'accounts':
      return within(record, 'lastTest', (test) => within(test, 'result', parted));
    case 'orders':
      return within(record, 'trouble', parted);
    case 'sweeps':
      return within(record, 'sweep', (sweep) =>
        within(sweep, 'accounts', (accounts) =>
          Array.isArray(accounts)
            ? accounts.map((each: unknown) =>
                within(within(each, 'trouble', parted), 'failure', noted),
              )
            : accounts,
        ),
      );
    default:
      return record;
  }
}

/** Why an account of a sweep was left was a sentence. */
function noted(failure: unknown): unknown {
  return typeof failure === 'string' ? earlier(failure) : failure;
}

function earlier(text: string) {
  return { code: 'earlier', text };
}

function parted<T>(record: T): T {
  if (!isRecord(record) || typeof record.words !== 'string') return record;
  const { words, ...others } = record;
  return (words === '' ? others : { ...others, note: earlier(words) }) as T;
}

/** The record with one of its fields changed, where it has that. */
function within<T>(record: T, name: string, change: (value: unknown) => unknown): T {
  return isRecord(record) && record[name] !== undefined
    ? { ...record, [name]: change(record[name]) }
    : record;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
