import { signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { VenueId } from '#lib/domain/venue-id.ts';
import { abouts } from '#lib/venues/abouts.ts';
import type { Page } from '#lib/page/page.ts';
import { hostsWords } from './site-words.ts';
import { t } from '#lib/words/text.ts';

/** The sites on which ids are found under a right-click. */
export function createSites({ view, ask }: Page) {
  /** Sites of a venue whose account has just been saved, to be switched on with a click. */
  const offered = signal<readonly string[]>([]);
  /** Why the last act came to nothing, beside where it was asked for. */
  const offerProblem = signal<string>();
  const problem = signal<string>();

  const turn = (sites: readonly string[], on: boolean) =>
    Promise.all(sites.map((site) => ask({ kind: 'switch-site', site, on })));

  return {
    offered,
    offerProblem,
    problem,

    offer: (venue: VenueId) => {
      const known = view.peek()?.sites ?? [];
      offered.value = abouts[venue].tradingSites.filter((site) => !known.includes(site));
      offerProblem.value = undefined;
    },

    dismiss: () => (offered.value = []),

    /** To be called from the click itself: the browser asks for the sites only then. */
    accept: async () => {
      const sites = offered.peek();
      try {
        offerProblem.value = undefined;
        if (await browser.permissions.request({ origins: [...sites] })) {
          await turn(sites, true);
          offered.value = [];
        } else {
          offerProblem.value = t('sites.refused', { hosts: hostsWords(sites) });
        }
      } catch (error) {
        offerProblem.value = (error as Error).message;
      }
    },

    remove: async (site: string) => {
      try {
        problem.value = undefined;
        await turn([site], false);
      } catch (error) {
        problem.value = (error as Error).message;
      }
    },
  };
}
