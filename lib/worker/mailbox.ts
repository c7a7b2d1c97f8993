/** Hands on what is told. What comes before anybody follows is told to them first. */
export interface Mailbox<T> {
  readonly tell: (told: T) => void;
  follow(listener: (told: T) => void): void;
}

export function createMailbox<T>(): Mailbox<T> {
  const kept: T[] = [];
  let tell = (told: T): void => void kept.push(told);
  return {
    tell: (told) => tell(told),
    follow(listener) {
      tell = listener;
      for (const told of kept.splice(0)) listener(told);
    },
  };
}
