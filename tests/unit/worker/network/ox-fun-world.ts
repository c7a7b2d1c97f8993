import { oxFun } from '#lib/venues/ox-fun/ox-fun.ts';

/** What the tests of OX.FUN's WebSocket share. */

export const { socket } = oxFun;

export const id = '1000111762980';
/** Beyond 2^53. */
export const longId = '3330802124194931673';

export const other = { kind: 'other' };
