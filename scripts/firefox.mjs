import { onPath } from './on-path.mjs';

/**
 * A Firefox as it is released: named by PULLCORD_FIREFOX, else `firefox-esr` or `firefox` on the PATH. Undefined where there is none.
 * @returns {string | undefined}
 */
export function findFirefox() {
  return process.env['PULLCORD_FIREFOX'] || (onPath('firefox-esr') ?? onPath('firefox'));
}
