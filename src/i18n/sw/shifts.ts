import type { Translation } from '../catalogue.ts';
import type { shifts as english } from '../en/shifts.ts';

export const shifts: Translation<typeof english> = {
  'error.no-open-shift.cashier':
    'Hakuna zamu iliyofunguliwa kwako. Fungua moja kwa pesa zilizo kwenye droo, kisha uuze.',
  'error.no-open-shift.customer': 'Dirisha hili linafunguliwa baada ya muda mfupi.',
  'error.shift-ended.cashier': 'Zamu {number} imeisha. Hesabu droo na uifunge, kisha fungua inayofuata.',
  'error.shift-ended.customer': 'Dirisha hili limefungwa kwa sasa.',
  'error.drawer-unknown.cashier': 'Hakuna droo {drawer} hapa. Chagua moja kwenye orodha.',
  'error.drawer-unknown.customer': 'Dirisha hili linafunguliwa baada ya muda mfupi.',
  'error.drawer-in-use.cashier': 'Droo {drawer} inatumiwa na zamu {number}. Inatakiwa kufungwa kwanza.',
  'error.drawer-in-use.customer': 'Dirisha hili linafunguliwa baada ya muda mfupi.',
  'error.shift-held.cashier':
    'Zamu {number} bado ina droo {drawer}. Mtu mmoja ana droo moja: ifunge hiyo kwanza.',
  'error.shift-held.customer': 'Dirisha hili linafunguliwa baada ya muda mfupi.',
  'error.count-invalid.cashier':
    'Hesabu haiwezi kuwa sahihi: kila noti na sarafu mara moja, na zinazotumika hapa tu.',
  'error.count-invalid.customer': 'Droo inahesabiwa.',
  'error.shift-unknown.cashier': 'Hakuna zamu ya aina hiyo.',
  'error.shift-unknown.customer': 'Droo inashughulikiwa.',
  'error.shift-step.cashier':
    'Zamu {number} {step, select, opened {bado inauza: imalize kwanza} ended {imeisha na inasubiri kuhesabiwa} counted {imehesabiwa na inasubiri kufungwa} other {imefungwa: Z yake inabaki}}.',
  'error.shift-step.customer': 'Droo inashughulikiwa.',
  'error.shift-not-yours.cashier':
    'Zamu {number} ni ya mtu mwingine. Yeye au msimamizi anaweza kufanya hivi.',
  'error.shift-not-yours.customer': 'Droo inashughulikiwa.',
  'error.shift-same-person.cashier': 'Zamu {number} inahitaji mtu wa pili kwa hili.',
  'error.shift-same-person.customer': 'Droo inashughulikiwa.',
  'error.reason-needed.cashier': 'Eleza sababu: sababu huhifadhiwa.',
  'error.reason-needed.customer': 'Subiri kidogo; inatakiwa kuandikwa.',
  'drawers.title': 'Droo na pesa',
  'drawers.about': 'Majina ya droo, noti na sarafu zinazohesabiwa, na nani anafunga zamu.',
  'drawers.names': 'Droo za hapa',
  'drawers.names.hint':
    '{count, plural, one {Droo 1} other {Droo #}}. Weka nukta mkato kati ya majina mawili.',
  'drawers.money': 'Noti na sarafu',
  'drawers.money.hint': 'Viasi vinavyotenganishwa kwa nukta mkato, kwa mfano 5; 10; 20.',
  'drawers.closer': 'Nani anafunga zamu',
  'drawers.closer.same': 'Keshia anaweza kuifunga',
  'drawers.closer.another': 'Lazima mtu mwingine aifunge',
  'drawers.beneficiary': 'Akaunti ya benki kwa jina la',
  'drawers.beneficiary.hint': 'Huchapishwa kwenye karatasi ya kuweka pesa. Inaweza kuachwa wazi.',
  'drawers.save': 'Hifadhi',
  'drawers.saved': 'Imehifadhiwa. Inatumika kuanzia sasa.',
  'error.settings-not-kept.cashier':
    'Faili ya mipangilio {file} haiwezi kuandikwa ({reason}), kwa hiyo hakuna kilichobadilishwa. Mwite anayetunza kompyuta hii, kisha jaribu tena.',
  'error.settings-not-kept.customer': 'Subiri kidogo.',
  'error.drawer-set-up.cashier':
    '{reason, select, empty {Droo inahitaji jina.} twice {Droo mbili zina jina moja. Badilisha moja.} coin {Noti au sarafu hiyo ipo mara mbili. Ondoa moja.} other {Kiasi kimoja hakiwezi kulipwa kwa taslimu hapa. Angalia tena noti na sarafu.}}',
  'error.drawer-set-up.customer': 'Subiri kidogo.',
};
