import { seen } from '#lib/venues/safe-text.ts';

/** What an outcome quotes, at any depth of it, and the reply does not say letter for letter. */
export function notSaidIn(text: string, outcome: unknown): string[] {
  const spoken = [seen(text), seen(unescaped(text))];
  return saidIn(outcome).filter(
    (piece) => piece.trim() === '' || !spoken.some((each) => each.includes(piece)),
  );
}

function saidIn(outcome: unknown): string[] {
  if (typeof outcome !== 'object' || outcome === null) return [];
  const parts = outcome instanceof Map ? [...outcome.entries()] : Object.entries(outcome);
  return parts.flatMap(([name, value]) => (name === 'said' ? (value as string[]) : saidIn(value)));
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** As JSON reads the texts in it; what stands around them stays. */
function unescaped(text: string): string {
  return text.replaceAll(
    /\\(?:u([\da-f]{4})|(.))/gis,
    (_, code: string | undefined, sign: string) =>
      code === undefined ? (escapes[sign] ?? sign) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
