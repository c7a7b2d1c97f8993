/* What follows runs in the page. */

/** From the next event of this kind to the frame in which exactly so many such elements are there. */
export function watchPaint(event: string, selector: string, count: number): void {
  globalThis.untilPainted = new Promise((resolve) => {
    const watch = ({ timeStamp }: Event) => {
      let isSeen = false;
      const look = () => {
        if (isSeen || document.querySelectorAll(selector).length !== count) return;
        isSeen = true;
        observer.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => resolve(performance.now() - timeStamp));
          port1.start();
          port2.postMessage(undefined);
        });
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { childList: true, subtree: true });
    };
    addEventListener(event, watch, { capture: true, once: true });
  });
}

export function untilPainted(): Promise<number> {
  return globalThis.untilPainted;
}

declare global {
  var untilPainted: Promise<number>;
}
