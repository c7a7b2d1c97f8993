import type { LookupWish } from '#lib/domain/lookup.ts';
import { beginningOf, oddAdvice, oddWords, soughtWords } from '#lib/page/lookup/lookup-words.ts';
import { Calm } from '#components/shared/Calm.tsx';
import { EmptyDrawing } from '#components/shared/Picture.tsx';
import { SearchDrawing } from '#components/shared/SearchDrawing.tsx';
import { CordDrawing } from '#components/popup/SetUp.tsx';

/** The states of a lookup's window in which there is nothing to list. */

export function NotSetUp({ onSetUp }: { onSetUp: () => void }) {
  return (
    <Calm picture={<CordDrawing />} title="Pullcord is not set up">
      <p>Choose a passphrase and add an account first. Nothing was sent.</p>
      <button type="button" class="primary" onClick={onSetUp}>
        Set up Pullcord
      </button>
    </Calm>
  );
}

export function Looking({ wish }: { wish: LookupWish | undefined }) {
  const { ids, more } = wish ? soughtWords(wish) : { ids: [], more: '' };
  return (
    <Calm picture={<SearchDrawing />} title="Looking in your accounts…">
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
    <Calm picture={<ClockDrawing />} title="Nothing to show">
      <p>This window’s wish is no longer known. Right-click the id again.</p>
    </Calm>
  );
}

export function Expired() {
  return (
    <Calm picture={<ClockDrawing />} title="Too long ago">
      <p>
        You asked more than a minute ago, so nothing was cancelled. Right-click the id again (or
        press the shortcut again).
      </p>
    </Calm>
  );
}

/** `text`: what the user pointed at; a page wrote it. */
export function NoId({ text }: { text: string }) {
  const beginning = beginningOf(text);
  return (
    <Calm picture={<SearchDrawing />} title="No order id there">
      <p class="hostile">
        {beginning === '' ? (
          'There is no order id in it.'
        ) : (
          <>
            “<bdi>{beginning}</bdi>” holds no order id.
          </>
        )}{' '}
        Nothing was sent.
      </p>
      <p>
        An order id is a long number, such as <span class="id">26947521101</span>, or has letters
        and digits in groups, such as{' '}
        <span class="id nowrap">7155ed34-9ec4-4733-8b32-1e4319cb662f</span>.
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
      <p>Nothing was sent. {advice}</p>
    </Calm>
  );
}

/** What stands in the text and could not be looked for. */
export function OddWords({ wish }: { wish: LookupWish }) {
  return (
    <>
      {oddWords(wish).map(({ text, words }) => (
        <p key={text} class="hostile">
          “<bdi class="id">{text}</bdi>” {words}
        </p>
      ))}
    </>
  );
}

export function NoneOpen({ isSure }: { isSure: boolean }) {
  return (
    <Calm picture={<EmptyDrawing />} title="Nothing to cancel">
      <p>There is no open order to cancel{isSure ? '.' : ', as far as could be read.'}</p>
    </Calm>
  );
}

const ClockDrawing = () => (
  <>
    <circle cx="36" cy="36" r="15" />
    <path d="M36 27v9l6 5" />
  </>
);
