import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param {string} name */
export function onPath(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isFile);
}

/** @param {string} path */
export function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}
