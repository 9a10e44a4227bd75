/** The meter that a tool works for: the one that is being served, or one that was looked up. */
export type Served = { readonly pan: string; readonly meterNumber: string; readonly name: string };
