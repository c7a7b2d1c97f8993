import type { Records } from '#tests/faults/records.ts';

export function historyIsWhole({ history = [], schedule }: Records): string[] {
  const rows = history.flatMap(({ cancellation }) => cancellation ?? []);
  const unreadable = history.length - rows.length;
  const twice = rows.filter(({ id }, index) => rows.findIndex((row) => row.id === id) !== index);
  // By a clock that was set back, later is earlier.
  const isSetBack = schedule.faults.some(({ kind, by }) => kind === 'clock set' && by < 0);
  const disordered = rows.filter(({ at: { requested, sent, accepted, ended } }) => {
    const times = [requested, sent, accepted, ended].filter((time) => time !== undefined);
    return times.some((time, index) => time < (times[index - 1] ?? 0));
  });
  return [
    ...(unreadable > 0 ? [`${unreadable} rows cannot be read`] : []),
    ...twice.map(({ id }) => `${id} is there twice`),
    ...(isSetBack ? [] : disordered.map(({ id, at }) => `${id}: ${JSON.stringify(at)}`)),
  ];
}

export function secretsStay({ accounts, requests, texts }: Records): string[] {
  const out = [...texts, ...requests.map(({ text }) => text)];
  const leaked = accounts.filter(({ secret }) => out.some((text) => text.includes(secret)));
  const inAddress = accounts.filter(({ key }) =>
    requests.some(({ text }) => text.split('\n')[1]?.includes(key)),
  );
  const passphrases = out.filter((text) => text.includes('a few words that only I'));
  return [
    ...leaked.map(({ venue }) => `the secret of ${venue}`),
    ...inAddress.map(({ venue }) => `the key of ${venue}, in an address`),
    ...(passphrases.length > 0 ? ['the passphrase'] : []),
  ];
}
