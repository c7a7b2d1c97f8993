import type { Account, AccountId } from '#lib/domain/account.ts';
import type { ActId, Cancellation, CancellationId, SweepId } from '#lib/domain/cancellation.ts';
import { hasEnded, isTrouble, meanings } from '#lib/domain/standing.ts';
import { counts, hasSweepEnded, type Sweep } from '#lib/domain/sweep.ts';
import { secondsToWait } from '#lib/domain/waiting.ts';
import { lockedNoticeWords, noticeWords, type NoticeWords } from './notice-words.ts';
import { sweepOutcome } from '#lib/words/sweep-words.ts';
import type { View } from '#lib/protocol/view.ts';
import { t } from '#lib/words/text.ts';

/** Tells the user what came of cancels that they cannot see end: one system notification for one act. */
export interface Notices {
  /** A cancellation has come to another state, or is new. */
  readonly note: (cancellation: Cancellation) => void;
  readonly noteSweeps: (sweeps: readonly Sweep[]) => void;
}

interface NoticeNeeds {
  readonly view: View;
  /** Shows it in place of the one with the same id. */
  readonly show: (id: string, words: NoticeWords) => void;
  /** Whether a popup is open now. */
  readonly isPopupOpen: () => Promise<boolean>;
}

/** After so long without an end the user is told how it stands; the end is told too. In milliseconds. */
const patience = 10_000;

interface Group {
  readonly cancellations: Map<CancellationId, Cancellation>;
  waiting?: ReturnType<typeof setTimeout>;
  /** That it takes long was told: then the end is news, whatever it is. */
  isTold?: true;
}

export function createNotices({ view, show, isPopupOpen }: NoticeNeeds): Notices {
  const groups = new Map<ActId, Group>();
  /** The act that each cancellation is told with. */
  const actOf = new Map<CancellationId, ActId>();
  const running = new Set<SweepId>();

  // What the last life of the worker began ends in this one.
  for (const cancellation of Object.values(view.cancellations)) {
    if (cancellation.act) join(cancellation.act.id, cancellation);
  }
  for (const [id, group] of groups) {
    if (hasGroupEnded(group)) forget(id, group);
    else if ([...group.cancellations.values()].some(isLate)) group.isTold = true;
  }

  function join(id: ActId, cancellation: Cancellation): Group {
    leave(cancellation.id, id);
    const group = groups.get(id) ?? { cancellations: new Map() };
    group.cancellations.set(cancellation.id, cancellation);
    actOf.set(cancellation.id, id);
    groups.set(id, group);
    return group;
  }

  /** Another act asks for it now: what is left of the one before may have ended with that. */
  function leave(cancellationId: CancellationId, next: ActId): void {
    const id = actOf.get(cancellationId);
    const group = id !== undefined && id !== next ? groups.get(id) : undefined;
    if (id === undefined || !group) return;
    group.cancellations.delete(cancellationId);
    if (hasGroupEnded(group)) end(id, group);
  }

  function end(id: ActId, group: Group): void {
    forget(id, group);
    if (group.cancellations.size > 0) tell(id, group);
  }

  function forget(id: ActId, { cancellations, waiting }: Group): void {
    clearTimeout(waiting);
    groups.delete(id);
    for (const each of cancellations.keys()) actOf.delete(each);
  }

  function tell(id: ActId, { cancellations, isTold }: Group): void {
    const all = [...cancellations.values()];
    const act = all[0]?.act;
    const accountOf = ({ ref }: Cancellation) => findAccount(view, ref.accountId);
    const waitOf = (each: Cancellation) => secondsToWait(each, view.holds, Date.now());
    const words =
      view.vault.state === 'unlocked'
        ? noticeWords(all, accountOf, waitOf)
        : lockedNoticeWords(all);
    const isEnd = !groups.has(id);
    // By the time it is known whether a popup is open, the end may have been told.
    const isStill = () => isEnd || groups.has(id);
    const isBad = isTold === true || all.some(isTrouble);
    void showUnlessSeen(id, words, isBad, act?.inPopup === true, isStill);
  }

  async function showUnlessSeen(
    id: string,
    words: NoticeWords,
    isBad: boolean,
    inPopup: boolean,
    isStill = () => true,
  ): Promise<void> {
    const { notifications } = view.settings;
    if (notifications === 'off' || (notifications === 'trouble' && !isBad)) return;
    if (inPopup && (await isPopupOpen())) return;
    if (isStill()) show(id, words);
  }

  return {
    note(cancellation) {
      const { act } = cancellation;
      if (!act) return;
      const group = join(act.id, cancellation);
      if (hasGroupEnded(group)) {
        end(act.id, group);
      } else {
        const wait = cancellation.at.requested + patience - Date.now();
        group.waiting ??= setTimeout(
          () => {
            tell(act.id, group);
            group.isTold = true;
          },
          Math.max(0, wait),
        );
      }
    },

    noteSweeps(sweeps) {
      for (const sweep of sweeps) {
        if (!hasSweepEnded(sweep)) running.add(sweep.id);
        else if (running.delete(sweep.id)) {
          const title = sweepOutcome(sweep);
          const isBad = sweep.accounts.some(({ phase }) => phase !== 'empty') || isSweepBad(sweep);
          const message = t('notice.sweep_ended');
          void showUnlessSeen(sweep.id, { title, message }, isBad, true);
        }
      }
    },
  };
}

function hasGroupEnded({ cancellations }: Group): boolean {
  return [...cancellations.values()].every(hasEnded);
}

/** How it stands has been told in an earlier life of the worker. */
function isLate(cancellation: Cancellation): boolean {
  return !hasEnded(cancellation) && Date.now() - cancellation.at.requested > patience;
}

function isSweepBad({ accounts }: Sweep): boolean {
  return accounts.some(({ tally }) =>
    counts(tally).some(([key, count]) => count > 0 && meanings[key].isTrouble),
  );
}

function findAccount({ accounts }: View, accountId: AccountId): Account | undefined {
  return accounts.find(({ id }) => id === accountId);
}
