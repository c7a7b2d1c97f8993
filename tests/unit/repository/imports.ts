import { dirname, join } from 'node:path';
import { filesIn, read } from './files.ts';

/** All that makes one file need another; imports of types, `import()`, styles and the tags of a page count alike. */
const ways: Record<string, readonly RegExp[]> = {
  code: [
    /^(?:import|export)\s[^'";]*\bfrom\s+'([^']+)'/gm,
    /^import\s+'([^']+)'/gm,
    /\bimport\(\s*'([^']+)'/g,
  ],
  css: [/@import\s+(?:url\()?['"]([^'"]+)['"]/g],
  html: [/\s(?:src|href)="([^"]+)"/g],
};

/** What a file imports, as it is written there. */
export function importsOf(file: string): string[] {
  const kind = /\.(css|html)$/.exec(file)?.[1] ?? 'code';
  const text = read(file);
  return (ways[kind] ?? []).flatMap((way) =>
    [...text.matchAll(way)].map((match) => match[1] ?? ''),
  );
}

/** The file that is meant; undefined for a package. */
export function resolveImport(file: string, written: string): string | undefined {
  // What is generated from the English catalogue is nobody's file.
  if (written === '#i18n') return undefined;
  if (written.startsWith('#')) return written.slice(1);
  return written.startsWith('.') ? join(dirname(file), written) : undefined;
}

export const sources = ['lib', 'components', 'entrypoints']
  .flatMap((folder) => filesIn(folder))
  .filter((file) => /\.(tsx?|css|html)$/.test(file));

export interface Arrow {
  readonly from: string;
  readonly to: string;
}

export const arrows: readonly Arrow[] = sources.flatMap((from) =>
  importsOf(from).flatMap((written) => {
    const to = resolveImport(from, written);
    return to === undefined ? [] : [{ from, to }];
  }),
);
