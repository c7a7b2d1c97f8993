/** The vault's parts that take time, for `vi.mock` to put in the place of the real ones. */

export const passphrase = 'correct horse battery staple';

/** Each step of an opening that takes time, as the test lets it. */
export interface Steps {
  derive(): Promise<void>;
  open(): Promise<void>;
}

export const parts = {
  steps: { derive: async () => {}, open: async () => {} },
  hasVault: true,
  settings: { autoLock: 1 } as unknown,
  alarm: null as number | null,
  /** Minutes. */
  readingAlarm: undefined as number | undefined,
  unfinished: 0,
};

export const vaultRecordMock = {
  vaultPresence: () => Promise.resolve(parts.hasVault ? 'there' : 'none'),
  findVault: () => Promise.resolve(parts.hasVault ? {} : undefined),
  async addVault() {
    if (parts.hasVault) throw Object.assign(new Error('there already'), { code: 'vault-exists' });
    parts.hasVault = true;
  },
};

export const journalMock = { countUnfinished: () => Promise.resolve(parts.unfinished) };

export const storeMock = {
  sealedStore: () => ({
    get: () => Promise.resolve(parts.settings),
    put: (_: string, value: unknown) => Promise.resolve(void (parts.settings = value)),
  }),
};

export const vaultKeyMock = {
  async openVaultKey(given: string) {
    await parts.steps.derive();
    if (given !== passphrase) throw new Error('wrong');
    return new Uint8Array(32).fill(7);
  },
  async createVaultKey() {
    await parts.steps.derive();
    return { record: {}, bytes: new Uint8Array(32).fill(7) };
  },
  importVaultKey: () => Promise.resolve({}),
};

export const alarmsMock = {
  setAutoLockAlarm: (when: number | null) => Promise.resolve(void (parts.alarm = when)),
  setReadingAlarm: (minutes: number | undefined) =>
    Promise.resolve(void (parts.readingAlarm = minutes)),
  setUnfinishedAlarm: () => {},
};
