import { hostOf } from '#lib/domain/site.ts';

/** What a right-click on a page can do, and on which sites it does more. */
export function Sites({
  sites,
  problem,
  onRemove,
}: {
  sites: readonly string[];
  problem: string | undefined;
  onRemove: (site: string) => void;
}) {
  return (
    <section class="card" aria-labelledby="right-click">
      <h2 id="right-click">Right-click on pages</h2>
      <div class="explained">
        <p>
          On any page: select an order id and right-click it. The menu has <b>Cancel order “…”</b>.
        </p>
        <p>
          On these sites the id need not be selected. Pullcord reads the text under a right-click
          there, and nothing else.
        </p>
      </div>
      {sites.length === 0 ? (
        <p class="muted">
          None yet. Open the popup on a site and press the button with the site’s name, at its foot.
        </p>
      ) : (
        <ul class="lines" aria-label="Sites">
          {sites.map((site) => {
            const host = hostOf(site);
            return (
              <li key={site}>
                <span class="site-name">{host}</span>
                <button type="button" aria-label={`Remove ${host}`} onClick={() => onRemove(site)}>
                  Remove
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {problem !== undefined && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
