import type { LookupWish } from '#lib/domain/lookup.ts';
import { beginningOf, oddAdvice, oddWords, soughtWords } from '#lib/page/lookup/lookup-words.ts';
import { Calm } from '#components/shared/Calm.tsx';
import { EmptyDrawing } from '#components/shared/Picture.tsx';
import { SearchDrawing } from '#components/shared/SearchDrawing.tsx';
import { CordDrawing } from '#components/popup/SetUp.tsx';
import { t, tParts } from '#lib/words/text.ts';

/** The states of a lookup's window in which there is nothing to list. */

export function NotSetUp({ onSetUp }: { onSetUp: () => void }) {
  return (
    <Calm picture={<CordDrawing />} title={t('lookup.not_set_up.title')}>
      <p>{t('lookup.not_set_up.words')}</p>
      <button type="button" class="primary" onClick={onSetUp}>
        {t('lookup.not_set_up.button')}
      </button>
    </Calm>
  );
}

export function Looking({ wish }: { wish: LookupWish | undefined }) {
  const { ids, more } = wish ? soughtWords(wish) : { ids: [], more: '' };
  return (
    <Calm picture={<SearchDrawing />} title={t('lookup.looking')}>
      {/* As high without its words as with a line of them. */}
      <p class="sought">
        {ids.map((id) => (
          <bdi key={id} class="id" title={id}>
            {id}
          </bdi>
        ))}
        {more && <span>{more}</span>}
      </p>
    </Calm>
  );
}

export function Gone() {
  return (
    <Calm picture={<ClockDrawing />} title={t('lookup.gone.title')}>
      <p>{t('lookup.gone.words')}</p>
    </Calm>
  );
}

export function Expired() {
  return (
    <Calm picture={<ClockDrawing />} title={t('lookup.expired.title')}>
      <p>{t('lookup.expired.words')}</p>
    </Calm>
  );
}

const examples = { number: '26947521101', uuid: '7155ed34-9ec4-4733-8b32-1e4319cb662f' };

/** `text`: what the user pointed at; a page wrote it. */
export function NoId({ text }: { text: string }) {
  const beginning = beginningOf(text);
  return (
    <Calm picture={<SearchDrawing />} title={t('lookup.no_id.title')}>
      <p class="hostile">
        {beginning === ''
          ? t('lookup.no_id.empty')
          : tParts('lookup.no_id.text', { text: <bdi>{beginning}</bdi> })}
      </p>
      <p>
        {tParts('lookup.no_id.forms', {
          number: <span class="id">{examples.number}</span>,
          uuid: <span class="id nowrap">{examples.uuid}</span>,
        })}
      </p>
    </Calm>
  );
}

/** Something like an id, and nothing that could be looked for. */
export function NotUnderstood({ wish }: { wish: LookupWish }) {
  const { title, advice } = oddAdvice(wish);
  return (
    <Calm picture={<SearchDrawing />} title={title}>
      <OddWords wish={wish} />
      <p>{t('lookup.nothing_sent_advice', { advice })}</p>
    </Calm>
  );
}

/** What stands in the text and could not be looked for. */
export function OddWords({ wish }: { wish: LookupWish }) {
  return (
    <>
      {oddWords(wish).map(({ text, key }) => (
        <p key={text} class="hostile">
          {tParts(key, { text: <bdi class="id">{text}</bdi> })}
        </p>
      ))}
    </>
  );
}

export function NoneOpen({ isSure }: { isSure: boolean }) {
  return (
    <Calm picture={<EmptyDrawing />} title={t('lookup.none_open.title')}>
      <p>{t(isSure ? 'lookup.none_open.sure' : 'lookup.none_open.unsure')}</p>
    </Calm>
  );
}

const ClockDrawing = () => (
  <>
    <circle cx="36" cy="36" r="15" />
    <path d="M36 27v9l6 5" />
  </>
);
