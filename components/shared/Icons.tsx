import type { ComponentChildren } from 'preact';

/** Line drawings in the colour of the text. They say nothing that words beside them do not say. */

function Icon({ children, size = 16 }: { children: ComponentChildren; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** A pull cord: the line and its handle. */
export function Logo({ size }: { size: number }) {
  return (
    <svg class="logo" width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path d="M2.5 3h15" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
      <path d="M10 3v6" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
      <path
        d="M10 9 L15 16.5 H5 Z"
        stroke="currentColor"
        stroke-width="2"
        stroke-linejoin="round"
        fill="currentColor"
        fill-opacity="0.18"
      />
    </svg>
  );
}

export function SearchIcon() {
  return (
    <Icon>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.5 10.5 3.5 3.5" />
    </Icon>
  );
}

export function FilterIcon() {
  return (
    <Icon>
      <path d="M2 4h12M4.5 8h7M6.5 12h3" />
    </Icon>
  );
}

/** Lines close together. */
export function CompactIcon() {
  return (
    <Icon>
      <path d="M2 2.75h12M2 6.25h12M2 9.75h12M2 13.25h12" />
    </Icon>
  );
}

export function RefreshIcon() {
  return (
    <Icon>
      <path d="M13.5 8a5.5 5.5 0 1 1-1.7-4" />
      <path d="M13.5 1.5V4.5h-3" />
    </Icon>
  );
}

export function SettingsIcon() {
  return (
    <Icon>
      <path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6" />
      <circle cx="10" cy="4.5" r="2" />
      <circle cx="6" cy="11.5" r="2" />
    </Icon>
  );
}

/** A page with something beside it. */
export function PanelIcon() {
  return (
    <Icon>
      <rect x="2" y="3" width="12" height="10" rx="1.5" />
      <path d="M9.5 3v10" />
    </Icon>
  );
}

/** Out into the open. */
export function WindowIcon() {
  return (
    <Icon>
      <path d="M9.5 2.5h4v4M13.5 2.5 8 8" />
      <path d="M12 9.5V12a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 12V5.5A1.5 1.5 0 0 1 4 4h2.5" />
    </Icon>
  );
}

export function LockIcon() {
  return (
    <Icon>
      <rect x="3" y="7" width="10" height="7" rx="1.5" />
      <path d="M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7" />
    </Icon>
  );
}

export function ShieldIcon() {
  return (
    <Icon size={12}>
      <path d="M8 1.5 13.5 4v4c0 3.2-2.3 5.4-5.5 6.5C4.8 13.4 2.5 11.2 2.5 8V4Z" />
    </Icon>
  );
}

export function PointerIcon() {
  return (
    <Icon size={14}>
      <path d="m3.5 2.5 9.5 4-4 1.6-1.6 4Z" />
    </Icon>
  );
}

export function CheckIcon() {
  return (
    <Icon size={14}>
      <path d="m3 8.5 3.2 3.2L13 5" />
    </Icon>
  );
}
