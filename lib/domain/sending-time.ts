/**
 * How long it takes from a click, and in the worker from the decision to send, until the request is out, at most, in
 * milliseconds: less than a frame. Painting, the disk and whatever else nobody waits for follow then.
 */
export const sendingTime = 10;

/** The same from a click that has to wake the worker. */
export const wakingTime = 30;
