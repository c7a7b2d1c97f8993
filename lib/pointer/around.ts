/** The text on both sides of a point in it. */
export interface Around {
  readonly before: string;
  readonly after: string;
}

/** No id is longer; all reading of text ends there, however long the text is. */
export const reach = 200;
