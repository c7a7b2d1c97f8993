/**
 * Where labels go that are to stand at these places of a line, so that no two are nearer than `gap` to each other, none
 * leaves the stretch, and each is as near to its place as that allows when they are pushed apart from the first on. In the
 * given order. They must have room.
 */
export function spread(
  places: readonly number[],
  gap: number,
  [from, to]: readonly [from: number, to: number],
): number[] {
  const order = places.map((_, index) => index).toSorted((a, b) => at(places, a) - at(places, b));
  const spreadOut = places.map((place) => place);
  let least = from;
  for (const index of order) {
    spreadOut[index] = Math.max(at(places, index), least);
    least = at(spreadOut, index) + gap;
  }
  let most = to;
  for (const index of order.toReversed()) {
    spreadOut[index] = Math.min(at(spreadOut, index), most);
    most = at(spreadOut, index) - gap;
  }
  return spreadOut;
}

const at = (places: readonly number[], index: number) => places[index] ?? 0;
