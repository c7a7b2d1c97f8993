import type { Plugin } from 'vite';

/**
 * The polyfill holds a table of every function that took a callback before browsers gave promises, to turn them into
 * such. Every function of the oldest Chrome that takes the package gives promises by itself, and Firefox does without the
 * table; what is left of the polyfill is that a listener may answer a message by a promise. Where a later version holds the
 * table in another way it stays: the package grows, and nothing else changes.
 */
export function leanPolyfill(): Plugin {
  return {
    name: 'lean-polyfill',
    enforce: 'pre',
    transform: (code, id) =>
      id.includes('webextension-polyfill') ? code.replace(table, '$1{"alarms":{}};') : undefined,
  };
}

const table = /(const apiMetadata = )\{[^]*?\n {6}\};/;
