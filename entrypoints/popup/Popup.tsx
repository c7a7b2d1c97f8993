import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Calm } from '#components/Calm.tsx';
import { CancelById } from '#components/CancelById.tsx';
import { FindBar } from '#components/FindBar.tsx';
import { Header } from '#components/Header.tsx';
import { HistoryList } from '#components/HistoryList.tsx';
import { OrderList } from '#components/OrderList.tsx';
import { SelectionBar } from '#components/SelectionBar.tsx';
import { SilentBanner, SilentPicture } from '#components/Silent.tsx';
import { Skeleton } from '#components/Skeleton.tsx';
import { tabId, Tabs, type Tab } from '#components/Tabs.tsx';
import { UnlockForm } from '#components/UnlockForm.tsx';
import { frozenNotes } from '#lib/view/row-words.ts';
import { oldestReading } from '#lib/view/rows.ts';
import { readWords } from '#lib/view/time-words.ts';
import type { View } from '#lib/view/view.ts';
import { createHistory } from './history-model.ts';
import type { PopupModel } from './popup-model.ts';

export function Popup({ model }: { model: PopupModel }) {
  const view = model.page.view.value;
  const silent = model.page.silent.value;
  if (!view) {
    return <main>{silent ? <SilentPicture onReload={model.reload} /> : <Skeleton />}</main>;
  }
  return (
    <>
      <Stage model={model} view={view} />
      {/* Below everything else, so that it moves no row. */}
      {silent && <SilentBanner onReload={model.reload} />}
    </>
  );
}

function Stage({ model, view }: { model: PopupModel; view: View }) {
  const [tab, setTab] = useState<Tab>('orders');
  const isUnlocked = view.vault.state === 'unlocked';
  return (
    <>
      <Header onSettings={model.openOptions} {...(isUnlocked && { onLock: model.lock })}>
        {isUnlocked && view.accounts.length > 0 && <Tabs value={tab} onChange={setTab} />}
      </Header>
      <main>
        <Content model={model} view={view} tab={tab} />
      </main>
    </>
  );
}

function Content({ model, view, tab }: { model: PopupModel; view: View; tab: Tab }) {
  switch (view.vault.state) {
    case 'none':
      return (
        <Calm picture="cord" title="Welcome to Pullcord">
          <p>
            It cancels your open orders with one click. First choose a passphrase that seals your
            keys.
          </p>
          <button type="button" class="primary" onClick={model.openOptions}>
            Set up Pullcord
          </button>
        </Calm>
      );
    case 'locked':
      return (
        <Calm picture="lock" title="Pullcord is locked">
          <UnlockForm onUnlock={model.unlock} />
        </Calm>
      );
    case 'unlocked':
      return view.accounts.length === 0 ? (
        <Calm picture="account" title="No accounts yet">
          <p>Add the API key of an exchange account, and its open orders are listed here.</p>
          <button type="button" class="primary" onClick={model.openOptions}>
            Add an account
          </button>
        </Calm>
      ) : (
        <div id="panel" role="tabpanel" aria-labelledby={tabId(tab)}>
          {tab === 'orders' ? <Orders model={model} view={view} /> : <History model={model} />}
        </div>
      );
  }
}

function Orders({ model, view }: { model: PopupModel; view: View }) {
  const find = useRef<HTMLInputElement>(null);
  const groups = model.found.value;
  const summary = model.selection.summary.value;
  const notes = model.frozen.value ? frozenNotes(groups, model.now.value) : [];
  return (
    <>
      <FindBar
        text={model.find.value}
        onText={model.setFind}
        onDown={() => document.querySelector<HTMLElement>('.row')?.focus()}
        reading={model.isReading.value}
        age={readWords(oldestReading(model.groups.value), model.now.value)}
        onRefresh={model.refresh}
        inputRef={find}
      />
      <div class="scroll">
        <OrdersOrCalm model={model} onLeave={() => find.current?.focus()} />
      </div>
      {notes.map((note) => (
        <output key={note} class="note">
          {note}
        </output>
      ))}
      <div class={summary.count > 0 ? 'foot selecting' : 'foot'}>
        <SelectionBar
          summary={summary}
          problem={model.selection.problem.value}
          selecting={model.selection.selecting}
          onCancel={model.cancelSelected}
        />
        <CancelById
          accounts={view.accounts}
          orders={view.orders}
          cancellations={view.cancellations}
          onCancel={model.cancelById}
        />
      </div>
    </>
  );
}

function OrdersOrCalm({ model, onLeave }: { model: PopupModel; onLeave: () => void }) {
  const groups = model.found.value;
  const now = model.now.value;
  const isEmpty = groups.every(
    ({ rows, waiting, reading }) => rows.length + waiting.length === 0 && !reading?.trouble,
  );
  if (!isEmpty) {
    return (
      <OrderList
        groups={groups}
        now={now}
        frozen={model.frozen.value}
        onPointer={model.setFrozen}
        isAsked={model.isAsked}
        canSelect={model.canCancel}
        selected={model.selection.keys.value}
        selecting={model.selection.selecting}
        failureOf={model.failureOf}
        onCancel={model.cancel}
        onLeave={onLeave}
      />
    );
  }
  if (model.find.value.trim() !== '') {
    return (
      <Calm picture="search" title="No such order">
        <p>No open order fits “{model.find.value.trim()}”.</p>
        <button type="button" onClick={() => model.setFind('')}>
          Show all orders
        </button>
      </Calm>
    );
  }
  const readAt = oldestReading(groups);
  if (readAt === undefined) return <Skeleton />;
  return (
    <Calm picture="empty" title="No open orders">
      <p>{readWords(readAt, now)}</p>
    </Calm>
  );
}

function History({ model }: { model: PopupModel }) {
  const history = useMemo(() => createHistory(model.page), [model]);
  useEffect(() => history.stop, [history]);
  return (
    <div class="scroll">
      <HistoryList
        rows={history.rows.value}
        hasMore={history.next.value !== undefined}
        busy={history.busy.value}
        error={history.error.value}
        onMore={history.readMore}
      />
    </div>
  );
}
