import { dayChoices, type Days } from '#lib/page/history/time-axis.ts';
import { stretchNames } from '#lib/page/history/latency-words.ts';

/** In the place of the search: which days are shown. */
export function LatencyBar({ days, onDays }: { days: Days; onDays: (days: Days) => void }) {
  return (
    <div class="latency-bar">
      <select
        aria-label="Days shown"
        value={String(days)}
        onChange={({ currentTarget }) => {
          const chosen = dayChoices[currentTarget.selectedIndex];
          if (chosen) onDays(chosen);
        }}
      >
        {dayChoices.map((each) => (
          <option key={each} value={String(each)} selected={each === days}>
            {stretchNames[each]}
          </option>
        ))}
      </select>
    </div>
  );
}
