/** The session rules that there may be, each once. */
export const ruleIds = { origin: 1, handshake: 2 } as const;
