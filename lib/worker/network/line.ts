/**
 * Watches for the browser's network to come back. Chromium tells pages of it but no service worker (measured: the event
 * never comes, though `navigator.onLine` changes), so it is looked at while it is gone.
 */
export interface Line {
  /** Something could not be reached: where the network is gone, `onBack` is called when it has come back. */
  look(): void;
  stop(): void;
}

const pause = 1000;

export function createLine(onBack: () => void): Line {
  let timer: ReturnType<typeof setInterval> | undefined;

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    look() {
      if (timer !== undefined || navigator.onLine) return;
      timer = setInterval(() => {
        if (!navigator.onLine) return;
        stop();
        onBack();
      }, pause);
    },
    stop,
  };
}
