import type { Plugin } from 'vite';

/**
 * What a page does before an `import()`: load the styles of what it imports. Vite's own helper also serves nonces,
 * servers and browsers that an extension's page does not have, and is ten times as long. Where a later Vite no longer
 * asks for it by this name, its own is used: the package grows, and nothing else changes.
 */
export function plainPreload(): Plugin {
  return {
    name: 'plain-preload',
    enforce: 'pre',
    load: (id) => (id === '\0vite/preload-helper.js' ? helper : undefined),
  };
}

const helper = `
const styles = (href) => new Promise((resolve) => {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = '/' + href;
  link.onload = link.onerror = resolve;
  document.head.append(link);
});
export const __vitePreload = async (load, files = []) => {
  const [module] = await Promise.all([load(), ...files.filter((file) => file.endsWith('.css')).map(styles)]);
  return module;
};
`;
