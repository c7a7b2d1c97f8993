import { hasEnded, type Cancellation } from '../domain/cancellation.ts';
import type { Sealer } from '../vault/sealing.ts';
import { database } from './database.ts';

/** A cancellation and the row it stands in: rows count up, so the highest is the newest. */
export interface CancellationRow {
  readonly row: number;
  readonly cancellation: Cancellation;
}

/** Journal and history: every cancellation from before its first sending, for ever. */
export interface CancellationStore {
  /** Writes a new cancellation into a row of its own. Resolves when it stands there. */
  add(cancellation: Cancellation): Promise<number>;
  update(row: CancellationRow): Promise<void>;
  /** What the worker has to take up when it starts. */
  unfinished(): Promise<CancellationRow[]>;
  /** Newest first, older than row `before`. */
  page(limit: number, before?: number): Promise<CancellationRow[]>;
}

const store = 'cancellations';

export async function cancellationStore(sealer: Sealer): Promise<CancellationStore> {
  // The worker alone writes, and one at a time lives: a counter in memory is enough.
  const newest = await (await database()).transaction(store).store.openKeyCursor(null, 'prev');
  let lastRow = newest?.key ?? 0;

  async function write(row: number, cancellation: Cancellation): Promise<void> {
    const record = await sealer.seal(store, row, cancellation);
    const kept = hasEnded(cancellation) ? record : { ...record, unfinished: 1 as const };
    await (await database()).put(store, kept, row);
  }

  return {
    async add(cancellation) {
      const row = ++lastRow;
      await write(row, cancellation);
      return row;
    },
    update: ({ row, cancellation }) => write(row, cancellation),
    async unfinished() {
      const index = (await database()).transaction(store).store.index('unfinished');
      const [rows, records] = await Promise.all([index.getAllKeys(), index.getAll()]);
      return openAll(rows, records);
    },
    async page(limit, before = Number.MAX_SAFE_INTEGER) {
      const read = (await database()).transaction(store).store;
      const rows: number[] = [];
      const records = [];
      let cursor = await read.openCursor(IDBKeyRange.upperBound(before, true), 'prev');
      while (cursor && rows.length < limit) {
        rows.push(cursor.key);
        records.push(cursor.value);
        cursor = await cursor.continue();
      }
      return openAll(rows, records);
    },
  };

  function openAll(rows: number[], records: Parameters<Sealer['open']>[2][]) {
    return Promise.all(
      records.map(async (record, index) => {
        const row = rows[index] ?? 0;
        return { row, cancellation: await sealer.open<Cancellation>(store, row, record) };
      }),
    );
  }
}
