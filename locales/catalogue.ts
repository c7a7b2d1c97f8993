/** What a language's file is, and whether it is whole. English is the one that the others are held against. */
export interface Catalogue {
  readonly [name: string]: string | Catalogue;
}

/** A message of several forms is an object of these. `n`: every other number. */
type Forms = Readonly<Record<string, string>>;

/** Which forms each language has: those for which its grammar has words of their own. */
export const languages: Readonly<Record<string, readonly string[]>> = {
  en: ['1', 'n'],
  es: ['1', 'n'],
  pt_BR: ['0', '1', 'n'],
  tr: ['1', 'n'],
  zh_TW: ['n'],
};

/** As the browser has it: one list, `a_b` for b in a; the forms of a message parted by a line. */
export function messagesOf(catalogue: Catalogue): [key: string, message: string][] {
  return entriesOf(catalogue).map(([key, value]) => [
    key.replaceAll('.', '_'),
    typeof value === 'string' ? value : Object.values(value).join(' | '),
  ]);
}

/** What a language lacks of English, or has too much. */
export function faultsOf(name: string, catalogue: Catalogue, english: Catalogue): string[] {
  const [own, wanted] = [new Map(entriesOf(catalogue)), new Map(entriesOf(english))];
  return [
    ...[...wanted.keys()].filter((key) => !own.has(key)).map((key) => `${name} lacks ${key}`),
    ...[...own].flatMap(([key, value]) => {
      const like = wanted.get(key);
      return like === undefined
        ? [`${name} has ${key}, which English has not`]
        : unlike(value, like, languages[name] ?? []).map((fault) => `${name}, ${key}: ${fault}`);
    }),
  ];
}

function unlike(value: string | Forms, like: string | Forms, forms: readonly string[]): string[] {
  const texts = typeof value === 'string' ? [value] : Object.values(value);
  const own = typeof value === 'string' ? [] : Object.keys(value);
  const due = typeof like === 'string' ? [] : forms;
  const wanted = namesIn(like);
  return [
    ...(own.join() === due.join() ? [] : [`has the forms [${own.join()}], not [${due.join()}]`]),
    ...texts.flatMap((text) =>
      isPlain(text) ? [] : [`“${text}” is empty, or has odd spaces or a line or a dollar sign`],
    ),
    ...texts.flatMap((text) => unlikeNames(namesIn(text), wanted, due.length > 0)),
  ];
}

/** Of several forms, each may leave the number out: "1 order" has it already. */
function unlikeNames(names: Set<string>, wanted: Set<string>, isCounted: boolean): string[] {
  const isFree = (name: string) => isCounted && name === 'count';
  const lacking = [...wanted].filter((name) => !names.has(name) && !isFree(name));
  const more = [...names].filter((name) => !wanted.has(name) && !isFree(name));
  return lacking
    .map((name) => `lacks {${name}}`)
    .concat(more.map((name) => `has {${name}} too many`));
}

const isPlain = (text: string): boolean => /^\S[^|$]*$/.test(text) && text.trim() === text;

function namesIn(message: string | Forms): Set<string> {
  const text = typeof message === 'string' ? message : Object.values(message).join(' ');
  return new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''));
}

function entriesOf(catalogue: Catalogue, path = ''): [key: string, message: string | Forms][] {
  return Object.entries(catalogue).flatMap(([name, value]): [string, string | Forms][] => {
    const key = path + name;
    if (typeof value === 'string') return [[key, value]];
    return isForms(value) ? [[key, value]] : entriesOf(value, `${key}.`);
  });
}

function isForms(value: Catalogue): value is Catalogue & Forms {
  return Object.entries(value).every(
    ([name, text]) => /^(?:\d|n)$/.test(name) && typeof text === 'string',
  );
}
