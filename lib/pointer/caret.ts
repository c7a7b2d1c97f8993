export interface Caret {
  /** A text; or an input or textarea, in whose value the offset counts. */
  readonly node: Node;
  readonly offset: number;
}

/** Where a click at this point would set the caret, if what it would be set in is what the user sees at the point. */
export function caretAt(x: number, y: number, path: readonly EventTarget[]): Caret | undefined {
  const caret = nearest(x, y, path);
  const hit = path[0];
  // The browser takes the nearest text, be it behind something else.
  return caret && hit instanceof Node && holds(hit, caret.node) ? caret : undefined;
}

function nearest(x: number, y: number, path: readonly EventTarget[]): Caret | undefined {
  if ('caretPositionFromPoint' in document) {
    const shadowRoots = path.filter((each) => each instanceof ShadowRoot);
    const position = document.caretPositionFromPoint(x, y, { shadowRoots });
    return position ? { node: position.offsetNode, offset: position.offset } : undefined;
  }
  // Chrome before 128. It does not look into shadow trees and fields.
  const range = (document as Document).caretRangeFromPoint(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : undefined;
}

/** As `contains`, but across shadow trees. */
function holds(hit: Node, node: Node): boolean {
  if (hit.contains(node)) return true;
  const root = node.getRootNode();
  return root instanceof ShadowRoot && holds(hit, root.host);
}
