import type { Plugin } from 'vite';

/**
 * What the popup shares with other pages is one file, whichever of them share it: each file more is a few milliseconds
 * before its first frame. What it loads later stays out of it.
 */
export function oneSharedChunk(): Plugin {
  return {
    name: 'one-shared-chunk',
    outputOptions: (options) =>
      options.format === 'es'
        ? {
            ...options,
            codeSplitting: { groups: [{ name: 'page', minShareCount: 2, test: isNeededFirst }] },
          }
        : undefined,
  };
}

const isNeededFirst = (id: string) =>
  !/\/(?:Silent|NoVault|DamageNote|damage-words|SetUp|Shortcut|kbd|command-words|hosts|guides|sites?|Choice|SearchDrawing|summary|account-name)\.\w+$/.test(
    id,
  );
