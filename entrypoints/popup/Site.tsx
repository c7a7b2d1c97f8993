import { useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { SiteButton } from '#components/popup/SiteButton.tsx';
import { hasSandbox } from '#lib/venues/has-sandbox.ts';
import { hostOf, siteOf } from '#lib/domain/site.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';
import { t } from '#lib/words/text.ts';

/** Finding ids under a right-click on the site in the current tab; nothing where that is no site for it. */
export function Site({ model }: { model: PopupModel }) {
  const [site, setSite] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => void currentSite().then(setSite), []);
  if (site === undefined) return null;

  const isOn = model.page.view.value?.sites.includes(site) === true;
  const turn = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      // Before anything else: the browser asks only in the click itself. It may close the popup while it does.
      if (isOn || (await browser.permissions.request({ origins: [site] }))) {
        await model.page.ask({ kind: 'switch-site', site, on: !isOn });
      } else {
        setProblem(t('sites.refused_here', { host: hostOf(site) }));
      }
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <SiteButton
      host={hostOf(site)}
      isOn={isOn}
      busy={busy}
      problem={problem}
      onSwitch={() => void turn()}
    />
  );
}

async function currentSite(): Promise<string | undefined> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  const site = tab?.url === undefined ? undefined : siteOf(tab.url, hasSandbox);
  // The venues' own hosts, which the manifest names one by one, answer programs, not people.
  const { optional_host_permissions: named = [] } = browser.runtime.getManifest();
  return site !== undefined && named.includes(site) ? undefined : site;
}
