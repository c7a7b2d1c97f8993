import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RowWords } from '#lib/view/row-words.ts';
import { mayBeAttached } from '#lib/domain/order.ts';
import { venueTraits } from '#lib/venues/traits.ts';
import { firstRows, type Group, type Row } from '#lib/view/rows.ts';
import { GroupHeader } from './GroupHeader.tsx';
import {
  clickRow,
  pressKey,
  pressRow,
  rowOf,
  rowSelector,
  rowsIn,
  type Selecting,
} from './list-gestures.ts';
import { OrderRow } from './OrderRow.tsx';

export interface OrderListProps {
  groups: readonly Group[];
  now: number;
  /** The pointer is in the list: nothing may move. */
  frozen: boolean;
  onPointer: (isInside: boolean) => void;
  isAsked: (row: Row) => boolean;
  canSelect: (row: Row) => boolean;
  /** Keys of the rows that are. */
  selected: ReadonlySet<string>;
  selecting: Selecting;
  failureOf: (row: Row) => RowWords | undefined;
  onCancel: (row: Row) => void;
  /** The keyboard leaves the list upwards. */
  onLeave: () => void;
}

export function OrderList(props: OrderListProps) {
  const { groups, now, frozen, onPointer, selected, selecting } = props;
  const list = useRef<HTMLDivElement>(null);
  const keys = groups.flatMap(({ rows }) => rows.map(({ key }) => key));
  const [chosen, setChosen] = useState<string>();
  const current = chosen !== undefined && keys.includes(chosen) ? chosen : keys[0];

  const shown = useFirstScreenFirst(groups);
  useStillRows(list, frozen);
  useKeptFocus(list, keys, props.onLeave);
  // The list may go while the pointer is in it; nobody would tell that it has left.
  useEffect(() => () => onPointer(false), [onPointer]);

  return (
    // Account headers are no list items, so this is no <ul>; without rows it is no list either.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={list}
      class="orders"
      role={keys.length > 0 ? 'list' : undefined}
      aria-label={keys.length > 0 ? 'Open orders' : undefined}
      onPointerEnter={({ pointerType }) => pointerType !== 'touch' && onPointer(true)}
      onPointerLeave={() => onPointer(false)}
      onMouseDown={pressRow}
      onClick={(event) => clickRow(event, selecting)}
      onKeyDown={(event) => pressKey(event, selecting, props.onLeave)}
      onFocusIn={({ target }) => setChosen(rowOf(target)?.dataset['key'])}
    >
      {shown.map((group) => (
        <div class="group" key={group.account.id}>
          <GroupHeader group={group} now={now} />
          {group.rows.map((row) => (
            <OrderRow
              key={row.key}
              row={row}
              venue={group.account.venue}
              takesAlong={takesAlong(group, row)}
              now={now}
              asked={props.isAsked(row)}
              failure={props.failureOf(row)}
              selected={props.canSelect(row) ? selected.has(row.key) : undefined}
              current={row.key === current}
              onCancel={() => props.onCancel(row)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** More rows than the popup is high. */
const firstScreen = 12;

/** Only the first rows for the first frame, so that it comes sooner; then all. */
function useFirstScreenFirst(groups: readonly Group[]): readonly Group[] {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPainted(true));
    return () => clearTimeout(timer);
  }, []);
  return isPainted ? groups : firstRows(groups, firstScreen);
}

/** Holds the height of everything in a frozen list, whatever it comes to say. */
function useStillRows(list: { readonly current: HTMLElement | null }, frozen: boolean) {
  useLayoutEffect(() => {
    if (!frozen || !list.current) return;
    const parts = list.current.querySelectorAll<HTMLElement>(`${rowSelector}, .group-header`);
    const heights = [...parts].map(
      (part) => [part, `${part.getBoundingClientRect().height}px`] as const,
    );
    for (const [part, height] of heights) part.style.height = height;
    return () => {
      for (const part of parts) part.style.height = '';
    };
  }, [frozen, list]);
}

/** When the row with the focus goes, the focus moves to the row that takes its place. */
function useKeptFocus(
  list: { readonly current: HTMLElement | null },
  keys: readonly string[],
  onLeave: () => void,
) {
  const lastRef = useRef<{ key: string; index: number } | undefined>(undefined);
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      const row = list.current?.contains(target as Node) ? rowOf(target) : null;
      const key = row?.dataset['key'];
      lastRef.current =
        row && key !== undefined ? { key, index: rowsIn(list.current).indexOf(row) } : undefined;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, [list]);
  useLayoutEffect(() => {
    if (
      !lastRef.current ||
      keys.includes(lastRef.current.key) ||
      document.activeElement !== document.body
    )
      return;
    const rows = rowsIn(list.current);
    const next = rows[Math.min(lastRef.current.index, rows.length - 1)];
    lastRef.current = undefined;
    if (next) next.focus();
    else onLeave();
  });
}

/** Whether trigger orders may go with the row's order when it is cancelled. */
function takesAlong({ account, rows }: Group, { order }: Row): boolean {
  if (!order || !venueTraits[account.venue].cascades) return false;
  return rows.some((other) => other.order !== undefined && mayBeAttached(order, other.order));
}
