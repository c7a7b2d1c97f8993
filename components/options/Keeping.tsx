import type { Kept } from '#lib/page/options/options-model.ts';

/** Whether the browser keeps what lies on this device, as it says itself. */
export function Keeping({ kept, onAsk }: { kept: Kept; onAsk: () => void }) {
  return (
    <section class="card" aria-labelledby="keeping">
      <h2 id="keeping">Data on this device</h2>
      <div class="stack">
        <output>{words[kept]}</output>
        {kept !== 'kept' && (
          <div>
            <button type="button" onClick={onAsk}>
              Ask the browser to keep it
            </button>
          </div>
        )}
      </div>
    </section>
  );
}

const unlimited =
  'Pullcord’s permission to store without limit still keeps it from being deleted to make room.';

const words: Record<Kept, string> = {
  kept: 'Your browser has agreed to keep Pullcord’s data: it deletes none of it to make room.',
  'not-kept': `Your browser has not agreed to keep Pullcord’s data for good. ${unlimited}`,
  refused: `Asked to keep Pullcord’s data for good, your browser has not agreed. ${unlimited}`,
};
