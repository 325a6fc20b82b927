import type { ReactNode } from 'react';

const PATHS = {
  home: (
    <>
      <path d="M2.5 7.2 8 2.6l5.5 4.6v5.3a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1z" />
      <path d="M6.3 13.5V9.6h3.4v3.9" />
    </>
  ),
  chat: (
    <path d="M3.5 2.8h9a1.2 1.2 0 0 1 1.2 1.2v6.2a1.2 1.2 0 0 1-1.2 1.2H7.6l-3.2 2.4v-2.4h-.9a1.2 1.2 0 0 1-1.2-1.2V4a1.2 1.2 0 0 1 1.2-1.2z" />
  ),
  key: (
    <>
      <circle cx="5.4" cy="10.6" r="2.9" />
      <path d="m7.5 8.5 6-6M11 5l2.2 2.2" />
    </>
  ),
  usage: <path d="M2.5 13.5h11M4.5 11V8M8 11V3M11.5 11V5.8" />,
  requests: <path d="M2.5 4h.01M2.5 8h.01M2.5 12h.01M5.5 4h8M5.5 8h8M5.5 12h8" />,
  models: (
    <>
      <path d="m8 1.9 5.3 3v6.2L8 14.1l-5.3-3V4.9z" />
      <path d="M2.9 5 8 7.9 13.1 5M8 7.9v6" />
    </>
  ),
  credit: (
    <>
      <rect x="2.2" y="4" width="11.6" height="9.3" rx="1.6" />
      <path d="M3 4.3 10.4 2v2M10.8 8.7h.01" />
    </>
  ),
  channels: (
    <>
      <circle cx="3.8" cy="12.2" r="1.6" />
      <circle cx="12.2" cy="3.8" r="1.6" />
      <path d="M5.4 12.2h4.4a2.1 2.1 0 0 0 0-4.2H6.2a2.1 2.1 0 0 1 0-4.2h4.4" />
    </>
  ),
  people: (
    <>
      <circle cx="6" cy="5.4" r="2.5" />
      <path d="M1.8 13.4c.2-2.6 1.9-4 4.2-4s4 1.4 4.2 4M10.6 3.1a2.4 2.4 0 0 1 0 4.6M12 9.8c1.3.6 2.1 1.8 2.2 3.6" />
    </>
  ),
  ledger: (
    <>
      <path d="M3 3.2c0-.6.5-1 1-1h8.6v11.6H4a1 1 0 0 1-1-1z" />
      <path d="M3 12.2c0-.9.5-1.4 1.3-1.4h8.3M5.8 5.2h4" />
    </>
  ),
  overview: <path d="M2.3 11.9a6.2 6.2 0 1 1 11.4 0M8 9.4l2.8-3.6M8 10.6h.01M4.6 13.4h6.8" />,
  price: (
    <>
      <path d="M2.4 7.5V3.2a.8.8 0 0 1 .8-.8h4.3l6.1 6.1a1 1 0 0 1 0 1.4l-3.7 3.7a1 1 0 0 1-1.4 0z" />
      <path d="M5.3 5.3h.01" />
    </>
  ),
  invite: (
    <path d="M2.3 4.2a.9.9 0 0 1 .9-.9h9.6a.9.9 0 0 1 .9.9v7.6a.9.9 0 0 1-.9.9H3.2a.9.9 0 0 1-.9-.9zM2.6 4.6 8 8.8l5.4-4.2" />
  ),
  ticket: (
    <path d="M2.2 6.6V4.4a.9.9 0 0 1 .9-.9h9.8a.9.9 0 0 1 .9.9v2.2a1.5 1.5 0 0 0 0 2.8v2.2a.9.9 0 0 1-.9.9H3.1a.9.9 0 0 1-.9-.9V9.4a1.5 1.5 0 0 0 0-2.8zM9.8 6v.01M9.8 8v.01M9.8 10v.01" />
  ),
  activity: (
    <>
      <path d="M2.6 8a5.4 5.4 0 1 0 1.6-3.8L2.5 5.8M2.4 2.6v3.2h3.2" />
      <path d="M8 5v3.2l2.2 1.4" />
    </>
  ),
  settings: (
    <>
      <circle cx="8" cy="8" r="2.1" />
      <path d="M8 1.9v1.7M8 12.4v1.7M14.1 8h-1.7M3.6 8H1.9M12.3 3.7l-1.2 1.2M4.9 11.1l-1.2 1.2M12.3 12.3l-1.2-1.2M4.9 4.9 3.7 3.7" />
    </>
  ),
  more: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h7" />,
  updown: <path d="m5 6 3-3 3 3M5 10l3 3 3-3" />,
  plus: <path d="M8 3v10M3 8h10" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  check: <path d="m3.2 8.4 3.2 3.2 6.4-7" />,
  passkey: (
    <>
      <circle cx="6" cy="5.3" r="2.5" />
      <path d="M1.9 13.3c.2-2.7 1.9-4 4.1-4 .8 0 1.5.2 2.1.5" />
      <circle cx="11.7" cy="8.7" r="1.9" />
      <path d="M11.7 10.6v3.2l1.3-.8" />
    </>
  ),
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
  find: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.4 10.4 3.3 3.3" />
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
  download: <path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.8 13.3h10.4" />,
  dots: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2" />,
  warn: (
    <>
      <path d="M8 2.4 14.1 13H1.9z" />
      <path d="M8 6.6v2.9M8 11.3h.01" />
    </>
  ),
  image: (
    <>
      <rect x="2.2" y="3" width="11.6" height="10" rx="1.6" />
      <circle cx="5.6" cy="6.4" r="1.1" />
      <path d="m2.6 11.6 3.2-2.9 2.2 1.9 2.5-2.7 3 2.9" />
    </>
  ),
  play: <path d="M5 3.2v9.6l7.6-4.8z" />,
  limits: <path d="M4.2 11.2V7a3.8 3.8 0 0 1 7.6 0v4.2l1.2 1.4H3zM6.8 14.2h2.4" />,
  team: (
    <>
      <circle cx="8" cy="5.2" r="2.4" />
      <path d="M3.6 13.6c.2-2.9 1.9-4.4 4.4-4.4s4.2 1.5 4.4 4.4" />
    </>
  ),
  back: <path d="M10 3.5 5.5 8l4.5 4.5" />,
  dash: <path d="M4 8h8" />,
} as const;

export type IconName = keyof typeof PATHS;

/** All of them, for the page that shows them. */
export const ICON_NAMES = Object.keys(PATHS) as readonly IconName[];

/** Decoration beside words that say the same. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
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
