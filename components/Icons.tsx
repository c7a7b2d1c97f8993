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
export function Logo({ size = 20 }: { size?: number }) {
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

/** The pictures of the calm states, larger and in muted colours. */
export function Picture({
  of,
}: {
  of: 'cord' | 'lock' | 'account' | 'empty' | 'silent' | 'history' | 'search';
}) {
  return (
    <svg
      class="picture"
      width="72"
      height="72"
      viewBox="0 0 72 72"
      fill="none"
      stroke="currentColor"
      stroke-width="2.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <circle class="picture-ground" cx="36" cy="36" r="34" stroke="none" />
      {drawings[of]}
    </svg>
  );
}

const drawings = {
  cord: (
    <>
      <path d="M20 18h32M36 18v16" />
      <path d="M36 34 48 53H24Z" />
    </>
  ),
  lock: (
    <>
      <rect x="23" y="33" width="26" height="20" rx="3.5" />
      <path d="M28 33v-6a8 8 0 0 1 16 0v6" />
      <path d="M36 41v4" />
    </>
  ),
  account: (
    <>
      <circle cx="29" cy="36" r="8" />
      <path d="M37 36h16M47 36v6M53 36v5" />
    </>
  ),
  empty: (
    <>
      <path d="M22 25h28M22 36h16M22 47h10" />
      <path d="m42 45 4 4 8-9" />
    </>
  ),
  silent: (
    <>
      <path d="M20 22h32v22H36l-8 8v-8h-8Z" />
      <path d="m31 29 10 8M41 29l-10 8" />
    </>
  ),
  history: (
    <>
      <circle cx="36" cy="36" r="16" />
      <path d="M36 27v9l6 4" />
    </>
  ),
  search: (
    <>
      <circle cx="33" cy="33" r="11" />
      <path d="m41 41 10 10" />
    </>
  ),
};
