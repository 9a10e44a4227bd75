import type { Translation } from '../catalogue.ts';
import type { exchange as english } from '../en/exchange.ts';

/** Makao makuu: ukanda unachosema, kwa nini fungu halikupokelewa, na ruhusa ya kuuza. */
export const exchange: Translation<typeof english> = {
  'strip.office.stand-alone': 'Kituo cha peke yake: mipaka yake',
  'strip.office.not-enrolled': 'Hakijasajiliwa makao makuu',
  'strip.office.asked': 'Inasubiri makao makuu',
  'strip.office.enrolled':
    '{waiting, plural, =0 {Makao makuu yana kila kitu} one {Fungu # la kutuma} other {Mafungu # ya kutuma}}',
  'strip.office.sent':
    '{waiting, plural, one {Fungu # limetumwa, bado jibu} other {Mafungu # yametumwa, bado jibu}}',
  'strip.office.busy': 'Inabadilishana na makao makuu',
  'strip.office.problem': 'Makao makuu: angalia',
  'strip.allowance.value': 'Bado {value} ya kuuza',
  'strip.allowance.tokens': '{tokens, plural, one {Bado mauzo #} other {Bado mauzo #}}',
  'strip.allowance.minutes': '{hours, plural, one {Bado saa #} other {Bado saa #}}',
  'error.allowance-value.cashier':
    'Makao makuu yanaruhusu kuuza {left} zaidi hapa. Chukua kiasi kidogo, au mwite msimamizi alete ruhusa mpya.',
  'error.allowance-value.customer': 'Siwezi kuuza kiasi hicho kwa sasa. Kiasi kidogo kinaweza kufaa.',
  'error.allowance-tokens.cashier':
    'Idadi ya mauzo iliyoruhusiwa na makao makuu imeisha. Mwite msimamizi alete ruhusa mpya.',
  'error.allowance-tokens.customer': 'Mashine haiwezi kuuza kwa sasa.',
  'error.allowance-time.cashier':
    'Muda ulioruhusiwa na makao makuu umeisha. Mwite msimamizi alete ruhusa mpya.',
  'error.allowance-time.customer': 'Mashine haiwezi kuuza kwa sasa.',
  'error.allowance-per-sale.cashier':
    'Makao makuu yanaruhusu hadi {limit} kwa mauzo moja hapa. Chukua kiasi kidogo.',
  'error.allowance-per-sale.customer': 'Naweza kuuza hadi {limit} kwa mara moja.',
  'error.stand-alone.cashier':
    'Kituo hiki hakina makao makuu katika mipangilio: kinauza kwa mipaka yake. Hakuna kilichotumwa.',
  'error.stand-alone.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.head-office-unreachable.cashier':
    'Makao makuu hayapatikani ({reason}). Endelea kuuza: itajaribiwa tena yenyewe.',
  'error.head-office-unreachable.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.enrolment-reply.cashier':
    'Jibu la makao makuu kuhusu usajili halikupokelewa ({reason}). Sajili tena.',
  'error.enrolment-reply.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.not-enrolled.cashier':
    'Kituo hiki hakijasajiliwa makao makuu. Omba msimbo makao makuu kisha kisajili.',
  'error.not-enrolled.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.training-alone.cashier': 'Mafunzo hayatumi chochote makao makuu. Hakuna kilichobadilika.',
  'error.training-alone.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.ack-gap.cashier':
    'Makao makuu hayana fungu la awali la kituo hiki. Tuma yote tena; isiposaidia, piga makao makuu.',
  'error.ack-gap.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.ack-bad-signature.cashier':
    'Makao makuu hayatambui saini ya kituo hiki. Linganisha alama na makao makuu; sajili tena zikitofautiana.',
  'error.ack-bad-signature.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.ack-damaged.cashier':
    'Fungu limefika makao makuu likiwa limeharibika. Litatumwa tena lenyewe; ikiendelea, piga makao makuu.',
  'error.ack-damaged.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.ack-totals-mismatch.cashier':
    'Makao makuu yanahesabu jumla tofauti na kituo hiki katika fungu. Endelea kuuza na upige makao makuu.',
  'error.ack-totals-mismatch.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.ack-fork.cashier':
    'Makao makuu yana kumbukumbu nyingine kwa namba za kituo hiki: nakala yake huenda inatumika. Acha kuuza na upige makao makuu.',
  'error.ack-fork.customer': 'Mashine haiwezi kuuza kwa sasa.',
  'error.ack-new-epoch.cashier':
    'Kituo hiki kimerejeshwa au kina ufunguo mpya. Omba msimbo makao makuu kisha kisajili tena.',
  'error.ack-new-epoch.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.ack-retired.cashier': 'Makao makuu yamekiondoa kituo hiki. Acha kuuza na upige makao makuu.',
  'error.ack-retired.customer': 'Mashine haiwezi kuuza kwa sasa.',
  'error.package-refused.cashier':
    'Data kutoka makao makuu haikupokelewa; ya awali bado inatumika. Piga makao makuu.',
  'error.package-refused.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.package-left.cashier':
    'Makao makuu yamerudisha kilichopotea kwenye mashine hii, lakini si chote kilichoweza kupokelewa. Endelea kuuza; msimamizi anakipata kwenye ripoti ya ukaguzi, chini ya “Kifurushi kutoka makao makuu”.',
  'error.package-left.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.office-station-name.cashier': '{station} si jina la kituo: alama 1 hadi 12 za A-Z na 0-9.',
  'error.office-station-name.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.office-station-unknown.cashier': 'Makao makuu hayajui kituo {station}. Kiongeze kwanza.',
  'error.office-station-unknown.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.office-enrol-code.cashier': 'Ombi la {station} halikufanywa kwa msimbo wake. Kipe msimbo mpya.',
  'error.office-enrol-code.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.office-enrol-epoch.cashier':
    'Ufunguo mwingine wa {station} umeshasaini kipindi {epoch}. Kituo kianze kipindi kipya: kisajili tena huko.',
  'error.office-enrol-epoch.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.office-missing.cashier': 'Hakuna makao makuu katika {folder}. Yatengeneze kwa init.',
  'error.office-missing.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.publish-file.cashier': '{file} haikusomwa hapo {where}: {reason}. Hakuna kilichochapishwa.',
  'error.publish-file.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
};
