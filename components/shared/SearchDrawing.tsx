/** Nothing was found. */
export const SearchDrawing = () => (
  <>
    <circle cx="33" cy="33" r="11" />
    <path d="m41 41 10 10" />
  </>
);
