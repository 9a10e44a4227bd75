import { connect, type Socket } from 'node:net';
import {
  moduleFault,
  type CreditRequest,
  type ManagementRequest,
  type MeterKeys,
  type ModuleFault,
  type ModuleIdentity,
  type SecureModule,
} from '../../main/secure-module/index.ts';
import { err, ok, unixMs, type Result } from '../../units/index.ts';

type Asked =
  | { readonly call: 'listKeys'; readonly input: null }
  | { readonly call: 'issueCredit'; readonly input: CreditRequest }
  | { readonly call: 'issueManagement'; readonly input: ManagementRequest }
  | { readonly call: 'verify'; readonly input: { readonly digits: string; readonly meter: MeterKeys } };
export type ModuleCall = Asked & { readonly id: number };

const IDENTITY: ModuleIdentity = {
  moduleId: 'crash-test',
  driver: 'software',
  firmware: '1',
  level: 'primitive',
  certified: false,
  mark: 'training',
};

/**
 * A module of the primitive level that lives in another process. An answer to a question for a token may be lost: with
 * `tokenWithinMs` it is not waited for any longer. All others come, however busy the machine is. `onAsk` is told of the
 * message before it goes out.
 */
export function linkedModule(
  port: number,
  {
    tokenWithinMs,
    onAsk,
  }: { readonly tokenWithinMs?: number; readonly onAsk?: (messageId: string) => void } = {},
): SecureModule {
  const line = new Line(port, tokenWithinMs);
  const unsupported = (): Promise<Result<never, ModuleFault>> =>
    Promise.resolve(err(moduleFault('module-not-supported')));
  return {
    level: 'primitive',
    capabilities: {
      fetchByMessageId: false,
      ownClock: false,
      counters: false,
      keyChange: false,
      management: true,
      loadKeys: false,
      selfTest: false,
    },
    identify: () => Promise.resolve(line.isClosed ? err(moduleFault('module-disconnected')) : ok(IDENTITY)),
    listKeys: () => line.ask({ call: 'listKeys', input: null }),
    clock: () => Promise.resolve(ok({ unixMs: unixMs(Date.now()), source: 'computer' })),
    issueCredit: (input) => {
      onAsk?.(input.messageId);
      return line.ask({ call: 'issueCredit', input });
    },
    issueManagement: (input) => {
      onAsk?.(input.messageId);
      return line.ask({ call: 'issueManagement', input });
    },
    verify: (digits, meter) => line.ask({ call: 'verify', input: { digits, meter } }),
    counters: unsupported,
    issueKeyChange: unsupported,
    fetch: unsupported,
    exportKeyRequest: unsupported,
    inspectKeyLoad: unsupported,
    loadKeys: unsupported,
    selfTest: unsupported,
    close: () => Promise.resolve(line.close()),
  };
}

/** Calls for every whole line that comes in; what a reset cuts off is dropped. */
export function onLines(socket: Socket, each: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) each(line);
  });
}

class Line {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (result: Result<unknown, ModuleFault>) => void>();
  readonly #tokenWithinMs: number | undefined;
  #asked = 0;
  #closed = false;

  constructor(port: number, tokenWithinMs: number | undefined) {
    this.#tokenWithinMs = tokenWithinMs;
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.setNoDelay(true);
    this.#socket.on('error', () => this.#socket.destroy());
    // Nothing comes of a module that died.
    this.#socket.on('close', () => {
      this.#closed = true;
      for (const settle of this.#waiting.values()) settle(err(moduleFault('module-disconnected')));
    });
    onLines(this.#socket, (text) => {
      const { id, result } = JSON.parse(text) as {
        id: number;
        result: Result<unknown, ModuleFault>;
      };
      this.#waiting.get(id)?.(result);
    });
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  ask<Value>(asked: Asked): Promise<Result<Value, ModuleFault>> {
    if (this.#closed) return Promise.resolve(err(moduleFault('module-disconnected')));
    const id = (this.#asked += 1);
    return new Promise((resolve) => {
      const settle = (result: Result<Value, ModuleFault>): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(result);
      };
      const mayBeLost = asked.call === 'issueCredit' || asked.call === 'issueManagement';
      const timer =
        mayBeLost && this.#tokenWithinMs !== undefined
          ? setTimeout(() => settle(err(moduleFault('module-timeout'))), this.#tokenWithinMs)
          : undefined;
      this.#waiting.set(id, (result) => settle(result as Result<Value, ModuleFault>));
      this.#socket.write(`${JSON.stringify({ ...asked, id })}\n`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}
