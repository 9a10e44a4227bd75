import type { Advice } from '../../../contract/index.ts';
import type { MessageId } from '../../../i18n/index.ts';

/** One question of the guide; an answer leads to the next question or to what is to be done. */
export type Question = {
  readonly asks: MessageId;
  readonly answers: readonly { readonly says: MessageId; readonly leads: QuestionId | Advice }[];
};

export type QuestionId = 'meter?' | 'again?' | 'several?' | 'key?' | 'group?';

/**
 * From "my token was rejected" to what is to be done, after a vendor's procedure: the meter's number, the token
 * once more, the tokens that belong before it, the key revision, group and index, the record, and only then a
 * replacement.
 */
export const REJECTED: Readonly<Record<QuestionId, Question>> = {
  'meter?': {
    asks: 'rejected.meter',
    answers: [
      { says: 'rejected.meter.yes', leads: 'again?' },
      { says: 'rejected.meter.no', leads: 'other-meter' },
    ],
  },
  'again?': {
    asks: 'rejected.again',
    answers: [
      { says: 'rejected.again.rejected', leads: 'several?' },
      { says: 'rejected.again.used', leads: 'taken-already' },
      { says: 'rejected.again.old', leads: 'replace-new-time' },
      { says: 'rejected.again.locked', leads: 'wait-lockout' },
      { says: 'rejected.again.tamper', leads: 'tampered' },
      { says: 'rejected.again.taken', leads: 'key-in-again' },
    ],
  },
  'several?': {
    asks: 'rejected.several',
    answers: [
      { says: 'rejected.several.yes', leads: 'key?' },
      { says: 'rejected.several.no', leads: 'key-change-first' },
    ],
  },
  'key?': {
    asks: 'rejected.key',
    answers: [
      { says: 'rejected.key.same', leads: 'group?' },
      { says: 'rejected.key.other', leads: 'correct-record' },
      { says: 'rejected.key.nothing', leads: 'report-meter' },
    ],
  },
  'group?': {
    asks: 'rejected.group',
    answers: [
      { says: 'rejected.group.yes', leads: 'report-meter' },
      { says: 'rejected.group.no', leads: 'correct-record' },
    ],
  },
};

export function isQuestion(step: QuestionId | Advice): step is QuestionId {
  return step.endsWith('?');
}

/** The question that an answer leads to; the one about key changes only where the sale had several tokens. */
export function nextStep(leads: QuestionId | Advice, tokens: number): QuestionId | Advice {
  return leads === 'several?' && tokens < 2 ? 'key?' : leads;
}
