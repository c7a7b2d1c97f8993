import { compileFunction } from 'node:vm';
import { build } from 'vite';

/** Starts the worker, as the browser does: every listener is registered when it returns. */
export type StartCode = (globals: Readonly<Record<string, unknown>>) => void;

/**
 * The worker's whole code, from its entry point on, bundled once. Each life of the worker runs all of it anew, so that nothing
 * of the one before is left in a variable, and is given its globals, so that all it can reach can be taken from it.
 */
export async function loadWorker(globals: readonly string[]): Promise<StartCode> {
  const built = await build({
    configFile: false,
    mode: 'sandbox',
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry: 'entrypoints/background.ts', formats: ['iife'], name: 'background' },
      rolldownOptions: {
        external: ['webextension-polyfill'],
        output: { globals: { 'webextension-polyfill': 'browser' } },
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const code = output && 'output' in output ? output.output[0].code : '';
  const run = compileFunction(`${code}\nreturn background;`, [...globals]) as (
    ...given: unknown[]
  ) => { main(): void };
  return (given) => run(...globals.map((name) => given[name])).main();
}
