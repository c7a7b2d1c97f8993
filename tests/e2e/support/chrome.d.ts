/** What tests reach inside the extension's own pages. */
declare const chrome: import('webextension-polyfill').Browser;
