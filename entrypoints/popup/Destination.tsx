import { useEffect } from 'preact/hooks';
import { followDestination } from '#lib/page/popup/destination-model.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';

/** Shows nothing: takes the popup to where the user wanted it to be when they called it from elsewhere. */
export function Destination({ model }: { model: PopupModel }) {
  useEffect(() => followDestination(model), [model]);
  return null;
}
