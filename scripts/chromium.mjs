import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isFile, onPath } from './on-path.mjs';

/**
 * A Chromium that loads unpacked extensions: named by PULLCORD_CHROMIUM, else `chromium` on the PATH, else the one
 * that Playwright downloaded. Undefined where there is none.
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env['PULLCORD_CHROMIUM'];
  if (named) return named;
  return onPath('chromium') ?? onPath('chromium-browser') ?? fromPlaywright();
}

function fromPlaywright() {
  const cache = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache/ms-playwright');
  if (!existsSync(cache)) return undefined;
  return (
    readdirSync(cache)
      .filter((folder) => folder.startsWith('chromium-'))
      // Written last: without it the download was ended in the middle.
      .filter((folder) => isFile(join(cache, folder, 'INSTALLATION_COMPLETE')))
      .toSorted()
      .toReversed()
      .flatMap((folder) =>
        ['chrome-linux64/chrome', 'chrome-linux/chrome'].map((file) => join(cache, folder, file)),
      )
      .find(isFile)
  );
}
