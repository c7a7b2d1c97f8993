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
import { oldestReading } from '#lib/page/orders/rows.ts';
import { readWords } from '#lib/words/time-words.ts';
import { waitingWords } from '#lib/page/waiting-words.ts';
import type { View } from '#lib/protocol/view.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';

export function Popup({ model }: { model: PopupModel }) {
  const view = model.page.view.value;
  const silent = model.page.silent.value;
  const later = model.later.value;
  const state = view?.vault.state;
  // What comes in the place of the skeleton or the lock is new.
  useLayoutEffect(() => appeared(), [state]);
  if (!view) {
    return (
      <main>
        {silent && later ? <later.SilentPicture onReload={model.reload} /> : <Skeleton />}
      </main>
    );
  }
  return (
    <>
      <Stage model={model} view={view} />
      {/* Below everything else, so that it moves no row. */}
      {silent && later && <later.SilentBanner onReload={model.reload} />}
    </>
  );
}

function Stage({ model, view }: { model: PopupModel; view: View }) {
  const later = model.later.value;
  const isUnlocked = view.vault.state === 'unlocked';
  return (
    <>
      <Header onSettings={model.openOptions} {...(isUnlocked && { onLock: model.lock })}>
        {isUnlocked && view.accounts.length > 0 && (
          <Tabs value={model.tab.value} onChange={model.setTab} />
        )}
        <span class="bar-space" />
        {later && <later.Keys model={model} />}
      </Header>
      <main>
        <Content model={model} view={view} />
      </main>
      {/* Below, so that it moves no row. */}
      {later && isUnlocked && (
        <later.DamageNote damage={view.damage} onAccept={model.acceptDamage} />
      )}
      {later && isUnlocked && (
        <later.LapsedNote
          view={view}
          now={model.now.value}
          onCancel={model.cancelLapsed}
          onLeave={model.leaveLapsed}
        />
      )}
      {later && <later.Destination model={model} />}
    </>
  );
}

function Content({ model, view }: { model: PopupModel; view: View }) {
  const later = model.later.value;
  const tab = model.tab.value;
  switch (view.vault.state) {
    case 'none':
      return later ? <later.Welcome onSetUp={model.openOptions} /> : null;
    case 'lost':
      return later ? <later.Lost onSetUp={model.openOptions} /> : null;
    case 'unreadable':
    case 'newer':
      return later ? (
        <later.Unreadable isNewer={view.vault.state === 'newer'} onReload={model.reload} />
      ) : null;
    case 'locked':
      return (
        <Calm picture={<LockDrawing />} title="Pullcord is locked">
          <UnlockForm waiting={waitingWords(view.vault)} onUnlock={model.unlock} />
        </Calm>
      );
    case 'unlocked':
      return view.accounts.length === 0 ? (
        later && (
          <later.NoAccounts onAdd={model.openOptions} isDamaged={view.damage.accounts.length > 0} />
        )
      ) : (
        <div id="panel" role="tabpanel" aria-labelledby={tabId(tab)}>
          {tab === 'orders' ? (
            <Orders model={model} view={view} />
          ) : (
            later && <later.History model={model} />
          )}
        </div>
      );
  }
}

function Orders({ model, view }: { model: PopupModel; view: View }) {
  const find = useRef<HTMLInputElement>(null);
  const { filter } = model;
  const later = model.later.value;
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
        reading={model.isReading.value}
        age={readWords(oldestReading(model.groups.value), model.now.value)}
        onRefresh={model.refresh}
        canCancelAll={model.canCancelAll.value}
        onCancelAll={model.openCancelAll}
        inputRef={find}
      />
      {later && filter.isOpen.value && <later.Choices model={model} />}
      {later && <later.Sweeps model={model} onClosed={() => find.current?.focus()} />}
      <div class="scroll">
        <OrdersOrCalm model={model} view={view} onLeave={() => find.current?.focus()} />
      </div>
      {notes.map((note) => (
        <output key={note} class="note">
          {note}
        </output>
      ))}
      {later && <later.Site model={model} />}
      <div class={model.selection.keys.value.size > 0 ? 'foot selecting' : 'foot'}>
        {later && <later.Selected model={model} />}
        <CancelById>
          {later && (
            <later.CancelByIdForm
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
      {later && model.isCancelAllOpen.value && <later.CancelAll model={model} />}
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
  const later = model.later.value;
  const isEmpty = groups.every(
    ({ rows, waiting, reading }) =>
      rows.length + waiting.length === 0 && !reading?.trouble && !reading?.unreadable,
  );
  if (!isEmpty) {
    return (
      <OrderList
        groups={groups}
        all={model.groups.value}
        holds={view.holds}
        now={now}
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
    return later ? <later.NothingFound model={model} /> : null;
  }
  const readAt = oldestReading(groups);
  if (readAt === undefined) return <Skeleton />;
  return (
    <Calm picture={<EmptyDrawing />} title="No open orders">
      <p>{readWords(readAt, now)}</p>
    </Calm>
  );
}
