import { unwrap } from 'idb';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import type { Order } from '#lib/domain/order.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import type { SealedRecord, Sealer } from '#lib/worker/vault/sealing.ts';
import { openedOf } from './earlier-words.ts';
import { database } from './database.ts';

/** A cancellation and the row it stands in: rows count up, so the highest is the newest. */
export interface CancellationRow {
  readonly row: number;
  readonly cancellation: Cancellation;
  /** The trigger orders that may have gone with it or with others of its time, until that has been looked for. */
  readonly attached?: readonly Order[];
}

/** A row of the history; without its cancellation where it does not open. */
export type HistoryEntry = Pick<CancellationRow, 'row'> & Partial<CancellationRow>;

/** Journal and history: every cancellation from before its first sending, for ever. */
export interface CancellationStore {
  /**
   * Writes new cancellations into rows of their own, in this order: all of them or none. Resolves when they stand there.
   */
  addAll(cancellations: readonly Cancellation[]): Promise<number[]>;
  /** They have never been: of what has just been added, before anything has come of it. */
  takeBack(rows: readonly number[]): Promise<void>;
  /**
   * Resolves when this state, or a later one of the same row, is written. What comes while a write is under way is
   * written together in the next one.
   */
  update(row: CancellationRow): Promise<void>;
  /** The row that the next new cancellation will stand in. */
  nextRow(): number;
  /**
   * What the worker has to take up when it starts: what has not ended, and what has but has `attached`. A row that does not
   * open is never taken up.
   */
  unfinished(): Promise<CancellationRow[]>;
  /** These, which do not open, count as unfinished no more. What they hold stays. */
  giveUp(rows: readonly number[]): Promise<void>;
  /** All that open from row `first` on, oldest first. */
  since(first: number): Promise<CancellationRow[]>;
  /**
   * Newest first, older than row `before` and no older than row `from`; where there is a predicate, only what matches. Rows
   * are handed to that from the newest on.
   */
  page(limit: number, before?: number, matches?: Matches, from?: number): Promise<HistoryEntry[]>;
}

/** What a row holds. */
type Sealed = Cancellation & Pick<CancellationRow, 'attached'>;

type Matches = (cancellation: Cancellation) => boolean;

/** Updates that are to be written in one transaction: of each row the latest. */
interface Updates {
  readonly rows: Map<number, CancellationRow>;
  readonly done: PromiseWithResolvers<void>;
}

const store = 'cancellations';

/** Rows in one transaction of updates: a new cancellation's row must not wait for thousands of them. */
const mostUpdates = 200;

/** How many rows are read at a time where a search goes through them; few at first, since what is sought is often new. */
const firstChunk = 200;
const largestChunk = 2000;

/** The mark of a row that has not ended, and of one that has but has `attached`. It is not sealed. */
const marks = { going: 1, attached: 2 } as const;

/** How many cancellations have not ended. */
export async function countUnfinished(): Promise<number> {
  return (await database()).countFromIndex(store, 'unfinished', marks.going);
}

/** Whether there is anything that the worker has to take up. */
export async function hasLeftRows(): Promise<boolean> {
  return (await (await database()).countFromIndex(store, 'unfinished')) > 0;
}

/** `onDamaged` hears of each unfinished row that does not open. */
export async function cancellationStore(
  sealer: Sealer,
  onDamaged?: (row: number) => void,
): Promise<CancellationStore> {
  // The worker alone writes, and one at a time lives: a counter in memory is enough.
  const newest = await (await database()).transaction(store).store.openKeyCursor(null, 'prev');
  let lastRow = newest?.key ?? 0;
  const queue: Updates[] = [];
  let isWriting = false;

  /** In one transaction; sealed before it, since it would end while it waited for that. */
  async function write(rows: readonly CancellationRow[]): Promise<void> {
    const sealed = await Promise.all(
      rows.map(async ({ row, cancellation, attached }) => {
        const record = await sealer.seal(
          store,
          row,
          attached ? { ...cancellation, attached } : cancellation,
        );
        if (!hasEnded(cancellation)) return { ...record, unfinished: marks.going };
        return attached ? { ...record, unfinished: marks.attached } : record;
      }),
    );
    const transaction = (await database()).transaction(store, 'readwrite', {
      durability: 'relaxed',
    });
    // The bare store: a promise for each of 10,000 rows is of no use, since all stand or fall with the transaction.
    const table = unwrap(transaction.store);
    for (const [index, record] of sealed.entries()) table.put(record, rows[index]?.row);
    // Not waiting for the browser to find out that nothing more is asked for.
    transaction.commit();
    await transaction.done;
  }

  async function writeUpdates(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    // What is decided in the same turn goes along.
    await Promise.resolve();
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { rows, done } = next;
      await write([...rows.values()]).then(done.resolve, done.reject);
    }
    isWriting = false;
  }

  /** From `first` to before `end`, oldest first. */
  async function read(first: number, end: number): Promise<HistoryEntry[]> {
    // Of nothing there is no range.
    if (first >= end) return [];
    const range = IDBKeyRange.bound(first, end, false, true);
    const { store: table } = (await database()).transaction(store);
    const [rows, records] = await Promise.all([table.getAllKeys(range), table.getAll(range)]);
    return openAll(rows, records);
  }

  function openAll(
    rows: readonly number[],
    records: readonly SealedRecord[],
  ): Promise<HistoryEntry[]> {
    return Promise.all(
      records.map(async (record, index) => {
        const row = rows[index] ?? 0;
        try {
          const opened = await sealer.open<Sealed>(store, row, record);
          const { attached, ...cancellation } = openedOf(store, opened);
          return { row, cancellation, ...(attached && { attached }) };
        } catch {
          return { row };
        }
      }),
    );
  }

  return {
    async addAll(cancellations) {
      const added = cancellations.map((cancellation) => ({ row: ++lastRow, cancellation }));
      if (added.length > 0) await write(added);
      return added.map(({ row }) => row);
    },
    async takeBack(rows) {
      const { store: table, done } = (await database()).transaction(store, 'readwrite');
      await Promise.all([...rows.map((row) => table.delete(row)), done]);
    },
    update(changed) {
      let updates = queue.at(-1);
      if (!updates || updates.rows.size >= mostUpdates) {
        updates = { rows: new Map(), done: Promise.withResolvers() };
        queue.push(updates);
      }
      updates.rows.set(changed.row, changed);
      void writeUpdates();
      return updates.done.promise;
    },
    nextRow: () => lastRow + 1,
    async unfinished() {
      const index = (await database()).transaction(store).store.index('unfinished');
      const [rows, records] = await Promise.all([index.getAllKeys(), index.getAll()]);
      const all = await openAll(rows, records);
      for (const { row, cancellation } of all) if (!cancellation) onDamaged?.(row);
      return all.filter(isReadable);
    },
    async giveUp(rows) {
      const { store: table, done } = (await database()).transaction(store, 'readwrite');
      await Promise.all(
        rows.map(async (row) => {
          const record = await table.get(row);
          if (!record) return;
          const { unfinished: _, ...others } = record;
          await table.put(others, row);
        }),
      );
      await done;
    },
    since: async (first) => (await read(first, lastRow + 1)).filter(isReadable),
    async page(limit, before = Infinity, matches, from = 1) {
      const found: HistoryEntry[] = [];
      let end = Math.min(before, lastRow + 1);
      // Rows are a counter, so the ones before are named without a cursor; some numbers may be missing.
      let chunk = matches ? Math.max(limit, firstChunk) : limit;
      while (end > from && found.length < limit) {
        const first = Math.max(end - chunk, from);
        const rows = (await read(first, end)).toReversed();
        found.push(
          ...(matches
            ? rows.filter(({ cancellation }) => cancellation && matches(cancellation))
            : rows),
        );
        end = first;
        chunk = Math.min(chunk * 2, largestChunk);
      }
      return found.slice(0, limit);
    },
  };
}

function isReadable(entry: HistoryEntry): entry is CancellationRow {
  return entry.cancellation !== undefined;
}
