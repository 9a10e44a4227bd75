// electron-builder calls this once the app's folder is complete and before it becomes an archive: it sets the fuses,
// states the flavour, puts the fitting SQLite binding in place and, on Linux, a start script that also serves the command
// line where there is no display.

import { chmod, copyFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

/** @param {import('electron-builder').AfterPackContext} context */
export default async function afterPack(context) {
  const { electronPlatformName: platform, appOutDir, packager } = context;
  const product = packager.appInfo.productFilename;
  const mac = platform === 'darwin' || platform === 'mas';
  const resources = mac
    ? join(appOutDir, `${product}.app`, 'Contents', 'Resources')
    : join(appOutDir, 'resources');
  await rm(join(resources, 'default_app.asar'), { force: true });
  await writeFile(
    join(resources, 'build-flavour.json'),
    `{"flavour":"${process.env.KIOSKWATT_FLAVOUR ?? 'dev'}"}\n`,
  );
  await placeBinding(resources);
  await flipFuses(executablePath(platform, appOutDir, product), fusesFor(platform));
  if (platform === 'linux') {
    await placeStartScript(appOutDir);
  }
}

/**
 * What the packaged runtime may do. Nothing but the app runs in it: no script as if it were Node, no debugger, no options
 * from the environment, no app from elsewhere.
 * @param {string} platform
 * @returns {import('@electron/fuses').FuseV1Config}
 */
export function fusesFor(platform) {
  return {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: platform === 'darwin',
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    // Electron checks the archive on macOS and Windows only.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform !== 'linux',
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  };
}

/** @param {string} platform @param {string} folder @param {string} product */
function executablePath(platform, folder, product) {
  switch (platform) {
    case 'darwin':
    case 'mas':
      return join(folder, `${product}.app`);
    case 'win32':
      return join(folder, 'kioskwatt.exe');
    default:
      return join(folder, 'kioskwatt');
  }
}

/** An older runtime cannot load the prebuilt binary: the rebuilt one takes its place. @param {string} resources */
async function placeBinding(resources) {
  const binding = process.env.KIOSKWATT_PACKAGE_BINDING;
  if (binding === undefined || binding === '') {
    return;
  }
  const folder = join(resources, 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds');
  const [prebuilt, ...others] = await readdir(folder);
  if (prebuilt === undefined || others.length > 0) {
    throw new Error(`One binary was expected in ${folder}, there are: ${[prebuilt, ...others].join(', ')}`);
  }
  await copyFile(binding, join(folder, prebuilt));
}

/**
 * Electron ends at once without a display, also when all it is asked for is a command of the command line. The start
 * script gives it a display that shows nothing then.
 */
const startScript = `#!/bin/sh
# Starts Kioskwatt. "kioskwatt station ..." is the command line and works without a display.
here=$(dirname "$(readlink -f "$0")")
if [ -z "$DISPLAY" ] && [ -z "$WAYLAND_DISPLAY" ]; then
  for argument in "$@"; do
    case "$argument" in
      -*) ;;
      station) exec "$here/kioskwatt-bin" --ozone-platform=headless --disable-gpu "$@" ;;
      *) break ;;
    esac
  done
fi
exec "$here/kioskwatt-bin" "$@"
`;

/** @param {string} folder */
async function placeStartScript(folder) {
  await rename(join(folder, 'kioskwatt'), join(folder, 'kioskwatt-bin'));
  await writeFile(join(folder, 'kioskwatt'), startScript);
  await chmod(join(folder, 'kioskwatt'), 0o755);
}
