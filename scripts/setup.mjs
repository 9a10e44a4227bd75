// Makes a fresh clone ready for `npm start`, `npm test` or `npm run package`: installs the npm packages of the lockfile
// and, as root on Debian, the system packages that the asked purpose needs; otherwise it prints the command for them.
// Runs by itself before those three commands, on any Node from 20.19 and with nothing installed, and does nothing when
// nothing is missing. Usage: `node scripts/setup.mjs start|test|package`.

// Nothing but built-ins up to the version check, and no other file: an older Node must still get as far as the sentence.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Kioskwatt needs Node.js 20.19 or newer to set itself up; this is ${process.version}. Install a current one from nodejs.org or your system's packages.`,
  );
  process.exit(1);
}

const { runMain } = await import('./lib/say.mjs');
const { setUp } = await import('./lib/setup-steps.mjs');
await runMain(() => setUp(process.argv[2] ?? '', process.env));
