import { openStation } from '../../src/main/station/index.ts';

// Opens the private station in the folder that is named, and closes it.
const opened = await openStation({
  dataFolder: process.argv[2] ?? '',
  profile: 'private',
  passphrase: 'private',
  now: Date.now,
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
});
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
process.stdout.write('open\n');
await opened.value.close();
