import { batch, signal } from '@preact/signals';
import type { AccountId } from '#lib/domain/account.ts';
import { idKey } from '#lib/domain/id-shapes.ts';
import type { UnknownId } from '#lib/domain/lookup.ts';
import type { UserError } from '#lib/domain/user-error.ts';
import { secondsToWait } from '#lib/domain/waiting.ts';
import { cancellationOf } from './cancellation-of.ts';
import { idKindOf, unasked, venueRow, type Question, type AskedVenue } from './asked-venues.ts';
import type { SharedState } from './found-model.ts';

const questionKey = (accountId: AccountId, id: string) => `${accountId} ${idKey(id)}`;

/** Ids that no open order bears, put to the venues: each question and each cancel is for one account. */
export function createVenues({ page, lookup, cancellations, now }: SharedState) {
  const questions = signal<ReadonlyMap<string, Question>>(new Map());
  /** Ids whose accounts are shown. */
  const opened = signal<ReadonlySet<string>>(new Set());

  const find = (accountId: AccountId, id: string) =>
    questions.peek().get(questionKey(accountId, id)) ?? unasked;
  const set = (accountId: AccountId, id: string, question: Question) => {
    questions.value = new Map(questions.peek()).set(questionKey(accountId, id), question);
  };

  const ask = async (accountId: AccountId, id: string) => {
    const before = find(accountId, id);
    if (before.asking) return;
    const { failure: _, ...rest } = before;
    set(accountId, id, { ...rest, asking: true });
    const symbol = before.symbol.trim();
    const known = symbol ? { symbol } : {};
    try {
      const answer = await page.ask({ kind: 'ask-order', accountId, id, ...known });
      const { symbol: typed, ...current } = find(accountId, id);
      // Typed meanwhile, another symbol is another question.
      const isOutdated = typed.trim() !== symbol && current.answer !== undefined;
      set(accountId, id, {
        ...current,
        symbol: typed,
        asking: false,
        ...(isOutdated ? {} : { answer }),
      });
    } catch (error) {
      const failure = error as UserError;
      set(accountId, id, { ...find(accountId, id), asking: false, failure });
    }
  };

  const open = ({ id, accountIds }: UnknownId) => {
    opened.value = new Set(opened.peek()).add(id);
    for (const accountId of accountIds) {
      const isKnown = questions.peek().has(questionKey(accountId, id));
      if (!isKnown && !cancellationFor(accountId, id)) void ask(accountId, id);
    }
  };

  const cancellationFor = (accountId: AccountId, id: string) => {
    const known = lookup.value;
    const { asked } = questions.value.get(questionKey(accountId, id)) ?? unasked;
    return (
      known &&
      cancellationOf(
        { accountId, ids: [id] },
        known,
        cancellations.value,
        asked?.kind === 'answered' ? asked.cancellationId : undefined,
      )
    );
  };

  const cancel = async (accountId: AccountId, id: string) => {
    const known = lookup.peek();
    const account = page.view.peek()?.accounts.find((each) => each.id === accountId);
    const question = find(accountId, id);
    if (!known || !account || question.asked?.kind === 'asking') return;
    set(accountId, id, { ...question, asked: { kind: 'asking' } });
    const symbol = question.symbol.trim();
    try {
      const { cancellationId } = await page.ask({
        kind: 'cancel',
        accountId,
        idKind: idKindOf(account.venue, id, question.answer),
        id,
        ...(symbol && { symbol }),
        lookupId: known.id,
      });
      set(accountId, id, { ...find(accountId, id), asked: { kind: 'answered', cancellationId } });
    } catch (error) {
      const { message } = error as UserError;
      set(accountId, id, { ...find(accountId, id), asked: { kind: 'failed', message } });
    }
  };

  return {
    isOpen: ({ id }: UnknownId) => opened.value.has(id),
    open,
    close: ({ id }: UnknownId) => {
      opened.value = new Set([...opened.peek()].filter((each) => each !== id));
    },
    cancel: (accountId: AccountId, id: string) => void cancel(accountId, id),
    ask: (accountId: AccountId, id: string) => void ask(accountId, id),

    setSymbol(accountId: AccountId, id: string, symbol: string): void {
      const { answer, ...rest } = find(accountId, id);
      // What was said of another symbol does not hold for this one.
      const idKind = answer?.kind === 'read' ? answer.idKind : undefined;
      const kept = idKind ? ({ kind: 'symbol-needed', idKind } as const) : answer;
      set(accountId, id, { ...rest, ...(kept && { answer: kept }), symbol });
    },

    of({ id, accountIds }: UnknownId): readonly AskedVenue[] {
      return (page.view.value?.accounts ?? [])
        .filter((account) => accountIds.includes(account.id))
        .map((account) => {
          const question = questions.value.get(questionKey(account.id, id)) ?? unasked;
          const cancellation = cancellationFor(account.id, id);
          const holds = page.view.value?.holds ?? {};
          const wait = cancellation && secondsToWait(cancellation, holds, now.value);
          const row = venueRow(question, account.venue, cancellation, wait);
          const { asked, symbol } = question;
          const problem = asked?.kind === 'failed' ? asked.message : undefined;
          return { account, row, symbol, problem };
        });
    },

    forget: () =>
      batch(() => {
        questions.value = new Map();
        opened.value = new Set();
      }),
  };
}
