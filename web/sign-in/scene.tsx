import type { ReactNode } from 'react';

/** The open road behind the gate. Decoration. */
export function Scene(): ReactNode {
  return (
    <svg
      className="scene"
      viewBox="0 0 1440 200"
      preserveAspectRatio="xMidYMax slice"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path
        d="M-10 152c130-32 220-28 340-14s230 8 340-10 200-22 320 4 230 26 330 10 90-14 130-10"
        className="hill"
      />
      <path d="M-10 168H1450" />
      <path d="M-10 184H1450" strokeDasharray="26 22" className="dash" />
      <g className="gate">
        <path className="fl" d="M1016 168v-66a6 6 0 0 1 6-6h34a6 6 0 0 1 6 6v66zM1086 168v-52h18v52z" />
        <path d="M1086 168v-52h18v52M1086 130h18" />
        <path d="M1070 128.500 1262 46" strokeWidth="4" strokeLinecap="butt" strokeDasharray="26 10" />
        <path d="M1070 128.500 1095 118" strokeWidth="4" />
        <circle cx="1095" cy="118" r="3.500" fill="currentColor" />
        <path d="M1016 168v-66a6 6 0 0 1 6-6h34a6 6 0 0 1 6 6v66M1010 96h58l-7-12h-44zM1024 108h30v22h-30z" />
      </g>
    </svg>
  );
}
