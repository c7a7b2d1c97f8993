import { base64ToBytes } from '#lib/domain/base64.ts';

/** What a text in PEM holds, as its first line says: `PRIVATE KEY` is PKCS#8. */
export interface Pem {
  readonly label: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The dashes may have come to be others in a chat or a text program, the lines one, and `\n` may stand for their ends. */
const pem =
  /^[-\u2010-\u2015\u2212]{1,5}\s*BEGIN ([A-Z0-9 ]{1,40}?)\s*[-\u2010-\u2015\u2212]{1,5}([^-\u2010-\u2015\u2212]{1,10000})[-\u2010-\u2015\u2212]{1,5}\s*END /;

/** Whether a text is meant to be a PEM, be it cut off. */
export function isPem(text: string): boolean {
  return /^[-\u2010-\u2015\u2212]{1,5}\s*BEGIN /.test(text);
}

/** Undefined for what is no PEM, or is cut off. */
export function readPem(text: string): Pem | undefined {
  const [, label, body = ''] = pem.exec(text.trim()) ?? [];
  const bytes = base64ToBytes(body.replaceAll(/\s|\\[nr]/g, ''));
  return label === undefined || bytes === undefined || bytes.length === 0
    ? undefined
    : { label, bytes };
}

/** The object identifiers of private keys in PKCS#8, and of the curve that is meant by `p256`. Source: RFC 8410, RFC 5480, RFC 8017. */
const kinds = [
  ['ed25519', [0x06, 0x03, 0x2b, 0x65, 0x70]],
  ['p256', [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]],
  ['rsa', [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]],
] as const;

/** Whether a text is what stands between the first and the last line of a private key in PEM. */
export function isPkcs8Body(text: string): boolean {
  const bytes = base64ToBytes(text);
  return bytes !== undefined && kindOfPkcs8(bytes) !== undefined;
}

/** What kind of private key the bytes of a PKCS#8 hold, by its head; undefined for any other. */
export function kindOfPkcs8(bytes: Uint8Array): 'ed25519' | 'p256' | 'rsa' | undefined {
  const head = [...bytes.subarray(0, 40)].join();
  return kinds.find(([, id]) => head.includes(id.join()))?.[0];
}
