import { prismModule, type ModuleKey, type SecureModule } from '../../main/secure-module/index.ts';
import {
  everyThirdCommand,
  PrismServer,
  PrismService,
  TRAINING_VAULT,
  Vault,
} from '../../simulators/prism-module/index.ts';
import { unixMs } from '../../units/index.ts';
import { MANAGED_ID } from './invariants.ts';
import type { Issued } from './issued.ts';

/** Sample meters whose keys the simulated token server has. */
export const MANAGED_PANS: readonly string[] = [
  '600727001234567821',
  '600727001803406302',
  '600727007639725021',
];

const ACCOUNT = { realm: 'local', username: 'till', password: 'training' };
/** An answer that takes longer is late. */
const CALL_MS = { sound: 5_000, faulty: 150 };
const LATE_MS = 200;

/** A token server outside the till, which keeps what it made for as long as a folder is sold from. */
export type ManagedModule = {
  /** `port:fingerprint`. */
  readonly address: string;
  /** The server goes by the till's clock. */
  readonly setClock: (nowUnixMs: number) => void;
  /** From now on a third of all commands go wrong, or none. */
  readonly setFaults: (seed: number | undefined) => void;
  /** Cuts every line. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

/** Starts the simulated token server; what it makes is noted in `issued`, once for each message. */
export async function startManaged(issued: Issued): Promise<ManagedModule> {
  let clock = Date.now();
  let nextFault: ReturnType<typeof everyThirdCommand> = () => ({ kind: 'none' });
  const service = new PrismService({
    vault: new Vault(TRAINING_VAULT),
    username: ACCOUNT.username,
    password: ACCOUNT.password,
    moduleId: MANAGED_ID,
    now: () => clock,
    credit: 1_000_000,
    cacheSize: 100_000,
    sessionCalls: 1_000_000,
    onIssued: ({ messageId, digits }) => {
      const made = digits.map((each) => ({ tokenTime: '', digits: each }));
      issued.set(messageId, [...(issued.get(messageId) ?? []), ...made]);
    },
  });
  const server = new PrismServer({ service, nextFault: () => nextFault() });
  const port = await server.listen(0);
  return {
    address: `${port}:${server.identity.fingerprint}`,
    setClock: (nowUnixMs) => (clock = nowUnixMs),
    setFaults: (seed) => {
      nextFault = seed === undefined ? () => ({ kind: 'none' }) : everyThirdCommand(seed, LATE_MS);
    },
    cut: () => server.cut(),
    close: () => server.close(),
  };
}

/** The till's line to it. */
export function managedModule(
  address: string,
  isFaulty: boolean,
  deps: { readonly now: () => number; readonly random: (bytes: number) => Uint8Array },
): SecureModule {
  const [port = '', certificatePin = ''] = address.split(':');
  return prismModule(
    {
      host: '127.0.0.1',
      port: Number(port),
      certificatePin,
      account: ACCOUNT,
      profile: 'training',
      keys: serverKeys(),
      allowKeyChange: false,
      callMs: isFaulty ? CALL_MS.faulty : CALL_MS.sound,
    },
    { nowUnixMs: () => unixMs(deps.now()), random: deps.random, upMs: deps.now },
  );
}

function serverKeys(): readonly ModuleKey[] {
  const vault = new Vault(TRAINING_VAULT);
  return TRAINING_VAULT.map((key, index) => {
    const { sgc, krn, keyType, baseDate, ken, dkga } = key;
    return {
      register: index + 1,
      sgc,
      krn,
      keyType,
      baseDate,
      ken,
      dkga,
      kcv: vault.checkValue(key),
      activeFromUnixMs: null,
      issuedUntilUnixMs: null,
      unitLimitTenths: null,
      currencyLimit: null,
      refreshByUnixMs: null,
    };
  });
}
