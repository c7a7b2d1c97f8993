/* What follows runs in the page. */

/** From the next input to the first task after the frame behind it. */
export function watchKey(): void {
  globalThis.keySeen = new Promise((resolve) => {
    const onInput = ({ timeStamp }: Event) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => resolve(performance.now() - timeStamp));
        port1.start();
        port2.postMessage(undefined);
      });
    };
    addEventListener('input', onInput, { capture: true, once: true });
  });
}

export function keySeen() {
  return globalThis.keySeen;
}

declare global {
  var keySeen: Promise<number>;
}
