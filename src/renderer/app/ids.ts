import { makeId, type RequestId } from '../../units/index.ts';

/** A new id for a request that changes something. */
export function newRequestId(): RequestId {
  return makeId<'request'>(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
