/** A label for a new account: the venue's name, with a number where accounts bear it already (`BtcTurk 2`). */
export function suggestedLabel(venueName: string, taken: readonly string[]): string {
  const labels = new Set(taken);
  let label = venueName;
  for (let number = 2; labels.has(label); number++) label = `${venueName} ${number}`;
  return label;
}
