import {
  Sts6Line,
  sts6Module,
  serialTransport,
  tcpTransport,
  type Transport,
} from '../../src/main/secure-module/index.ts';
import { Sts6Server, Sts6Simulator } from '../../src/simulators/sts6-module/index.ts';
import { CONTRACT_NOW, secureModuleContract, type OpenModule } from './secure-module-contract.ts';
import { openRig } from './prism-fixtures.ts';
import { openPty, SIMULATED_TRAINING_KEYS } from './sts6-fixtures.ts';
import { openTrainingModule } from './training-module.ts';

async function openSts6(
  reach: (port: number) => Promise<{ transport: Transport; close: () => Promise<void> }>,
): Promise<OpenModule> {
  const simulator = new Sts6Simulator({
    moduleId: 'VSM-000001',
    keys: SIMULATED_TRAINING_KEYS,
    capacity: 20,
    nowUnixMs: () => CONTRACT_NOW,
    windowMs: 86_400_000,
    transactions: 1_000_000,
  });
  const server = new Sts6Server(simulator, {
    serviceMs: { token: 0, other: 0 },
    lateMs: 0,
    nextFault: () => 'none',
  });
  const { transport, close } = await reach(await server.listen());
  const line = new Sts6Line(transport, { timeoutMs: 5_000 });
  const module = sts6Module(line, { profile: 'training', nowUnixMs: () => CONTRACT_NOW });
  return {
    module,
    close: async () => {
      await module.close();
      await close();
      await server.close();
    },
  };
}

secureModuleContract('software', async () => {
  const module = await openTrainingModule(() => CONTRACT_NOW);
  return { module, close: () => module.close() };
});

secureModuleContract('prism', async () => {
  const rig = await openRig({ service: { now: () => CONTRACT_NOW }, now: () => CONTRACT_NOW });
  return { module: rig.module, close: rig.close };
});

secureModuleContract('sts6 over TCP', () =>
  openSts6(async (port) => ({ transport: tcpTransport('127.0.0.1', port), close: async () => undefined })),
);

secureModuleContract('sts6 over a serial line', () =>
  openSts6(async (port) => {
    const pty = openPty(port);
    await pty.ready();
    return { transport: serialTransport(pty.path), close: () => pty.close() };
  }),
);
