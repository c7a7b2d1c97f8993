import { dayChoices, type Days } from '#lib/page/history/time-axis.ts';
import { stretchName } from '#lib/page/history/latency-words.ts';
import { t } from '#lib/words/text.ts';

/** In the place of the search: which days are shown. */
export function LatencyBar({ days, onDays }: { days: Days; onDays: (days: Days) => void }) {
  return (
    <div class="latency-bar">
      <select
        aria-label={t('latency.days_shown')}
        value={String(days)}
        onChange={({ currentTarget }) => {
          const chosen = dayChoices[currentTarget.selectedIndex];
          if (chosen) onDays(chosen);
        }}
      >
        {dayChoices.map((each) => (
          <option key={each} value={String(each)} selected={each === days}>
            {stretchName(each)}
          </option>
        ))}
      </select>
    </div>
  );
}
