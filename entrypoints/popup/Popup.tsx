import { useLayoutEffect, useRef } from 'preact/hooks';
import { Calm } from '#components/shared/Calm.tsx';
import { CancelById } from '#components/orders/CancelById.tsx';
import { FindBar } from '#components/orders/FindBar.tsx';
import { Header } from '#components/popup/Header.tsx';
import { appeared } from '#components/shared/hold-fresh.ts';
import { OrderList } from '#components/orders/OrderList.tsx';
import { EmptyDrawing, LockDrawing } from '#components/shared/Picture.tsx';
import { Skeleton } from '#components/shared/Skeleton.tsx';
import { tabId, Tabs } from '#components/popup/Tabs.tsx';
import { UnlockForm } from '#components/shared/UnlockForm.tsx';
import { isEmptyFilter } from '#lib/domain/order-filter.ts';
import { frozenNotes } from '#lib/page/orders/row-words.ts';
import { oldestReading } from '#lib/page/orders/row.ts';
import { readWords } from '#lib/words/time-words.ts';
import { waitingWords } from '#lib/page/waiting-words.ts';
import type { View } from '#lib/protocol/view.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';
import { later, loadLater } from './load-later.ts';
import { t } from '#lib/words/text.ts';

export function Popup({ model }: { model: PopupModel }) {
  const view = model.page.view.value;
  const silent = model.page.silent.value;
  const pieces = later.value;
  const state = view?.vault.state;
  // What comes in the place of the skeleton or the lock is new.
  useLayoutEffect(() => appeared(), [state]);
  if (!view) {
    return (
      <main>
        {silent && pieces ? <pieces.SilentPicture onReload={model.reload} /> : <Skeleton />}
      </main>
    );
  }
  return (
    <>
      <Stage model={model} view={view} />
      {/* Below everything else, so that it moves no row. */}
      {silent && pieces && <pieces.SilentBanner onReload={model.reload} />}
    </>
  );
}

function Stage({ model, view }: { model: PopupModel; view: View }) {
  const pieces = later.value;
  const isUnlocked = view.vault.state === 'unlocked';
  return (
    <>
      <Header onSettings={model.openOptions} {...(isUnlocked && { onLock: model.lock })}>
        {isUnlocked && <Tabs value={model.tab.value} onChange={model.setTab} />}
        <span class="bar-space" />
        {pieces && <pieces.Keys model={model} />}
        {pieces && <pieces.KeepOpen model={model} />}
      </Header>
      <main>
        <Content model={model} view={view} />
      </main>
      {/* Below, so that it moves no row. */}
      {pieces && isUnlocked && (
        <pieces.DamageNote damage={view.damage} onAccept={model.acceptDamage} />
      )}
      {pieces && isUnlocked && (
        <pieces.LapsedNote
          view={view}
          now={model.now.value}
          onCancel={model.cancelLapsed}
          onLeave={model.leaveLapsed}
        />
      )}
      {pieces && <pieces.ListNews model={model} />}
      {pieces && <pieces.Destination model={model} />}
    </>
  );
}

function Content({ model, view }: { model: PopupModel; view: View }) {
  const pieces = later.value;
  const tab = model.tab.value;
  switch (view.vault.state) {
    case 'none':
      return pieces ? <pieces.Welcome onSetUp={model.openOptions} /> : null;
    case 'lost':
      return pieces ? <pieces.Lost onSetUp={model.openOptions} /> : null;
    case 'unreadable':
    case 'newer':
    case 'blocked':
      return pieces ? <pieces.Unreadable why={view.vault.state} onReload={model.reload} /> : null;
    case 'locked':
      return (
        <Calm picture={<LockDrawing />} title={t('vault.locked')}>
          <UnlockForm waiting={waitingWords(view.vault)} onUnlock={model.unlock} />
        </Calm>
      );
    case 'unlocked':
      // Of accounts that are removed the history remains.
      return (
        <div id="panel" role="tabpanel" aria-labelledby={tabId(tab)}>
          {tab === 'orders' ? (
            <Orders model={model} view={view} />
          ) : (
            pieces && <pieces.History model={model} />
          )}
        </div>
      );
  }
}

function Orders({ model, view }: { model: PopupModel; view: View }) {
  const find = useRef<HTMLInputElement>(null);
  const { filter } = model;
  const pieces = later.value;
  if (view.accounts.length === 0) {
    const isDamaged = view.damage.accounts.length > 0;
    return pieces ? <pieces.NoAccounts onAdd={model.openOptions} isDamaged={isDamaged} /> : null;
  }
  const notes = model.frozen.value ? frozenNotes(model.found.value, model.now.value) : [];
  return (
    <>
      <FindBar
        text={filter.text.value}
        onText={filter.setText}
        onDown={() => model.entryRef.current?.()}
        chosen={filter.chosen.value}
        filterOpen={filter.isOpen.value}
        onFilter={filter.toggle}
        compact={model.compact.value}
        onCompact={model.toggleCompact}
        reading={model.isReading.value}
        age={readWords(oldestReading(model.groups.value), model.now.value)}
        onRefresh={model.refresh}
        canCancelAll={model.canCancelAll.value}
        onCancelAll={() => {
          model.openCancelAll();
          // Where that failed before.
          void loadLater();
        }}
        inputRef={find}
      />
      {pieces && filter.isOpen.value && <pieces.Choices model={model} />}
      {pieces && <pieces.Sweeps model={model} onClosed={() => find.current?.focus()} />}
      <div class="scroll">
        <OrdersOrCalm model={model} view={view} onLeave={() => find.current?.focus()} />
      </div>
      {notes.map((note) => (
        <output key={note} class="note">
          {note}
        </output>
      ))}
      {/* A list that stays does not follow the page. */}
      {pieces && model.place === 'popup' && <pieces.Site model={model} />}
      <div class={model.selection.keys.value.size > 0 ? 'foot selecting' : 'foot'}>
        {pieces && <pieces.Selected model={model} />}
        <CancelById>
          {pieces && (
            <pieces.CancelByIdForm
              accounts={view.accounts}
              orders={view.orders}
              cancellations={view.cancellations}
              holds={view.holds}
              now={model.now.value}
              onCancel={model.cancelById}
            />
          )}
        </CancelById>
      </div>
      {pieces && model.isCancelAllOpen.value && <pieces.CancelAll model={model} />}
    </>
  );
}

function OrdersOrCalm({
  model,
  view,
  onLeave,
}: {
  model: PopupModel;
  view: View;
  onLeave: () => void;
}) {
  const groups = model.found.value;
  const now = model.now.value;
  const pieces = later.value;
  const form = model.compact.value ? 'compact' : 'full';
  const isEmpty = groups.every(
    ({ rows, waiting, reading }) =>
      rows.length + waiting.length === 0 && !reading?.trouble && !reading?.unreadable,
  );
  if (!isEmpty) {
    return (
      <OrderList
        // In the other form all heights are others.
        key={form}
        form={form}
        groups={groups}
        all={model.groups.value}
        holds={view.holds}
        now={now}
        lights={
          pieces &&
          new Map(
            view.accounts.map((account) => [
              account.id,
              <pieces.AccountLight key={account.id} model={model} account={account} />,
            ]),
          )
        }
        frozen={model.frozen.value}
        onPointer={model.setFrozen}
        isAsked={model.isAsked}
        canSelect={model.canCancel}
        selected={model.selection.keys.value}
        selecting={model.selection.selecting}
        failureOf={model.failureOf}
        onCancel={model.cancel}
        onSendNow={model.sendNow}
        onLeave={onLeave}
        entryRef={model.entryRef}
      />
    );
  }
  if (!isEmptyFilter(model.filter.filter.value)) {
    return pieces ? <pieces.NothingFound model={model} /> : null;
  }
  const readAt = oldestReading(groups);
  if (readAt === undefined) return <Skeleton />;
  return (
    <Calm picture={<EmptyDrawing />} title={t('popup.empty')}>
      <p>{readWords(readAt, now)}</p>
      {pieces && <pieces.AllLights model={model} />}
    </Calm>
  );
}
