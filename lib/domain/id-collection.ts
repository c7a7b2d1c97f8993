import { idKey, longestId, withHyphens } from './id-shapes.ts';

export interface FoundIds {
  /** In the order in which they stand there, each once, at most `mostIds`. */
  readonly ids: readonly string[];
  /** There were more. */
  readonly more: boolean;
  /** The text is one id and nothing else. */
  readonly isAlone: boolean;
  /** What looks like an id and is not understood as one; at most `mostDoubts`. */
  readonly doubtful: readonly DoubtfulId[];
  /** Long numbers as a sheet shows them: `2.69475E+10`; at most `mostDoubts`. */
  readonly rounded: readonly string[];
}

export interface DoubtfulId {
  /** At most a hundred signs of it. */
  readonly text: string;
  /** Known ids that are a part of it. */
  readonly pieces: readonly string[];
}

/** What is known of the open orders. */
export interface KnownIds {
  readonly has: (id: string) => boolean;
  /** Whether these letters and digits, in lower case, are an open order's symbol, or its beginning or end. */
  readonly isSymbol: (plain: string) => boolean;
}

export const mostIds = 50;
const mostDoubts = 5;

export type IdCollection = ReturnType<typeof collectIds>;

/** What is found in a text, until all of it has been read. */
export function collectIds(known: KnownIds) {
  const ids = new Map<string, { readonly id: string; readonly isGrouped: boolean }>();
  const doubtful = new Map<string, DoubtfulId>();
  const rounded = new Set<string>();
  /** Moments and the like: they are ids only where nothing else is. */
  const unlikely = new Set<string>();
  let more = false;

  function add(written: string, isGrouped = false): void {
    const id = known.has(written) ? written : withHyphens(written);
    const key = idKey(id);
    if (ids.has(key) && !(ids.get(key)?.isGrouped && !isGrouped)) return;
    if (ids.size === mostIds && !ids.has(key)) more = true;
    else ids.set(key, { id, isGrouped });
  }

  /** Beside an id that is written without thousands separators, a number with them is an amount, unless it is as long. */
  function withoutAmounts(): string[] {
    const all = [...ids.values()];
    const lengths = new Set(
      all.filter(({ id, isGrouped }) => !isGrouped && known.has(id)).map(({ id }) => id.length),
    );
    return all
      .filter(
        ({ id, isGrouped }) =>
          !isGrouped || known.has(id) || lengths.size === 0 || lengths.has(id.length),
      )
      .map(({ id }) => id);
  }

  return {
    known,
    add: (id: string) => add(id),
    addGrouped: (id: string) => add(id, true),
    addUnlikely(id: string): void {
      if (unlikely.size < mostIds) unlikely.add(id);
    },
    addRounded(text: string): void {
      if (rounded.size < mostDoubts) rounded.add(text);
    },
    doubt(text: string, pieces: readonly string[]): void {
      if (doubtful.size === mostDoubts) return;
      const cut = text.slice(0, longestId).replace(/\s+/g, ' ');
      const bearing = [...new Set(pieces.filter((piece) => known.has(piece)))];
      const before = doubtful.get(cut)?.pieces ?? [];
      doubtful.set(cut, { text: cut, pieces: [...new Set([...before, ...bearing])] });
    },
    /** The whole text is an id of a form that nobody knows; that it may hold another one is then no matter. */
    takeWhole(id: string): void {
      if ([...doubtful.values()].some(({ pieces }) => pieces.length > 0)) return;
      doubtful.clear();
      add(id);
    },
    has: (id: string) => ids.has(idKey(id)),
    isFull: () => more,
    isEmpty: () => ids.size + unlikely.size + rounded.size === 0,
    result(isAlone: boolean): FoundIds {
      const certain = withoutAmounts();
      const others = certain.length + doubtful.size + rounded.size > 0 ? [] : unlikely;
      return {
        ids: [...certain, ...others],
        more,
        isAlone,
        doubtful: [...doubtful.values()],
        rounded: [...rounded],
      };
    },
  };
}
