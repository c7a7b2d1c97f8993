import './modal.css';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { appeared } from './hold-fresh.ts';

/** For a dialog over the popup, there as long as its component is: the keyboard begins at `first`. */
export function useModal(
  first: RefObject<HTMLElement | null>,
): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    if (shown) appeared(shown);
    first.current?.focus();
    // Closed, it gives the focus back to where it was.
    return () => shown?.close();
  }, [first]);
  return dialog;
}
