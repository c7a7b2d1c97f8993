/** Runs in the page before anything of its own: notes the frame in which so many such elements are on the screen. */
export function notePaint(selector: string, count: number): void {
  globalThis.painted = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.querySelectorAll(selector).length < count) return;
      observer.disconnect();
      performance.mark('rows there');
      // The frame that shows them, and then the first task after it.
      requestAnimationFrame(() => {
        performance.mark('frame begins');
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => resolve(performance.now()));
        port1.start();
        port2.postMessage(undefined);
      });
    });
    observer.observe(document, { childList: true, subtree: true });
  });
}

/** Milliseconds from the navigation. */
export function paintedAt(): Promise<number> {
  return globalThis.painted;
}

declare global {
  var painted: Promise<number>;
}
