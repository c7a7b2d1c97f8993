import type { Plugin } from 'vite';

/**
 * What the popup shares with other pages is one file, whichever of them share it: each file more is a few milliseconds
 * before its first frame. What the popup comes to by `import()` alone stays out of it: that frame does without.
 */
export function oneSharedChunk(): Plugin {
  return {
    name: 'one-shared-chunk',
    outputOptions: (options) =>
      options.format === 'es'
        ? {
            ...options,
            codeSplitting: {
              groups: [
                {
                  minShareCount: 2,
                  name: (id, graph) =>
                    isNeededFirst(id, (each) => graph.getModuleInfo(each)?.importers)
                      ? 'page'
                      : null,
                },
              ],
            },
          }
        : undefined,
  };
}

const popup = '/entrypoints/popup/index.html';

/** Whether the popup's page leads there by static imports; `importersOf` leaves `import()` out. */
function isNeededFirst(
  id: string,
  importersOf: (id: string) => readonly string[] | undefined,
  seen = new Set<string>(),
): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  return (
    id.endsWith(popup) ||
    (importersOf(id) ?? []).some((importer) => isNeededFirst(importer, importersOf, seen))
  );
}
