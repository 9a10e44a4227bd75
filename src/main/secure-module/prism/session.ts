import { err, ok, type Result } from '../../../units/index.ts';
import { API_VERSION, type ArgsOf, type MethodName, type ReturnOf } from './api.ts';
import type { CallError, PrismLink } from './link.ts';
import { isUnder } from './refusals.ts';

export type Account = { readonly realm: string; readonly username: string; readonly password: string };

/** What changes nothing at the server is asked once more when its answer is lost. */
const READS: readonly MethodName[] = ['verifyToken', 'fetchTokenResult', 'getStatus'];

function tokenIsOver(answer: Result<unknown, CallError>): boolean {
  return !answer.ok && answer.error.kind === 'refused' && isUnder(answer.error.code, 'EAuthentication.Token');
}

/**
 * Calls in a signed-in session. The access token lives here and nowhere else. When it has run out there is one
 * sign-in, never a second; a refused password is not tried again by this program, since the server would lock
 * the account.
 */
export class PrismSession {
  readonly #link: PrismLink;
  readonly #newMessageId: () => string;
  #account: Account | undefined;
  #accessToken: string | undefined;
  #refusal: CallError | undefined;

  constructor(link: PrismLink, account: Account, newMessageId: () => string) {
    this.#link = link;
    this.#account = account;
    this.#newMessageId = newMessageId;
  }

  async call<Name extends MethodName>(
    method: Name,
    args: (accessToken: string) => ArgsOf<Name>,
  ): Promise<Result<ReturnOf<Name>, CallError>> {
    const held = this.#accessToken;
    const first = await this.#send(method, args);
    if (held === undefined || !tokenIsOver(first)) return first;
    this.#accessToken = undefined;
    return this.#send(method, args);
  }

  close(): void {
    this.#account = undefined;
    this.#accessToken = undefined;
    this.#link.close();
  }

  async #send<Name extends MethodName>(
    method: Name,
    args: (accessToken: string) => ArgsOf<Name>,
  ): Promise<Result<ReturnOf<Name>, CallError>> {
    const signedIn = this.#accessToken === undefined ? await this.#signIn() : ok(this.#accessToken);
    if (!signedIn.ok) return signedIn;
    const answer = await this.#link.call(method, args(signedIn.value));
    const isLost = !answer.ok && answer.error.kind === 'lost';
    return isLost && READS.includes(method) ? this.#link.call(method, args(signedIn.value)) : answer;
  }

  async #signIn(): Promise<Result<string, CallError>> {
    if (this.#refusal) return err(this.#refusal);
    if (!this.#account) return err({ kind: 'unreachable' });
    const messageId = this.#newMessageId();
    const options = { version: API_VERSION };
    const answer = await this.#link.call('signInWithPassword', { messageId, ...this.#account, options });
    if (answer.ok) {
      this.#accessToken = answer.value.accessToken;
      return ok(answer.value.accessToken);
    }
    const { error } = answer;
    if (error.kind === 'refused' && isUnder(error.code, 'ESignin')) this.#refusal = error;
    // A sign-in makes no token: when its answer is lost, what was to follow was never sent.
    return err(error.kind === 'lost' ? { kind: 'unreachable' } : error);
  }
}
