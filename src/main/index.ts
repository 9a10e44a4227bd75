import { app } from 'electron';
import { readArguments } from './shell/arguments.ts';
import { declarePageScheme } from './shell/pages.ts';
import { readFlavour } from './shell/surroundings.ts';
import { runTill } from './shell/till.ts';

// A packaged program brings its own database binding; a variable of the environment must not bring another.
if (app.isPackaged) delete process.env.KIOSKWATT_SQLITE_BINDING;

const start = readArguments({
  argv: process.argv,
  packaged: app.isPackaged,
  smoke: process.env.KIOSKWATT_SMOKE === '1',
});

if (start.kind === 'command') {
  // Before the application is ready, so that it needs no display. A till that opens does not wait for it to be read.
  const { endQuietlyOnClosedPipe, runStationCommand } = await import('../cli/station.ts');
  endQuietlyOnClosedPipe();
  const io = {
    out: (line: string): void => void process.stdout.write(`${line}\n`),
    err: (line: string): void => void process.stderr.write(`${line}\n`),
  };
  const code = await runStationCommand(start.words, io, {
    flavour: app.isPackaged ? readFlavour() : 'release',
  });
  app.exit(code);
} else {
  declarePageScheme();
  void runTill({ smoke: start.kind === 'smoke' });
}
