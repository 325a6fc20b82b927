/** The Chromium that tests of the pages use: Debian's, with a font for Chinese. */
import { existsSync } from 'node:fs';
import { installDebianPackages } from './install-debian-packages.mjs';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where it is, or why there is none. */
export function findTestChromium() {
  const path = find() ?? install();
  return path === undefined
    ? { missing: 'Chromium is not installed, and cannot be from Debian packages here' }
    : { path };
}

function find() {
  return USUAL_PLACES.find((path) => existsSync(path));
}

function install() {
  return installDebianPackages('Chromium', ['chromium', 'fonts-noto-cjk']) ? find() : undefined;
}
