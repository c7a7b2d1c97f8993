import { click, clickable, type Book, type Click, type ClickedVenue } from './click.ts';
import type { World } from './world.ts';

export interface Side {
  readonly world: World;
  readonly book?: Book;
}

interface Turns {
  readonly venue: ClickedVenue;
  readonly count: number;
  /** Before each click, when the pointer is on the button. */
  readonly before?: (world: World) => Promise<void>;
  readonly afterTurn?: () => Promise<void>;
}

/** So many clicks in each, with a popup open in all: each turn of them meets the same machine. */
export async function clicksInTurn(
  sides: readonly Side[],
  { venue, count, before, afterTurn }: Turns,
): Promise<Click[][]> {
  const turns = await Promise.all(
    sides.map(async ({ world, book }) => {
      const popup = await world.openPopup({ inOwnWindow: true });
      const clicks: Click[] = [];
      return { world, popup, clicks, ids: clickable(world, popup, venue, count + 1, book) };
    }),
  );
  // The first is not counted: scripts are compiled and connections opened in it.
  for (let done = 0; done <= count; done++) {
    for (const { world, popup, clicks, ids } of turns) {
      const { value } = await ids.next();
      if (typeof value !== 'string') throw new Error('there are no more orders');
      clicks.push(await click(world, popup, venue, value, () => before?.(world)));
    }
    await afterTurn?.();
  }
  for (const { popup } of turns) await popup.close();
  return turns.map(({ clicks }) => clicks.slice(1));
}
