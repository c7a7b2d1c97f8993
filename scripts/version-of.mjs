import { spawnSync } from 'node:child_process';

/**
 * The major version that the browser there tells. Undefined where it does not start: it is not there, only a part of it is, or a
 * library that it needs is missing.
 * @param {string | undefined} path
 * @returns {number | undefined}
 */
export function versionOf(path) {
  if (path === undefined) return undefined;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  const [, version] = /(\d+)\./.exec(stdout ?? '') ?? [];
  return status === 0 && version !== undefined ? Number(version) : undefined;
}
