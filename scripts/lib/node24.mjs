// The scripts themselves, the command line of the station and the tests run on Node 24, which comes with the npm
// packages. Started through npm that is the one found first; started by hand it may be another, which would fail later
// with puzzling words, or none at all.

import { Refusal } from './say.mjs';

/** Refuses any other Node. @param {string} version for example `v24.1.0` */
export function assertNode24(version = process.version) {
  if (!version.startsWith('v24.')) {
    throw new Refusal(
      `This runs on Node 24, and this is ${version}. Start it through npm (npm start, npm test, npm run ...), ` +
        'which puts the Node of the npm packages first, or put node_modules/.bin first on your PATH.',
    );
  }
}
