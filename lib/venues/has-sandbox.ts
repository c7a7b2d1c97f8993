/** Sandbox venues exist only in the sandbox build. */
export const hasSandbox: boolean = import.meta.env?.MODE === 'sandbox';
