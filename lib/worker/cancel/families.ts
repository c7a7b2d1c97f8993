import type { Cascades } from '#lib/domain/venue-id.ts';
import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import { mayGoAlong, type Order, type OrderId } from '#lib/domain/order.ts';
import { byOrderId, orderIdKey } from '#lib/domain/order-key.ts';
import { hasEnded, standingOf } from '#lib/domain/standing.ts';
import type { CancellationRow } from '#lib/worker/store/cancellations.ts';

/**
 * Cancellations of one account, and the trigger orders of which each may be attached to the order of any of them. One of them,
 * the first that is written down, carries the trigger orders in its row until it has been found out what became of them.
 */
interface Family {
  readonly accountId: AccountId;
  readonly cascades: Cascades;
  readonly candidates: readonly Order[];
  /** Those that have cancelled their order. */
  readonly parents: Map<CancellationId, Cancellation>;
  /** Those that have not ended. */
  readonly waiting: Set<CancellationId>;
  /** Rows that carry the candidates, with what is to stand there: the oldest is no newer than any other's row. */
  readonly carriers: Map<number, Cancellation>;
  /** It has parents of which the candidates have not been looked for. */
  isDue: boolean;
}

export interface Families {
  /** A cancellation has begun, or come to another state. Tells whether anything is to be looked for now. */
  note(cancellation: Cancellation, open: readonly Order[]): boolean;
  /** What the row of a cancellation is to hold. */
  carry(row: number, cancellation: Cancellation): CancellationRow;
  /** Takes up what rows of the journal carry, which the last life has left; the rest are rows that have not ended. */
  adopt(rows: readonly CancellationRow[]): readonly Family[];
  /** What the journal says of the time since. */
  learn(family: Family, cancellation: Cancellation): void;
  due(accountId: AccountId): readonly Family[];
  /** Nothing more is looked for: where none waits either, the rows are freed of what they carry. */
  settle(family: Family): void;
}

/** `cascadesOf`: what the account's venue cancels with an order. */
export function createFamilies(
  write: (row: CancellationRow) => void,
  cascadesOf: (accountId: AccountId) => Cascades | undefined,
): Families {
  const all = new Set<Family>();
  const membersOf = new Map<CancellationId, Set<Family>>();
  /** By their candidates, which are one list for all that were noted beside the same open orders. */
  const byCandidates = new Map<readonly Order[], Family>();

  function create(accountId: AccountId, candidates: readonly Order[], cascades: Cascades): Family {
    const family: Family = {
      accountId,
      cascades,
      candidates,
      parents: new Map(),
      waiting: new Set(),
      carriers: new Map(),
      isDue: false,
    };
    all.add(family);
    return family;
  }

  function join(family: Family, id: CancellationId): void {
    const families = membersOf.get(id) ?? new Set();
    membersOf.set(id, families.add(family));
    family.waiting.add(id);
  }

  function begin(cancellation: Cancellation, open: readonly Order[]): void {
    const { id, ref } = cancellation;
    const cascades = cascadesOf(ref.accountId);
    const candidates = cascades ? candidatesFor(cascades, cancellation, open) : none;
    if (!cascades || candidates.length === 0) return;
    const family = byCandidates.get(candidates) ?? create(ref.accountId, candidates, cascades);
    byCandidates.set(candidates, family);
    join(family, id);
  }

  function carry(row: number, cancellation: Cancellation): CancellationRow {
    const loads = [...(membersOf.get(cancellation.id) ?? [])].filter(({ carriers }) => {
      const isCarrier = carriers.has(row) || [...carriers.keys()].every((other) => row < other);
      if (isCarrier) carriers.set(row, cancellation);
      return isCarrier;
    });
    const attached = byOrderId(loads.flatMap(({ candidates }) => candidates));
    return { row, cancellation, ...(attached.size > 0 && { attached: [...attached.values()] }) };
  }

  function isKnown(row: number): boolean {
    return [...all].some(({ carriers }) => carriers.has(row));
  }

  function settle(family: Family): void {
    if (family.isDue || family.waiting.size > 0) return;
    all.delete(family);
    if (byCandidates.get(family.candidates) === family) byCandidates.delete(family.candidates);
    for (const [id, families] of membersOf) {
      if (families.delete(family) && families.size === 0) membersOf.delete(id);
    }
    for (const [row, cancellation] of family.carriers) write(carry(row, cancellation));
  }

  return {
    note(cancellation, open) {
      const { id } = cancellation;
      const isCancelled = standingOf(cancellation) === 'cancelled';
      if (!membersOf.has(id) && (isCancelled || !hasEnded(cancellation))) begin(cancellation, open);
      let isDue = false;
      for (const family of membersOf.get(id) ?? []) {
        for (const [row, before] of family.carriers) {
          if (before.id === id) family.carriers.set(row, cancellation);
        }
        if (!hasEnded(cancellation)) continue;
        if (!family.waiting.delete(id)) continue;
        if (isCancelled) {
          family.parents.set(id, cancellation);
          family.isDue = true;
          isDue = true;
        } else {
          // The journal has its end first.
          void Promise.resolve().then(() => settle(family));
        }
      }
      return isDue;
    },
    carry,
    adopt(rows) {
      const adopted = rows.flatMap(({ row, cancellation, attached }) => {
        if (!attached || isKnown(row)) return [];
        const { accountId } = cancellation.ref;
        const family = create(accountId, attached, cascadesOf(accountId) ?? 'attached');
        family.carriers.set(row, cancellation);
        family.isDue = true;
        join(family, cancellation.id);
        return family;
      });
      for (const family of adopted) {
        for (const { cancellation } of rows) {
          if (isParent(family, cancellation)) join(family, cancellation.id);
        }
        for (const { cancellation } of rows) {
          if (hasEnded(cancellation)) family.waiting.delete(cancellation.id);
        }
      }
      return adopted;
    },
    learn(family, cancellation) {
      if (standingOf(cancellation) !== 'cancelled' || family.waiting.has(cancellation.id)) return;
      if (isParent(family, cancellation)) family.parents.set(cancellation.id, cancellation);
    },
    due: (accountId) => [...all].filter((family) => family.accountId === accountId && family.isDue),
    settle,
  };
}

function isParent(
  { accountId, cascades, candidates }: Family,
  { order, others, ref }: Cancellation,
): boolean {
  if (ref.accountId !== accountId) return false;
  if (order && candidates.some((other) => mayGoAlong(cascades, order, other))) return true;
  const named = new Set(others?.map(orderIdKey));
  return candidates.some(({ id }) => named.has(orderIdKey(id)));
}

interface Followers {
  readonly bySymbol: ReadonlyMap<string, readonly Order[]>;
  /** Those that may go with an order of that symbol and list, or of that symbol and side. */
  readonly found: Map<string, readonly Order[]>;
}

const followers = new WeakMap<readonly Order[], Followers>();
const none: readonly Order[] = [];

/** What may go with it, itself perhaps among them; and what the venue has named although no list has it. */
function candidatesFor(
  cascades: Cascades,
  { order, others = [], ref }: Cancellation,
  open: readonly Order[],
): readonly Order[] {
  const listed = order ? listedFor(cascades, order, open) : none;
  if (others.length === 0) return listed;
  const known = byOrderId(listed);
  const symbol = order?.symbol ?? ref.symbol ?? '';
  const named = others
    .filter((id) => !known.has(orderIdKey(id)))
    .map((id) => {
      const same = byOrderId(open).get(orderIdKey(id));
      // Ids may be counted for each symbol.
      return same?.symbol === symbol ? same : unlisted(id, symbol);
    });
  return named.length === 0 ? listed : [...listed, ...named];
}

const unlisted = (id: OrderId, symbol: string): Order => ({
  id,
  symbol,
  type: '',
  protective: false,
});

/** Looked for once for each list of open orders: a “Cancel all” asks for every order of it. */
function listedFor(cascades: Cascades, parent: Order, open: readonly Order[]): readonly Order[] {
  const isList = cascades === 'lists';
  if (isList ? parent.list === undefined : parent.protective) return none;
  const known = followers.get(open) ?? {
    bySymbol: Map.groupBy(
      open.filter((order) => (isList ? order.list !== undefined : order.protective)),
      ({ symbol }) => symbol,
    ),
    found: new Map<string, readonly Order[]>(),
  };
  followers.set(open, known);
  const kind = `${isList ? parent.list : parent.side} ${parent.symbol}`;
  const all = known.bySymbol.get(parent.symbol) ?? none;
  const found =
    known.found.get(kind) ??
    (isList
      ? all.filter((other) => other.list === parent.list)
      : all.filter((other) => mayGoAlong(cascades, parent, other)));
  known.found.set(kind, found);
  return isList && !found.some(({ id }) => id !== parent.id) ? none : found;
}
