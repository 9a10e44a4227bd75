import { randomBytes } from 'node:crypto';
import {
  prismModule,
  type MeterKeys,
  type ModuleKey,
  type PrismOptions,
} from '../../src/main/secure-module/index.ts';
import {
  PrismServer,
  PrismService,
  TRAINING_VAULT,
  Vault,
  type CommandFault,
  type IssuedEvent,
  type ServiceOptions,
} from '../../src/simulators/prism-module/index.ts';
import { makeId, unixMs, type MessageId } from '../../src/units/index.ts';

/** A token server with a driver beside it, on a real TLS line. */

export const PASSWORD = 'right horse, wrong battery';

/** STS 531-1's meter, under a supply group whose key is published. */
export const METER: MeterKeys = {
  pan: '600727000000000009',
  ea: 7,
  dkga: 4,
  sgc: '201457',
  krn: 1,
  keyType: 2,
  ti: 1,
  baseDate: 2014,
  ken: 255,
};

const none = {
  activeFromUnixMs: null,
  issuedUntilUnixMs: null,
  unitLimitTenths: null,
  currencyLimit: null,
  refreshByUnixMs: null,
};

/** The keys of the simulated server as a station is told of them. */
export const KEYS: readonly ModuleKey[] = TRAINING_VAULT.map((key, index) => {
  const { sgc, krn, keyType, baseDate, ken, dkga } = key;
  const kcv = new Vault(TRAINING_VAULT).checkValue(key);
  return { ...none, register: index + 1, sgc, krn, keyType, baseDate, ken, dkga, kcv };
});

export function newMessageId(): MessageId {
  return makeId<'message'>(Date.now(), randomBytes(10));
}

export type Rig = Awaited<ReturnType<typeof openRig>>;

export async function openRig(
  given: {
    readonly service?: Partial<ServiceOptions>;
    readonly nextFault?: (method: string) => CommandFault;
    readonly options?: Partial<PrismOptions>;
    readonly now?: () => number;
    /** Time that passes; `now` where a test's one clock is both. */
    readonly upMs?: () => number;
  } = {},
) {
  const issued: IssuedEvent[] = [];
  const commands: string[] = [];
  const service = new PrismService({
    vault: new Vault(TRAINING_VAULT),
    username: 'till',
    password: PASSWORD,
    moduleId: 'SIM-PRISM-1',
    now: Date.now,
    credit: 1_000_000,
    cacheSize: 1000,
    sessionCalls: 1_000_000,
    onIssued: (event) => issued.push(event),
    ...given.service,
  });
  const server = new PrismServer({
    service,
    onCommand: (method, fault) => commands.push(`${method} ${fault}`),
    ...(given.nextFault ? { nextFault: given.nextFault } : {}),
  });
  const port = await server.listen(0);
  const options: PrismOptions = {
    host: '127.0.0.1',
    port,
    certificatePin: server.identity.fingerprint,
    account: { realm: 'local', username: 'till', password: PASSWORD },
    profile: 'training',
    keys: KEYS,
    allowKeyChange: false,
    callMs: 2_000,
    ...given.options,
  };
  const deps = {
    nowUnixMs: () => unixMs((given.now ?? Date.now)()),
    random: (count: number) => randomBytes(count),
    upMs: given.upMs ?? given.now ?? (() => performance.now()),
  };
  const module = prismModule(options, deps);
  const close = async (): Promise<void> => {
    await module.close();
    await server.close();
  };
  return { service, server, module, issued, commands, options, deps, close };
}
