import type { ReactNode } from 'react';

const PATHS = {
  check: <path d="m3.2 8.4 3.2 3.2 6.4-7" />,
  plug: <path d="M5.8 2v3M10.2 2v3M4 5.2h8v2.3a4 4 0 0 1-8 0zM8 11.5V14" />,
  chip: (
    <>
      <rect x="4" y="4" width="8" height="8" rx="1.4" />
      <path d="M6.5 1.8V4M9.5 1.8V4M6.5 12v2.2M9.5 12v2.2M1.8 6.5H4M1.8 9.5H4M12 6.5h2.2M12 9.5h2.2" />
    </>
  ),
  globe: (
    <>
      <circle cx="8" cy="8" r="5.9" />
      <path d="M2.1 8h11.8M8 2.1c1.8 1.7 2.5 3.6 2.5 5.9S9.8 12.2 8 13.9C6.2 12.2 5.5 10.3 5.5 8S6.2 3.8 8 2.1" />
    </>
  ),
  copy: (
    <>
      <rect x="5.6" y="5.6" width="8" height="8" rx="1.6" />
      <path d="M10.4 5.4V4A1.6 1.6 0 0 0 8.8 2.4H4A1.6 1.6 0 0 0 2.4 4v4.8A1.6 1.6 0 0 0 4 10.4h1.4" />
    </>
  ),
  terminal: (
    <>
      <rect x="2" y="3" width="12" height="10" rx="1.6" />
      <path d="m4.7 6.3 2 1.7-2 1.7M8.5 10h2.8" />
    </>
  ),
  closed: (
    <>
      <path d="M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5z" />
      <path d="M8 5v3.6M8 10.9h.01" />
    </>
  ),
  dash: <path d="M4 8h8" />,
} as const;

/** Decoration beside words that say the same. */
export function Icon({ name }: { readonly name: keyof typeof PATHS }): ReactNode {
  return (
    <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
      {PATHS[name]}
    </svg>
  );
}

/** The toll gate: down while something is awaited, up when it has come. */
export function Boom({ isUp }: { readonly isUp: boolean }): ReactNode {
  return (
    <svg
      className="boom"
      width="28"
      height="20"
      viewBox="0 0 28 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d={isUp ? 'M7 8.5V18' : 'M7 7.5V18'} />
      <path d={isUp ? 'M2 10.5 24.5 1.5' : 'M2 6.5H13M17.5 6.5H20M24.5 6.5H26.5'} />
    </svg>
  );
}
