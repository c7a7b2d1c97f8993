import { cp, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { buildFolder } from '#tests/e2e/support/extension.ts';

/** The sandbox build, whose worker lets a test in; in a folder of its own, which is the caller's to remove. */
export async function buildWithDoor(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'pullcord-door-')));
  await cp(buildFolder('chrome-mv3-sandbox'), folder, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'error',
    mode: 'sandbox',
    publicDir: false,
    plugins: [
      {
        name: 'door',
        enforce: 'pre',
        resolveId: (source, importer) =>
          source.endsWith('/browser-transport.ts') && importer?.endsWith('/background.ts')
            ? join(import.meta.dirname, 'handed-out.ts')
            : undefined,
      },
    ],
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'esnext',
      rolldownOptions: {
        input: join(import.meta.dirname, 'worker.ts'),
        output: { format: 'iife', entryFileNames: 'background.js' },
      },
    },
  });
  return folder;
}
