/** Looks at every frame. Resolves when it is so, or after so many milliseconds. */
export async function until(isSo: () => boolean, milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!isSo() && Date.now() < end) {
    await new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
  }
}

/** By then what was asked for has been rendered, if it ever will be. In milliseconds. */
export const renderPatience = 2000;
