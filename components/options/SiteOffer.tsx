import { hostOf } from '#lib/domain/site.ts';
import { hostsWords } from '#lib/page/options/site-words.ts';

/** Beside the news that an account was saved: to find ids on the venue's own sites too. */
export function SiteOffer({
  sites,
  problem,
  onAllow,
  onDismiss,
}: {
  sites: readonly string[];
  problem: string | undefined;
  /** Called in the click itself. */
  onAllow: () => void;
  onDismiss: () => void;
}) {
  return (
    <fieldset class="offer">
      <legend>Find order ids under a right-click on {hostsWords(sites)} too?</legend>
      {problem !== undefined && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <div class="offer-buttons">
        <button type="button" onClick={onAllow}>
          Allow on {sites.map(hostOf).join(', ')}
        </button>
        <button type="button" onClick={onDismiss}>
          Not now
        </button>
      </div>
    </fieldset>
  );
}
