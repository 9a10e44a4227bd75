import type { z } from 'zod';

export const ROLES = ['cashier', 'supervisor', 'key-custodian', 'auditor', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** `counter` is the cashier's window; the others are windows of less trust, each with its own short list. */
export const WINDOW_KINDS = ['counter', 'paper-preview', 'virtual-meter', 'customer-display'] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number];

/** What one call from a window to the station is: everything else is derived from this. */
export type CallDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  readonly input: Input;
  readonly output: Output;
  /** Who may call it; `anyone` needs no sign-in. */
  readonly roles: 'anyone' | readonly Role[];
  readonly windows: readonly WindowKind[];
  /** True when it changes anything that is kept. Such a call carries a request id in its input. */
  readonly changes: boolean;
  /** Whether somebody with the role may let it happen once at another person's screen. */
  readonly override?: true;
};

export function defineCall<Input extends z.ZodType, Output extends z.ZodType>(
  definition: CallDefinition<Input, Output>,
): CallDefinition<Input, Output> {
  return definition;
}

/** `no`: asking again gives the same answer. `safe`: may be asked again. `after-recovery`: settle first. */
export type Retry = 'no' | 'safe' | 'after-recovery';

/** An error as it crosses to a window: a code of the catalogue, its parameters, and a reference for the log. */
export type CallError = {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly retry: Retry;
  readonly ref: string;
};

export type CallReply<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: CallError };
