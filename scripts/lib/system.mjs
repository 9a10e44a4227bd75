// What the project needs from the operating system: Debian packages by purpose, which of them are missing, the libraries
// that an executable does not find, and whether there is a display. Built-ins only: the set-up uses it first of all.

import { readFileSync } from 'node:fs';
import { run, which } from './run.mjs';

/** @typedef {'window' | 'display' | 'build' | 'faults' | 'printing' | 'exchange' | 'modules' | 'usb'} Need */

/** Debian packages, by what they are needed for. @type {Record<Need, readonly string[]>} */
export const debianPackages = {
  window: [
    'libgtk-3-0',
    'libnss3',
    'libasound2',
    'libgbm1',
    'libxss1',
    'libxtst6',
    'libatk-bridge2.0-0',
    'libcups2',
    'libdrm2',
    'libxkbcommon0',
  ],
  display: ['xvfb', 'xauth'],
  build: ['python3', 'make', 'g++'],
  faults: ['strace', 'faketime'],
  printing: ['cups', 'poppler-utils'],
  exchange: ['openssh-server', 'postgresql'],
  modules: ['thrift-compiler', 'python3-thrift', 'softhsm2', 'python3-pykcs11', 'openssl', 'socat'],
  usb: ['qemu-system-x86', 'seabios', 'busybox-static', 'cpio', 'zstd', 'kmod', 'udev'],
};

/** Which Debian package holds a library, where its name does not say. @type {Record<string, string>} */
const packageOfLibrary = {
  'libgtk-3.so.0': 'libgtk-3-0',
  'libgdk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libsmime3.so': 'libnss3',
  'libnspr4.so': 'libnspr4',
  'libasound.so.2': 'libasound2',
  'libgbm.so.1': 'libgbm1',
  'libXss.so.1': 'libxss1',
  'libXtst.so.6': 'libxtst6',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcups.so.2': 'libcups2',
  'libdrm.so.2': 'libdrm2',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libcairo.so.2': 'libcairo2',
  'libX11.so.6': 'libx11-6',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libxcb.so.1': 'libxcb1',
  'libexpat.so.1': 'libexpat1',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libudev.so.1': 'libudev1',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libgio-2.0.so.0': 'libglib2.0-0',
};

/**
 * The command that installs Debian packages.
 * @param {readonly string[]} packages
 */
export function aptLine(packages) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/**
 * The package names among `wanted` that are not installed.
 * @param {readonly string[]} wanted
 */
export async function missingDebianPackages(wanted) {
  const query = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...wanted], {
    capture: true,
  });
  return missingFrom(wanted, query.output);
}

/**
 * @param {readonly string[]} wanted
 * @param {string} report lines `name status` of dpkg-query; a line about an unknown name is not of that form
 */
export function missingFrom(wanted, report) {
  const installed = new Set(
    report
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, status, more]) => status === 'installed' && more === undefined)
      .map(([name]) => name),
  );
  // Debian's newer releases give some libraries a new name for their 64-bit time and install them for the old one.
  return wanted.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}

/** Whether this is Debian or one of its children, told from the text of /etc/os-release. @param {string} [text] */
export function isDebian(text = readOsRelease()) {
  return /^(ID|ID_LIKE)=.*\bdebian\b/m.test(text);
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/**
 * The libraries an executable asks for and the system does not have (Linux only).
 * @param {string} executable
 * @returns {Promise<string[]>} file names such as `libnss3.so`
 */
export async function missingLibraries(executable) {
  if (process.platform !== 'linux' || which('ldd') === undefined) {
    return [];
  }
  const listed = await run('ldd', [executable], { capture: true });
  return missingInLdd(listed.output);
}

/** @param {string} report what ldd printed */
export function missingInLdd(report) {
  return [...report.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
}

/**
 * A sentence about missing libraries with the way to get them.
 * @param {readonly string[]} libraries
 */
export function sentenceForLibraries(libraries) {
  const packages = new Set(
    libraries.map((library) => packageOfLibrary[library]).filter((name) => name !== undefined),
  );
  const way =
    packages.size > 0
      ? aptLine([...packages].toSorted())
      : 'look for the package that holds them in your system';
  return `Electron does not find ${libraries.join(', ')}: ${way}`;
}

/**
 * Whether a window can be shown. macOS and Windows always have a desktop.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} platform
 */
export function hasDisplay(env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

/** Whether this runs as the superuser, where Chromium refuses to start inside its sandbox. */
export function isRoot() {
  return process.getuid?.() === 0;
}
