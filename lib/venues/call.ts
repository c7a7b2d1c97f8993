import type { WireReply, WireRequest } from './wire.ts';

/** One thing to ask of a venue: how the request is written and how the reply is read. */
export interface Call<Input, Output> {
  /** `time` in Unix milliseconds by the venue's clock, for bodies that hold it. */
  request(input: Input, time: number): WireRequest;
  read(reply: WireReply, input: Input): Output;
  /**
   * For a reply with as many elements as there are orders, which may be long: it is then read in pieces, and this puts
   * together what was read of each. Without it a reply is short.
   */
  join?(parts: readonly Output[]): Output;
  /** Where the elements are the members of an object, in place of an array's: the name of that object. */
  readonly membersOf?: string;
}
