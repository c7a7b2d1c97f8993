/** What an account's stream of orders does, where it has one that is wanted. */
export type StreamState = 'connecting' | 'live' | 'down';
