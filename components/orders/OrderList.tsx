import './order-list.css';
import './order-row.css';
import './compact-rows.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { AccountId } from '#lib/domain/account.ts';
import { secondsToWait, secondsUntil, type AllHolds } from '#lib/domain/waiting.ts';
import { attachedTo } from '#lib/page/orders/attached.ts';
import { chunksOf, type RowForm } from '#lib/page/orders/chunks.ts';
import type { RowWords } from '#lib/words/cancellation-words.ts';
import { canSendNow, canGoFirst, type Group, type Row } from '#lib/page/orders/row.ts';
import type { ListEntry } from '#lib/page/popup/popup-state.ts';
import { durationWords } from '#lib/words/time-words.ts';
import { GroupHeader, GroupTrouble } from './GroupHeader.tsx';
import { clickRow, pressKey, pressRow, rowOf, type Selecting } from './list-gestures.ts';
import { useRowFocus } from './row-focus.ts';
import { OrderRow } from './OrderRow.tsx';
import { isFirst, useShownChunks } from './shown-chunks.ts';
import { useStillRows } from './still-rows.ts';
import { t } from '#lib/words/text.ts';

export interface OrderListProps {
  /** Another one is another list. */
  form: RowForm;
  groups: readonly Group[];
  /** The groups with the rows that are not shown, too. */
  all: readonly Group[];
  /** What the venues have asked to wait with. */
  holds: AllHolds;
  now: number;
  /** Whether a cancel would work on an account; may come a moment later. */
  lights: ReadonlyMap<AccountId, ComponentChildren> | undefined;
  /** The pointer is in the list: nothing may move. */
  frozen: boolean;
  onPointer: (isInside: boolean) => void;
  isAsked: (row: Row) => boolean;
  canSelect: (row: Row) => boolean;
  /** Keys of the rows that are. */
  selected: ReadonlySet<string>;
  selecting: Selecting;
  failureOf: (row: Row) => RowWords | undefined;
  /** Must stay the same function: a row is rendered again when it is another. */
  onCancel: (row: Row) => void;
  onSendNow: (row: Row) => void;
  /** The keyboard leaves the list upwards. */
  onLeave: () => void;
  /** Is given a way to bring the keyboard into the list. */
  entryRef: { current: ListEntry | undefined };
}

export function OrderList(props: OrderListProps) {
  const { form, groups, now, frozen, onPointer, selected, selecting, entryRef } = props;
  const list = useRef<HTMLDivElement>(null);
  const keys = useMemo(() => groups.flatMap(({ rows }) => rows.map(({ key }) => key)), [groups]);
  const chunks = useMemo(() => chunksOf(groups), [groups]);
  const focus = useRowFocus(list, keys, props.onLeave);
  const shown = useShownChunks(list, chunks, keys.length, form);
  useStillRows(list, frozen);
  // The list may go while the pointer is in it; nobody would tell that it has left.
  useEffect(() => () => onPointer(false), [onPointer]);
  useEffect(() => {
    entryRef.current = (key = keys[0]) => focus.moveTo(key);
  });

  const rowOfList = (group: Group, row: Row, index: number) => {
    const { order } = row;
    const takesAlong = attachedTo(
      props.all.find(({ account }) => account.id === group.account.id) ?? group,
    );
    const asked = props.isAsked(row);
    const wait = row.cancellation && secondsToWait(row.cancellation, props.holds, now);
    return (
      <OrderRow
        key={row.key}
        row={row}
        venue={group.account.venue}
        takesAlong={order && takesAlong(order)}
        age={order?.createdAt === undefined ? undefined : durationWords(now - order.createdAt)}
        asked={asked}
        wait={wait}
        canSendNow={canSendNow(row, wait, now)}
        canCancel={!asked && (row.kind === 'open' || canGoFirst(row))}
        failure={props.failureOf(row)}
        selected={props.canSelect(row) ? selected.has(row.key) : undefined}
        current={row.key === focus.current}
        // Where not all rows are there to be counted, each says where it stands.
        place={shown.isShort ? undefined : index + 1}
        of={shown.isShort ? undefined : keys.length}
        onCancel={props.onCancel}
        onSendNow={props.onSendNow}
      />
    );
  };

  return (
    // Account headers are no list items, so this is no <ul>.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- without rows it is no list either
    <div
      ref={list}
      class={`orders ${form}`}
      onPointerEnter={({ pointerType }) => pointerType !== 'touch' && onPointer(true)}
      onPointerLeave={() => onPointer(false)}
      onMouseDown={pressRow}
      onClick={(event) => clickRow(event, selecting)}
      onKeyDown={(event) => pressKey(event, { selecting, keys, ...focus, leave: props.onLeave })}
      onFocusIn={({ target }) => {
        const key = rowOf(target)?.dataset['key'];
        if (key !== undefined) focus.choose(key);
      }}
    >
      {/* Each stands below the name of its account, but a list of orders holds no buttons beside its rows. */}
      <ul class="lights" aria-label={t('readiness.name')}>
        {groups.map(({ account, reading }, place) => (
          <li
            key={account.id}
            class={`group-light ${(reading?.trouble ?? reading?.unreadable) ? '' : 'last'}`}
            style={{ order: 3 * place + 1 }}
          >
            {props.lights?.get(account.id)}
          </li>
        ))}
      </ul>
      <div
        class="groups"
        role={keys.length > 0 ? 'list' : undefined}
        aria-label={keys.length > 0 ? t('list.open_orders') : undefined}
      >
        {groups.map((group, place) => (
          <div class="groups" key={group.account.id}>
            <GroupHeader group={group} now={now} order={3 * place} />
            <div class="group-rows" style={{ order: 3 * place + 2 }}>
              <GroupTrouble
                group={group}
                wait={secondsUntil(props.holds[group.account.id]?.reads ?? 0, now)}
              />
              {chunks[place]?.map((chunk) => {
                const rows = shown.rowsOf(chunk, focus.current);
                return (
                  <div
                    key={chunk.id}
                    class={isFirst(chunk, form) ? 'chunk first' : 'chunk'}
                    data-chunk={chunk.id}
                    data-rows={chunk.rows.length}
                    style={{
                      minHeight:
                        rows.length < chunk.rows.length ? `${shown.heightOf(chunk)}px` : undefined,
                    }}
                  >
                    {rows.map((row, index) => {
                      const place = rows === chunk.rows ? index : chunk.rows.indexOf(row);
                      return rowOfList(group, row, chunk.start + place);
                    })}
                  </div>
                );
              })}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
