import { Calm } from './Calm.tsx';

const sentence = 'Reload it: it goes on with every cancellation it has begun.';

interface SilentProps {
  onReload: () => void;
}

/** The worker does not answer, and there is nothing to show. */
export function SilentPicture({ onReload }: SilentProps) {
  return (
    <Calm picture={<SilentDrawing />} title="Pullcord is not answering">
      <p>{sentence}</p>
      <button type="button" class="primary" onClick={onReload}>
        Reload Pullcord
      </button>
    </Calm>
  );
}

/** The worker does not answer; what was last known stays to be seen. */
export function SilentBanner({ onReload }: SilentProps) {
  return (
    <div class="banner" role="alert">
      <p>
        <strong>Pullcord is not answering.</strong> {sentence}
      </p>
      <button type="button" onClick={onReload}>
        Reload Pullcord
      </button>
    </div>
  );
}

const SilentDrawing = () => (
  <>
    <path d="M20 22h32v22H36l-8 8v-8h-8Z" />
    <path d="m31 29 10 8M41 29l-10 8" />
  </>
);
