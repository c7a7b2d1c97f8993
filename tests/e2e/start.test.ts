import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { venueNames } from '#lib/domain/venue-id.ts';
import { expect, test, testVenues } from '#tests/e2e/support/test.ts';

/** What somebody does first who has just cloned this, on a machine without a display. */
test('npm start cancels an order on each venue, and comes to its end', async () => {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  // Where a step of it fails it exits with an error, which says which.
  const { stdout } = await promisify(execFile)('npm', ['start'], {
    env: { ...env, PULLCORD_BUILT: 'yes' },
  });
  for (const venue of testVenues) {
    const part = stdout.split('\n\n').find((each) => each.startsWith(`${venueNames[venue]}: `));
    expect(part).toContain('cancelled (Cancelled)');
    expect(part).toContain('the venue’s own book: cancelled');
  }
  expect(stdout).toContain('Screenshots, light and dark: ');
});
