import type { Translation } from '../catalogue.ts';
import type { paper as english } from '../en/paper.ts';

export const paper: Translation<typeof english> = {
  'error.station-key-damaged.cashier':
    'Ufunguo wa sahihi wa kituo {file} hauwezi kusomwa ({reason}). Urudishe kutoka kwenye nakala, au uuondoe na usajili kituo tena makao makuu.',
  'error.station-key-damaged.customer': 'Mashine inahitaji muda mfupi.',
  'error.station-key-missing.cashier':
    'Hakuna ufunguo wa sahihi {file} bado. Kituo huutengeneza kinapofunguliwa mara ya kwanza.',
  'error.station-key-missing.customer': 'Mashine inahitaji muda mfupi.',
  'error.station-key-text.cashier':
    'Huo si ufunguo wa wazi wa kituo. Una tarakimu 64 za heksadesimali; “station receipt key” huuonyesha.',
  'error.station-key-text.customer': 'Mashine inahitaji muda mfupi.',
  'error.receipt-code-not-ours.cashier':
    'Huu si msimbo wa risiti: hiyo huanza na KW1. Skani mraba ulio chini ya karatasi.',
  'error.receipt-code-not-ours.customer': 'Huo si msimbo wa risiti yetu.',
  'error.receipt-code-damaged.cashier':
    'Msimbo haujakamilika au haukusomwa vizuri. Uskani tena, au andika namba ya mita.',
  'error.receipt-code-damaged.customer': 'Siwezi kusoma msimbo huu. Niambie namba ya mita yako, tafadhali.',
  'error.receipt-code-no-meter.cashier':
    'Risiti hii ni ya malipo yasiyo na mita. Mtafute mteja kwa jina au namba.',
  'error.receipt-code-no-meter.customer': 'Niambie namba ya mita yako, tafadhali.',
  'error.receipt-code-signature.cashier':
    'Sahihi si ya ufunguo {keyId} wa kituo: kituo kingine kilitengeneza msimbo huu, au ulibadilishwa baadaye.',
  'error.receipt-code-signature.customer': 'Siwezi kuthibitisha risiti hii hapa.',
};
