import { test } from '@playwright/test';

/** As long as for a test by itself. */
const patience = 180_000;

/**
 * Rows of a table, each a step, with the extension as the row before has left it. Where one fails the others are tried all the same,
 * and each that failed is named.
 */
export async function eachRow<Row extends string | { readonly name: string }>(
  rows: readonly Row[],
  tryOut: (row: Row) => Promise<void>,
): Promise<void> {
  test.setTimeout(patience * (rows.length + 1));
  const failed = new Map<string, unknown>();
  for (const row of rows) {
    const name = typeof row === 'string' ? row : row.name;
    await test.step(name, () => tryOut(row)).catch((error: unknown) => failed.set(name, error));
  }
  if (failed.size === 0) return;
  const names = [...failed.keys()].join(', ');
  const errors = [...failed].map(([name, error]) => `${name}: ${told(error)}`);
  throw new Error(
    `${failed.size} of ${rows.length} rows failed: ${names}\n\n${errors.join('\n\n')}`,
  );
}

function told(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
