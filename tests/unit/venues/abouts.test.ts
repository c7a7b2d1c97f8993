import { describe, expect, test } from 'vitest';
import { languages, messagesOf } from '#locales/catalogue.ts';
import { read } from '#tests/unit/repository/files.ts';
import { siteOf } from '#lib/domain/site.ts';
import { venueIds } from '#lib/domain/venue-id.ts';
import { abouts } from '#lib/venues/abouts.ts';
import { allBaseUrls, allSocketUrls, streamBase } from '#lib/venues/hosts.ts';
import type { Venue } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';
import { t } from '#lib/words/text.ts';

describe.each(venueIds)('%s', (id) => {
  const {
    guide,
    hasSocket,
    hosts,
    provesByHandshake,
    fields: { secretForm },
    streams,
    symbolForm,
    tradingSites,
  } = abouts[id];
  const venue: Venue = venues[id];

  test('has a guide that names the rights to tick and the rights not to', () => {
    expect(guide.keyPage.url).toMatch(/^https:\/\//);
    expect(guide.steps.length).toBeGreaterThan(1);
    expect(guide.rightsToTick.length).toBeGreaterThan(0);
    expect(guide.rightsNotToTick.map((key) => t(key)).join()).toMatch(/withdrawals/i);
  });

  test.each(Object.keys(languages))(
    'has a guide that names the fields of the form as the form does: %s',
    (language) => {
      const messages = new Map(messagesOf(JSON.parse(read(`locales/${language}.json`))));
      const said = (key: string) => messages.get(key.replaceAll('.', '_')) ?? '';
      const steps = guide.steps.map(said).join();
      expect(steps).toMatch(new RegExp(`[“«「]${said('account_form.api_key')}[”»」]`));
      expect(steps).toMatch(new RegExp(`[“«「]${said('account_form.api_secret')}[”»」]`));
      expect(said(secretForm)).toMatch(/[.。]$/);
    },
  );

  test('may have its WebSocket reached where its adapter opens one, and not otherwise', () => {
    expect(hasSocket === true).toBe(venue.socket !== undefined);
  });

  test('may have its stream reached where its adapter reads one, and not otherwise', () => {
    expect(streams !== undefined).toBe(venue.feed !== undefined);
    for (const [environment, url] of Object.entries(streams ?? {})) {
      expect(Object.keys(hosts)).toContain(environment);
      expect(url).toMatch(/^wss:\/\/[a-z\d.-]+$/);
      expect(allSocketUrls()).toContain(url);
    }
    const account = { venue: id, environment: 'live' } as const;
    expect(streamBase(account)).toBe(streams?.live);
    const sandbox = { ...account, environment: 'sandbox' } as const;
    const sandboxUrl = 'http://127.0.0.1:4101';
    expect(streamBase({ ...sandbox, sandboxUrl })).toBe('ws://127.0.0.1:4101');
  });

  test('says that its stream is proven by the handshake where it is, and not otherwise', () => {
    expect(provesByHandshake === true).toBe(venue.feed?.handshake !== undefined);
  });

  test('has a form of its symbols where orders are found by them, and not otherwise', () => {
    expect(symbolForm !== undefined).toBe(venue.needsSymbol);
  });

  test('a trading site is one host by https, and never one that keys are sent to', () => {
    for (const site of tradingSites) {
      expect(siteOf(site, false), site).toBe(site);
      expect(allBaseUrls()).not.toContain(site.slice(0, -2));
    }
  });
});
