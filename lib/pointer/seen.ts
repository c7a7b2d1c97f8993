/** Whether a user can see this element's text. What lies in front of it is another question. */
export function canBeSeen(element: Element): boolean {
  return (
    // The older names of `opacityProperty` and `visibilityProperty`: Chrome 120 knows no others.
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
    Number.parseFloat(getComputedStyle(element).fontSize) > 0
  );
}
