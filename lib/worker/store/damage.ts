/** The tables whose damaged rows the user is told of; a damaged copy of open orders is only read anew. */
type DamagedTable = 'settings' | 'accounts' | 'sweeps' | 'cancellations';

/** The rows that do not open: each costs itself alone, and stays where it is until the user has been told. */
export interface Damage {
  note(table: DamagedTable, id: string | number): void;
  ids(table: DamagedTable): readonly (string | number)[];
  forget(table: DamagedTable, ids?: readonly (string | number)[]): void;
  /** Another opening of the vault finds out anew. */
  clear(): void;
}

export function createDamage(onChange: () => void): Damage {
  const rows = new Map<DamagedTable, Set<string | number>>();
  return {
    note(table, id) {
      const ids = rows.get(table) ?? new Set();
      if (ids.has(id)) return;
      rows.set(table, ids.add(id));
      onChange();
    },
    ids: (table) => [...(rows.get(table) ?? [])],
    forget(table, ids) {
      if (!rows.has(table)) return;
      for (const id of ids ?? [...(rows.get(table) ?? [])]) rows.get(table)?.delete(id);
      onChange();
    },
    clear() {
      if (rows.size === 0) return;
      rows.clear();
      onChange();
    },
  };
}
