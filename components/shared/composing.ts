/**
 * Whether an input method has the key: it chooses a word there, and means nothing to the page. Some browsers tell only by
 * the key code 229, as of the key that ends it.
 */
export function isComposing({ isComposing: composes, keyCode }: KeyboardEvent): boolean {
  return composes || keyCode === 229;
}
