import type { ReactNode } from 'react';

/** Drawn on the grid of `design/icons.tsx`, and loaded with the chat alone. */
const PATHS = {
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h7" />,
  compose: (
    <>
      <path d="M13.3 8.3v4a1.3 1.3 0 0 1-1.3 1.3H3.9a1.3 1.3 0 0 1-1.3-1.3V4.2a1.3 1.3 0 0 1 1.3-1.3h4" />
      <path d="m12 2.3 1.7 1.7-5.3 5.3-2.2.5.5-2.2z" />
    </>
  ),
  side: (
    <>
      <rect x="2.2" y="2.8" width="11.6" height="10.4" rx="1.8" />
      <path d="M6.2 3v10" />
    </>
  ),
  down: <path d="m4.2 6.3 3.8 3.8 3.8-3.8" />,
  left: <path d="M9.7 4.2 5.9 8l3.8 3.8" />,
  right: <path d="m6.3 4.2 3.8 3.8-3.8 3.8" />,
  dots: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2" />,
  retry: <path d="M13 3v3.4H9.6M12.8 6.2A5.3 5.3 0 1 0 13.3 9" />,
  send: <path d="M8 13V3.2M3.8 7.3 8 3.1l4.2 4.2" />,
  toEnd: <path d="M8 3v9.8M3.8 8.7 8 12.9l4.2-4.2" />,
  stop: <rect x="4.6" y="4.6" width="6.8" height="6.8" rx="1.2" fill="currentColor" />,
  edit: <path d="m11.4 2.9 1.7 1.7-7.6 7.6-2.6.9.9-2.6z" />,
  pin: <path d="M6 2.5h4l-.5 4 2.2 2.2v1.1H4.3V8.7l2.2-2.2zM8 9.8v4" />,
  trash: <path d="M2.8 4.4h10.4M6.2 4.2V2.8h3.6v1.4M4.2 4.6l.6 8.6h6.4l.6-8.6M6.7 7v3.8M9.3 7v3.8" />,
  picture: (
    <>
      <rect x="2.2" y="2.8" width="11.6" height="10.4" rx="1.6" />
      <circle cx="5.7" cy="6.2" r="1.1" />
      <path d="m2.6 11.6 3.4-3 2.2 1.8 2.6-2.8 3 3" />
    </>
  ),
  settings: (
    <>
      <path d="M2.5 5h6.2M12 5h1.5M2.5 11h1.5M7.3 11h6.2" />
      <circle cx="10.3" cy="5" r="1.7" />
      <circle cx="5.7" cy="11" r="1.7" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.9" />
      <path d="M8 4.7V8l2.2 1.7" />
    </>
  ),
} as const;

export type ChatIconName = keyof typeof PATHS;

export function ChatIcon({ name }: { readonly name: ChatIconName }): ReactNode {
  return (
    <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
      {PATHS[name]}
    </svg>
  );
}
