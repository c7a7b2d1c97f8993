import { compileFunction } from 'node:vm';
import { build } from 'vite';

/** Starts it, as the browser does: every listener is registered when it returns. */
export type RunCode = (globals: Readonly<Record<string, unknown>>) => void;

/**
 * All the code from an entry point on, bundled once. Each life of the worker runs all of it anew, so that nothing of the one before
 * is left in a variable, and is given its globals, so that all it can reach can be taken from it.
 */
export async function loadCode(entry: string, globals: readonly string[]): Promise<RunCode> {
  const built = await build({
    configFile: false,
    mode: 'sandbox',
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry: `entrypoints/${entry}.ts`, formats: ['iife'], name: 'entry' },
      rolldownOptions: {
        external: ['webextension-polyfill'],
        output: { globals: { 'webextension-polyfill': 'browser' } },
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const code = output && 'output' in output ? output.output[0].code : '';
  const run = compileFunction(`${code}\nreturn entry;`, [...globals]) as (...given: unknown[]) => {
    main(): void;
  };
  return (given) => run(...globals.map((name) => given[name])).main();
}
