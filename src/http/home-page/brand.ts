import { trustedMarkup } from '../html.ts';

/** The mark: post, lifted boom and one dash of road, on a grid of 16, in one colour. */
const MARK = '<path d="M5.9 6.3V14"/><path d="M1.8 8.2 14.2 2.4"/><path d="M9.8 14H14"/>';

const LETTERS =
  'M0.16 -12.06H4.73V0H7.38V-12.06H11.96V-14.38H0.16ZM18.85 -4.44C18.85 -2.77 17.87 -1.99 16.59 -1.99' +
  'C15.28 -1.99 14.44 -2.79 14.44 -4.29V-10.31H11.89V-3.9C11.89 -1.32 13.57 0.16 15.73 0.16' +
  'C17.34 0.16 18.42 -0.66 18.89 -1.81H18.93V0H21.39V-10.31H18.85ZM22.96 0H25.5V-5.88' +
  'C25.5 -7.42 26.42 -8.2 27.57 -8.2C28.01 -8.2 28.52 -8.13 28.75 -8.06V-10.38' +
  'C28.55 -10.43 28.26 -10.47 27.94 -10.47C26.71 -10.47 25.86 -9.78 25.48 -8.53H25.4V-10.31H22.96Z' +
  'M32.21 -5.87C32.21 -7.54 33.17 -8.32 34.45 -8.32C35.78 -8.32 36.62 -7.52 36.62 -6.03V0H39.16V-6.42' +
  'C39.16 -8.99 37.49 -10.47 35.32 -10.47C33.71 -10.47 32.63 -9.65 32.17 -8.51H32.13V-10.31H29.66V0' +
  'H32.21ZM40.74 4.06H43.28V-1.58H43.33C43.89 -0.48 45.02 0.15 46.39 0.15' +
  'C48.88 0.15 50.67 -1.81 50.67 -5.17C50.67 -8.57 48.82 -10.47 46.4 -10.47' +
  'C45.02 -10.47 43.93 -9.81 43.33 -8.67H43.26V-10.31H40.74ZM43.17 -5.17' +
  'C43.17 -7.15 44.14 -8.4 45.66 -8.4C47.12 -8.4 48.09 -7.26 48.09 -5.17' +
  'C48.09 -3.06 47.12 -1.93 45.66 -1.93C44.14 -1.93 43.17 -3.18 43.17 -5.17ZM51.84 0H54.38V-10.31H51.84' +
  'ZM53.11 -11.89C53.93 -11.89 54.59 -12.54 54.59 -13.33C54.59 -14.12 53.93 -14.77 53.11 -14.77' +
  'C52.28 -14.77 51.62 -14.12 51.62 -13.33C51.62 -12.54 52.28 -11.89 53.11 -11.89ZM55.94 0H58.49V-3.4' +
  'L59.41 -4.37L62.71 0H65.75L61.34 -5.85L65.5 -10.31H62.5L58.64 -6.24H58.49V-14.38H55.94ZM71.08 0.16' +
  'C73.55 0.16 75.34 -1.17 75.71 -3.21H73.37C73.09 -2.33 72.18 -1.79 71.11 -1.78' +
  'C69.53 -1.79 68.59 -3 68.6 -4.5V-4.54H75.82V-5.16C75.82 -8.34 73.99 -10.47 71.03 -10.47' +
  'C68.04 -10.47 66.1 -8.29 66.1 -5.15C66.1 -1.94 68.04 0.16 71.08 0.16ZM68.61 -6.19' +
  'C68.69 -7.44 69.62 -8.54 71.03 -8.54C72.37 -8.54 73.4 -7.58 73.45 -6.19Z';

/** The mark with the name beside it, 20 px high. */
export const wordmark = trustedMarkup(
  `<svg height="20" width="103" viewBox="0 0 103 20" role="img" aria-label="Turnpike">` +
    `<g transform="translate(-.5 .8) scale(1.14)" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">${MARK}</g>` +
    `<path transform="translate(26 16.7) scale(.98)" fill="currentColor" d="${LETTERS}"/></svg>`,
);

/** The mark as the page's icon. It has its own colours, because a tab's icon does not inherit the page's. */
export const iconAddress = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">` +
    `<style>:root{color:#24211d}@media(prefers-color-scheme:dark){:root{color:#efedea}}</style>${MARK}</svg>`,
)}`;

/** The gate and the open road behind it, at the foot of the page. */
export const scene = trustedMarkup(
  `<svg class="scene" viewBox="0 0 1440 200" preserveAspectRatio="xMidYMax slice" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" aria-hidden="true">` +
    `<path class="hill" d="M-10 152c130-32 220-28 340-14s230 8 340-10 200-22 320 4 230 26 330 10 90-14 130-10"/>` +
    `<path d="M-10 168H1450"/><path d="M-10 184H1450" stroke-dasharray="26 22"/>` +
    `<g class="gate"><path class="fill" d="M1016 168v-66a6 6 0 0 1 6-6h34a6 6 0 0 1 6 6v66zM1086 168v-52h18v52z"/>` +
    `<path d="M1086 168v-52h18v52M1086 130h18"/>` +
    `<path d="M1070 128.5 1262 46" stroke-width="4" stroke-linecap="butt" stroke-dasharray="26 10"/>` +
    `<path d="M1070 128.5 1095 118" stroke-width="4"/><circle cx="1095" cy="118" r="3.5" fill="currentColor"/>` +
    `<path d="M1016 168v-66a6 6 0 0 1 6-6h34a6 6 0 0 1 6 6v66M1010 96h58l-7-12h-44zM1024 108h30v22h-30z"/></g></svg>`,
);

const ICON = '<svg class="i" viewBox="0 0 16 16" aria-hidden="true">';

export const globeIcon = trustedMarkup(
  `${ICON}<circle cx="8" cy="8" r="5.9"/><path d="M2.1 8h11.8M8 2.1c1.8 1.7 2.5 3.6 2.5 5.9S9.8 12.2 8 13.9C6.2 12.2 5.5 10.3 5.5 8S6.2 3.8 8 2.1"/></svg>`,
);

export const informationIcon = trustedMarkup(
  `${ICON}<circle cx="8" cy="8" r="5.9"/><path d="M8 7.4v3.4M8 5.2h.01"/></svg>`,
);

export const foldIcon = trustedMarkup(`${ICON}<path d="m6 3.8 4.2 4.2L6 12.2"/></svg>`);
