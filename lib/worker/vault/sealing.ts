/** A record as it lies in the database: AES-256-GCM, a fresh IV each time. */
export interface SealedRecord {
  readonly version: 1;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** Seals and opens records with the vault key. Where a record lies is part of the seal, so rows cannot be swapped. */
export interface Sealer {
  seal(store: string, id: string | number, value: unknown): Promise<SealedRecord>;
  /** Rejects where the record was changed, or lies in another place than it was sealed for. */
  open<T>(store: string, id: string | number, record: SealedRecord): Promise<T>;
}

const ivLength = 12;

export function createSealer(key: CryptoKey): Sealer {
  return {
    async seal(store, id, value) {
      const iv = crypto.getRandomValues(new Uint8Array(ivLength));
      const plain = new TextEncoder().encode(JSON.stringify(value));
      const data = await crypto.subtle.encrypt(algorithm(iv, store, id), key, plain);
      return { version: 1, iv, data };
    },

    async open<T>(store: string, id: string | number, record: SealedRecord) {
      expectVersion(record.version);
      const plain = await crypto.subtle.decrypt(algorithm(record.iv, store, id), key, record.data);
      return JSON.parse(new TextDecoder().decode(plain)) as T;
    },
  };
}

function algorithm(iv: Uint8Array<ArrayBuffer>, store: string, id: string | number): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`${store}/${id}`) };
}

/** Throws for records of a later Pullcord, rather than misread them. */
function expectVersion(version: number): void {
  if (version !== 1)
    throw new Error(`record version ${version} is not known to this version of Pullcord`);
}
