import type { Records } from '#tests/faults/records.ts';
import { everyWishEnds } from './ends.ts';
import { historyIsWhole, secretsStay } from './kept.ts';
import { oldIsNotSent, oneInTheAir, othersUntouched, removedIsLeftAlone } from './requests.ts';
import { endIsTrue, neverTooEarly } from './truth.ts';

/** What must hold of every run, whatever went wrong in it. Each tells how it is broken, where it is. */
export const laws = {
  'every wish that was taken ends, in one end': everyWishEnds,
  'what is shown as the end is what the book says': endIsTrue,
  'nothing is called cancelled while the book has it open': neverTooEarly,
  'no order is touched that nobody asked for': othersUntouched,
  'one cancel of an order is in the air at a time': oneInTheAir,
  'nothing is sent for a wish that slept for an hour': oldIsNotSent,
  'nothing is sent for an account after it was removed': removedIsLeftAlone,
  'the history has each wish once, its times in order': historyIsWhole,
  'no secret leaves the worker': secretsStay,
} satisfies Record<string, (records: Records) => string[]>;

export type LawName = keyof typeof laws;

export function brokenIn(records: Records): { law: LawName; how: string }[] {
  return (Object.keys(laws) as LawName[]).flatMap((law) =>
    laws[law](records).map((how) => ({ law, how })),
  );
}
