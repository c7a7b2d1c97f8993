import type { IDBFactory } from 'fake-indexeddb';
import type { Place } from './machine.ts';

interface DiskNeeds {
  /** By how much the version of this program's database is higher than that of its code. */
  readonly newer: number;
  readonly isDead: () => boolean;
  readonly at: (place: Place) => void;
  readonly isWriteLost: () => boolean;
}

/** A life's way to the database, which the next life finds as this one has left it. */
export function createDisk(factory: IDBFactory, { newer, isDead, at, isWriteLost }: DiskNeeds) {
  const connections = new Set<IDBDatabase>();
  const changes = new Set<IDBTransaction>();

  function expectAlive(): void {
    if (isDead()) throw new DOMException('This life has ended', 'InvalidStateError');
  }

  function adopt(database: IDBDatabase): void {
    connections.add(database);
    const begin = database.transaction.bind(database);
    database.transaction = (names, mode, options) => {
      expectAlive();
      // A list of the database's own making is none that it knows.
      const tables = typeof names === 'string' ? names : [...names];
      if (mode !== 'readwrite') return begin(tables, mode, options);
      at('write');
      expectAlive();
      const change = begin(tables, mode, options);
      changes.add(change);
      change.addEventListener('complete', () => {
        changes.delete(change);
        if (!isDead()) at('written');
      });
      change.addEventListener('abort', () => changes.delete(change));
      if (isWriteLost()) fail(change);
      return change;
    };
  }

  return {
    indexedDB: {
      open(name: string, version: number) {
        expectAlive();
        const opening = factory.open(name, version + newer);
        opening.addEventListener('success', () => adopt(opening.result));
        return opening;
      },
    },
    /** What has not been handed over whole is as if it had never been asked for. */
    cut() {
      for (const change of changes) abort(change);
      for (const database of connections) database.close();
    },
  };
}

/** The disk is full: all that is asked for in this turn is taken back. */
function fail(change: IDBTransaction): void {
  change.commit = () => {};
  queueMicrotask(() => abort(change));
}

function abort(change: IDBTransaction): void {
  try {
    change.abort();
  } catch {
    // It was handed over, and the browser finishes it.
  }
}
