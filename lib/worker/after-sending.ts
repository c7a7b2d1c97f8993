import { sendingTime } from '#lib/domain/sending-time.ts';

/** Does what must not compete with a request that may be about to go out: once that is out. */
export function afterSending(act: () => void): ReturnType<typeof setTimeout> {
  return setTimeout(act, sendingTime);
}
