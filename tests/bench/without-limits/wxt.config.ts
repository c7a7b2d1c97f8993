import { join } from 'node:path';
import { defineConfig } from 'wxt';
import shipped from '../../../wxt.config.ts';

/** The extension as it is shipped, but for its budgets, which are always empty: for the bench alone. */
export default defineConfig({
  ...shipped,
  root: join(import.meta.dirname, '../../..'),
  outDirTemplate: '{{browser}}-mv{{manifestVersion}}{{modeSuffix}}-without-limits',
  vite: async (env) => {
    const config = await shipped.vite?.(env);
    const replacement = join(import.meta.dirname, 'budget.ts');
    return {
      ...config,
      plugins: [
        ...(config?.plugins ?? []),
        {
          name: 'budgets-without-limits',
          enforce: 'pre',
          resolveId: (source: string, importer: string | undefined) =>
            source.endsWith('/budget.ts') && importer !== replacement ? replacement : undefined,
        },
      ],
    };
  },
});
