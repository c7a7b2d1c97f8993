/** A key at a venue. Rights bear the venue's own names. */
export interface ApiKey<Right extends string> {
  readonly key: string;
  readonly secret: string;
  readonly rights: readonly Right[];
  /** Where set, requests from any other address are refused. */
  readonly allowedIp: string | undefined;
}

export interface NewApiKey<Right extends string> {
  key?: string | undefined;
  secret?: string | undefined;
  rights?: readonly Right[] | undefined;
  allowedIp?: string | undefined;
}

/** The keys a venue knows. The first is made at the start and holds every right. */
export class KeyRing<Right extends string> {
  readonly #keys = new Map<string, ApiKey<Right>>();
  readonly #make: () => { key: string; secret: string; rights: readonly Right[] };

  constructor(make: () => { key: string; secret: string; rights: readonly Right[] }) {
    this.#make = make;
  }

  /** Adds a key, or replaces the one of that name; what is left out is random, with every right, from anywhere. */
  add(given: NewApiKey<Right> = {}): ApiKey<Right> {
    const made = this.#make();
    const added = {
      key: given.key ?? made.key,
      secret: given.secret ?? made.secret,
      rights: given.rights ?? made.rights,
      allowedIp: given.allowedIp,
    };
    this.#keys.set(added.key, added);
    return added;
  }

  find(key: string): ApiKey<Right> | undefined {
    return this.#keys.get(key);
  }

  remove(key: string): void {
    this.#keys.delete(key);
  }

  get list(): ApiKey<Right>[] {
    return [...this.#keys.values()];
  }
}

/** May this key do that from there? */
export function permits<Right extends string>(
  apiKey: ApiKey<Right>,
  right: Right,
  address: string,
): boolean {
  const { rights, allowedIp } = apiKey;
  return rights.includes(right) && (allowedIp === undefined || allowedIp === address);
}
