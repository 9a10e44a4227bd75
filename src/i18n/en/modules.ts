/**
 * Faults of secure modules, two sentences each as in `errors.ts`. The numbers are the module's own status codes.
 */
const NO_TOKENS = 'The machine can’t make tokens at the moment.';
const NOT_HERE = 'Your meter can’t be served at this counter.';
const RECORDED = 'Your money is recorded. The machine has to check something before it gives the token.';
const NO_CUSTOMER = 'The machine’s keys are being looked after; it takes a moment.';

export const modules = {
  'error.module-sign-in.cashier':
    'The token server at {place} did not take this station’s name and password. They are not tried again; call your supervisor.',
  'error.module-sign-in.customer': NO_TOKENS,
  'error.module-other-certificate.cashier':
    'The server at {place} is not the one that was enrolled. Nothing was sent to it; call your supervisor.',
  'error.module-other-certificate.customer': NO_TOKENS,
  'error.module-service-off.cashier':
    'The token server at {place} is switched off for tokens. Nothing was made; try again later.',
  'error.module-service-off.customer': NO_TOKENS,
  'error.module-missing.cashier':
    'No secure module was found at {place}. Plug it in and switch it on; lookups and reprints go on meanwhile.',
  'error.module-missing.customer': NO_TOKENS,
  'error.module-permission.cashier':
    'This account may not use the secure module at {place}. A supervisor has to give it the right, as the manual says.',
  'error.module-permission.customer': NO_TOKENS,
  'error.module-busy.cashier':
    'Another program is using the secure module at {place}. Close that program, or plug the module out and in.',
  'error.module-busy.customer': NO_TOKENS,
  'error.module-disconnected.cashier':
    'The secure module was unplugged while it was working. The sale is kept; plug it in, then ask it again.',
  'error.module-disconnected.customer': RECORDED,
  'error.module-unknown-status.cashier':
    'The secure module answered with a status that is not known ({status}). The sale is kept; call your supervisor.',
  'error.module-unknown-status.customer': RECORDED,
  'error.module-not-supported.cashier':
    'This kind of secure module can’t do that ({call}). Nothing was changed.',
  'error.module-not-supported.customer': NO_CUSTOMER,
  'error.module-approval.cashier':
    'Two different people have to approve this, and the second signs in for it now. Nothing was changed.',
  'error.module-approval.customer': NO_CUSTOMER,
  'error.module-hardware.cashier':
    'The secure module reports a fault of its hardware. Switch it off and on; if it comes back, call your supervisor.',
  'error.module-hardware.customer': RECORDED,
  'error.module-format.cashier':
    'The secure module did not understand the request (02). Nothing was made; call your supervisor.',
  'error.module-format.customer': NO_TOKENS,
  'error.module-token-crc.cashier':
    'The token does not decode with this meter’s key. Check the meter number and the token.',
  'error.module-token-crc.customer': 'This number is not a token for that meter.',
  'error.module-request-crc.cashier':
    'The request reached the secure module damaged (20). Nothing was made; check its cable and sell again.',
  'error.module-request-crc.customer': NO_TOKENS,
  'error.module-command.cashier':
    'The secure module does not know this request (21). Nothing was made; call your supervisor.',
  'error.module-command.customer': NO_TOKENS,
  'error.module-kek-state.cashier':
    'The secure module is not ready to take keys (26). Export its request again and have keys made for it.',
  'error.module-kek-state.customer': NO_CUSTOMER,
  'error.module-kek-missing.cashier':
    'The secure module has no transport key for this file, or no place for it (27). Export its request again.',
  'error.module-kek-missing.customer': NO_CUSTOMER,
  'error.module-key-change.cashier':
    'The secure module does not allow this change of the meter’s key (29). Head office has to look at the meter’s record.',
  'error.module-key-change.customer': NOT_HERE,
  'error.module-credit-used-up.cashier':
    'The secure module’s credit for supply group {sgc} is used up. Nothing more can be sold there until head office renews it.',
  'error.module-credit-used-up.customer': NO_TOKENS,
  'error.module-other-id.cashier':
    'The key file was made for module {found}; this one is {wanted}. Nothing was loaded; ask for a file for this module.',
  'error.module-other-id.customer': NO_CUSTOMER,
  'error.module-key-range.cashier':
    'A detail of the meter’s key is out of range for the secure module (40). Head office has to look at the meter’s record.',
  'error.module-key-range.customer': NOT_HERE,
  'error.module-issue-over.cashier':
    'The time in which the vending key of supply group {sgc} may be used is over. Head office has to load a new one; check the clock too.',
  'error.module-issue-over.customer': 'Your meter can’t be served at this counter today.',
  'error.module-clock-window.cashier':
    'The module’s clock ({moduleTime}) and the computer’s ({computerTime}) are too far apart. Set the computer’s clock right; if it is right, call your supervisor.',
  'error.module-clock-window.customer': 'The machine’s clock has to be set first.',
  'error.module-log-end.cashier':
    'The secure module’s log has no further entries (45). There is nothing more to read.',
  'error.module-log-end.customer': NO_CUSTOMER,
  'error.module-subclass.cashier':
    'The vending key of supply group {sgc} may not make this kind of token (48). Head office has to look at the key.',
  'error.module-subclass.customer': NOT_HERE,
  'error.module-record-format.cashier':
    'A record of the key file is not in the form that the module takes (49). Nothing was loaded; ask for the file again.',
  'error.module-record-format.customer': NO_CUSTOMER,
  'error.module-field-count.cashier':
    'The request had too few or too many fields for the secure module (60). Nothing was made; call your supervisor.',
  'error.module-field-count.customer': NO_TOKENS,
  'error.module-field-type.cashier':
    'A field of the request was of the wrong type for the secure module (61). Nothing was made; call your supervisor.',
  'error.module-field-type.customer': NO_TOKENS,
  'error.module-field-encoding.cashier':
    'A field of the request was written in a way that the secure module can’t read (62). Nothing was made; call your supervisor.',
  'error.module-field-encoding.customer': NO_TOKENS,
  'error.module-field-range.cashier':
    'A field of the request was out of range for the secure module (63). Nothing was made; check the meter’s record.',
  'error.module-field-range.customer': NOT_HERE,
  'error.module-meter-number.cashier':
    'The secure module does not accept this meter number (76). Head office has to look at the meter’s record.',
  'error.module-meter-number.customer': NOT_HERE,
  'error.module-load-mac.cashier':
    'The key file’s seal is not right (77): it was changed, or made for another module. Nothing was loaded.',
  'error.module-load-mac.customer': NO_CUSTOMER,
  'error.module-load-kcv.cashier':
    'A key does not give the check value that its file announces (78). Do not use it; ask for the file again.',
  'error.module-load-kcv.customer': NO_CUSTOMER,
  'error.module-default-key.cashier':
    'This meter still has its default key, which takes no credit (80). It needs a key change first.',
  'error.module-default-key.customer': NOT_HERE,
  'error.module-token-count.cashier':
    'The number of key-change tokens does not fit this meter (85). Nothing was made; check the meter’s record.',
  'error.module-token-count.customer': NOT_HERE,
  'error.module-instruction.cashier':
    'The secure module refused a signed instruction (87). Nothing was changed; ask its sender for a new one.',
  'error.module-instruction.customer': NO_CUSTOMER,
  'error.module-key-attribute.cashier':
    'An attribute of the vending key is not right (94). Head office has to load the key again.',
  'error.module-key-attribute.customer': NOT_HERE,
  'error.module-own-words.cashier': 'The secure module says: {text}. The sale is kept; call your supervisor.',
  'error.module-own-words.customer': RECORDED,
} as const;
