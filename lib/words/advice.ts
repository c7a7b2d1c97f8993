import type { Trouble } from '#lib/domain/refusal.ts';
import { keyPart, t } from './text.ts';

/** What the user can do about a refusal, or about a venue that cannot be read. */
export function advice(reason: Trouble, venue: string): string {
  return t(`advice.${keyPart(reason)}`, { venue });
}
