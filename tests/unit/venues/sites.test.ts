import { expect, test } from 'vitest';
import { allBaseUrls } from '#lib/venues/hosts.ts';
import { tradingSites } from '#lib/venues/sites.ts';
import { siteOf } from '#lib/domain/site.ts';

test('a trading site is one host by https, and never one that keys are sent to', () => {
  const sites = Object.values(tradingSites).flat();
  expect(sites.length).toBeGreaterThan(0);
  for (const site of sites) {
    expect(siteOf(site, false), site).toBe(site);
    expect(allBaseUrls()).not.toContain(site.slice(0, -2));
  }
});
