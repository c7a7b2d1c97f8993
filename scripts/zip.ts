import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

/** The first day that a zip can name, at noon: fflate writes it by the local clock, and some zones have no midnight then. */
const mtime = new Date(1980, 0, 1, 12);

/**
 * The same bytes from the same files, wherever and whenever: in one order, of one time, without owners or modes. Node's own zlib
 * does not do, it compresses otherwise on another processor.
 */
export function zipOf(folder: string, names: readonly string[] = filesIn(folder)): Uint8Array {
  const files = names.toSorted().map((name) => [name, readFileSync(join(folder, name))] as const);
  return zipSync(Object.fromEntries(files), { level: 9, mtime });
}

/** All files in a folder by their paths from there, but for what is called like this. */
export function filesIn(folder: string, except = /^$/, within = ''): string[] {
  return readdirSync(join(folder, within), { withFileTypes: true }).flatMap((entry) => {
    if (except.test(entry.name)) return [];
    const path = within + entry.name;
    return entry.isDirectory() ? filesIn(folder, except, `${path}/`) : [path];
  });
}
