import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { serveSockets, type Port } from '#lib/offscreen/serve-sockets.ts';

/** All of the offscreen document, `public/offscreen.html`: not a page to the build, which would load what pages share. */
export default defineUnlistedScript({
  // It has no such documents.
  exclude: ['firefox'],
  main() {
    /** The one thing that such a document has of the extension's API, and needs. */
    const { chrome } = globalThis as unknown as { chrome: { runtime: { connect(): Port } } };
    serveSockets(chrome.runtime.connect(), () => window.close());
  },
});
