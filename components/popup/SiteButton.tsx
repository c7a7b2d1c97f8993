import './site-button.css';
import { CheckIcon, PointerIcon } from '#components/shared/Icons.tsx';
import { t } from '#lib/words/text.ts';

/** Finding ids under a right-click on one site: switches it on or off. Lies in the line “Cancel by id”. */
export function SiteButton({
  host,
  isOn,
  busy,
  problem,
  onSwitch,
}: {
  host: string;
  isOn: boolean;
  busy: boolean;
  /** Why the last try came to nothing. */
  problem: string | undefined;
  onSwitch: () => void;
}) {
  return (
    <>
      {problem !== undefined && (
        <p class="note" role="alert">
          {problem}
        </p>
      )}
      <div class="site-line">
        <button
          type="button"
          class="site-button"
          aria-pressed={isOn}
          aria-label={t('sites.find_on', { host })}
          aria-disabled={busy}
          title={t(isOn ? 'sites.is_on' : 'sites.is_off', { host })}
          onClick={busy ? undefined : onSwitch}
        >
          {isOn ? <CheckIcon /> : <PointerIcon />}
          <span class="site-host">
            <bdi>{host}</bdi>
          </span>
        </button>
      </div>
    </>
  );
}
