import type { ComponentChildren, RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Calm } from '#components/shared/Calm.tsx';
import {
  Expired,
  Gone,
  Looking,
  NoId,
  NoneOpen,
  NotSetUp,
  NotUnderstood,
  OddWords,
} from '#components/lookup/LookupCalm.tsx';
import { LookupOrders } from '#components/lookup/LookupOrders.tsx';
import { LookupUnknown } from '#components/lookup/LookupUnknown.tsx';
import { LookupVenues } from '#components/lookup/LookupVenues.tsx';
import { useStill } from '#components/lookup/lookup-still.ts';
import { Lost, Unreadable } from '#components/shared/NoVault.tsx';
import { News } from '#components/shared/News.tsx';
import { LockDrawing } from '#components/shared/Picture.tsx';
import { SilentBanner } from '#components/shared/Silent.tsx';
import { UnlockForm } from '#components/shared/UnlockForm.tsx';
import { Wordmark } from '#components/shared/Wordmark.tsx';
import type { Lookup as LookupRecord, UnknownId } from '#lib/domain/lookup.ts';
import { sharedIds } from '#lib/page/lookup/choice.ts';
import type { Scene } from '#lib/page/lookup/scene.ts';
import { waitingWords } from '#lib/page/waiting-words.ts';
import {
  choiceWords,
  doubtWords,
  foundTitle,
  noneBears,
  oddWords,
} from '#lib/page/lookup/lookup-words.ts';
import { Foot } from './Foot.tsx';
import type { LookupModel } from '#lib/page/lookup/lookup-model.ts';
import { t, tParts } from '#lib/words/text.ts';

export function Lookup({ model }: { model: LookupModel }) {
  const scene = model.scene.value;
  const firstTick = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  return (
    <>
      <header class="bar">
        <Wordmark />
      </header>
      <main>
        {/* One element for all states, so that a change is announced. */}
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it holds headings, as no `output` may */}
        <div class="lookup-status" role="status" aria-busy={scene.kind === 'reading'}>
          <Status scene={scene} />
        </div>
        <Body model={model} scene={scene} firstTick={firstTick} box={box} />
      </main>
      <News source={model.news} />
      <Foot model={model} scene={scene} firstTick={firstTick} box={box} />
      {model.page.silent.value && <SilentBanner onReload={model.reload} />}
    </>
  );
}

/** What is the matter. */
function Status({ scene }: { scene: Scene }) {
  switch (scene.kind) {
    case 'reading':
      return <Looking wish={scene.lookup?.wish} />;
    case 'gone':
      return <Gone />;
    case 'expired':
      return <Expired />;
    case 'no-id':
      return <NoId text={scene.text} />;
    case 'not-understood':
      return <NotUnderstood wish={scene.lookup.wish} />;
    case 'none-open':
      return <NoneOpen isSure={scene.lookup.unread.length === 0} />;
    case 'unknown-id':
      return (
        <div class="lookup-head">
          <h2>
            {tParts(noneBears(scene.lookup.unread), {
              id: <bdi class="bears">{scene.unknown.id}</bdi>,
            })}
          </h2>
          {scene.unknown.accountIds.length > 0 && <p>{t('lookup.say_where')}</p>}
        </div>
      );
    case 'choosing':
    case 'taken':
      return <FoundHead lookup={scene.lookup} />;
    case 'lost':
    case 'unreadable':
    case 'not-set-up':
    case 'locked':
      return null;
  }
}

function FoundHead({ lookup }: { lookup: LookupRecord }) {
  const isChoosing = lookup.stage === 'choosing';
  return (
    <div class="lookup-head">
      <h2>{foundTitle(lookup)}</h2>
      {isChoosing && choiceWords(lookup).map((sentence) => <p key={sentence}>{sentence}</p>)}
      {isChoosing &&
        sharedIds(lookup).map((id) => (
          <p key={id} class="hostile">
            {tParts('lookup.several_bear', { id: <bdi class="id">{id}</bdi> })}
          </p>
        ))}
    </div>
  );
}

/** What can be done about it. */
function Body({
  model,
  scene,
  firstTick,
  box,
}: {
  model: LookupModel;
  scene: Scene;
  firstTick: RefObject<HTMLInputElement | null>;
  box: RefObject<HTMLDivElement | null>;
}) {
  switch (scene.kind) {
    case 'not-set-up':
      return <NotSetUp onSetUp={model.openOptions} />;
    case 'lost':
      return <Lost onSetUp={model.openOptions} />;
    case 'unreadable':
      return <Unreadable why={scene.why} onReload={model.reload} />;
    case 'locked':
      return (
        <Calm picture={<LockDrawing />} title={t('vault.locked')}>
          <p>{t('lookup.locked')}</p>
          <UnlockForm waiting={waitingWords(scene.vault)} onUnlock={model.unlock} />
        </Calm>
      );
    case 'none-open':
    case 'not-understood':
      return <Doubts model={model} lookup={scene.lookup} />;
    case 'unknown-id':
      return (
        <Scroll box={box}>
          <Venues model={model} unknown={scene.unknown} />
          <Doubts model={model} lookup={scene.lookup} />
        </Scroll>
      );
    case 'choosing':
    case 'taken':
      return (
        <Scroll box={box}>
          {scene.lookup.orders.length > 0 && (
            <LookupOrders
              rows={model.found.rows.value}
              settled={scene.kind === 'taken'}
              onChoose={model.found.choose}
              firstRef={firstTick}
            />
          )}
          {scene.kind === 'choosing' && scene.lookup.unknown.length > 0 && (
            <LookupUnknown
              unknown={scene.lookup.unknown}
              isOpen={model.venues.isOpen}
              onOpen={model.venues.open}
              onClose={model.venues.close}
            >
              {(unknown) => <Venues model={model} unknown={unknown} />}
            </LookupUnknown>
          )}
          <Doubts model={model} lookup={scene.lookup} />
        </Scroll>
      );
    case 'reading':
    case 'gone':
    case 'expired':
    case 'no-id':
      return null;
  }
}

/** The part that scrolls. Its rows stand still while the pointer is among them. */
function Scroll({
  box,
  children,
}: {
  box: RefObject<HTMLDivElement | null>;
  children: ComponentChildren;
}) {
  const [frozen, setFrozen] = useState(false);
  useStill(box, frozen);
  return (
    <div
      ref={box}
      class="scroll"
      tabIndex={-1}
      onPointerEnter={() => setFrozen(true)}
      onPointerLeave={() => setFrozen(false)}
    >
      {children}
    </div>
  );
}

function Venues({ model: { venues }, unknown }: { model: LookupModel; unknown: UnknownId }) {
  return (
    <LookupVenues
      venues={venues.of(unknown)}
      onSymbol={({ id }, symbol) => venues.setSymbol(id, unknown.id, symbol)}
      onAsk={({ id }) => venues.ask(id, unknown.id)}
      onCancel={({ id }) => venues.cancel(id, unknown.id)}
    />
  );
}

function Doubts({ model, lookup }: { model: LookupModel; lookup: LookupRecord }) {
  const sentences = doubtWords(lookup, model.page.view.value?.accounts ?? []);
  // By itself it is said above.
  const isBeside = lookup.orders.length + lookup.unknown.length > 0;
  const odd = isBeside ? oddWords(lookup.wish) : [];
  return (
    sentences.length + odd.length > 0 && (
      <div class="doubts">
        {odd.length > 0 && <OddWords wish={lookup.wish} />}
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    )
  );
}
