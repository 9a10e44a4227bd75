import type { Translation } from '../catalogue.ts';
import type { headOffice as english } from '../en/head-office.ts';

/** Makao makuu kwenye ukurasa wa msimamizi mkuu: nani anamjua nani, kinachofuata, na yaliyosemwa. */
export const headOffice: Translation<typeof english> = {
  'headoffice.title': 'Makao makuu',
  'headoffice.about': 'Usajili, alama za funguo, kinachosubiri na wanachosema makao makuu.',
  'headoffice.looking': 'Inaangalia hali ya kituo hiki.',
  'headoffice.state':
    '{state, select, standAlone {Kituo hiki kinajitegemea: kinauza kwa mipaka yake na hakitumi chochote.} notEnrolled {Makao makuu bado hayakijui kituo hiki.} restored {Kituo hiki kilirejeshwa kutoka nakala na lazima kisajiliwe tena.} newKey {Ufunguo wa kituo hiki si ule unaojulikana na makao makuu.} asked {Ombi liko makao makuu; bado hakuna jibu.} asking {Makao makuu yanakijua kituo hiki; usajili mpya umeombwa.} other {Makao makuu yanakijua kituo hiki.}}',
  'headoffice.do':
    '{state, select, standAlone {Ili kujiunga na makao makuu, msimamizi mkuu huandika hapa folda ambayo faili hupitia. Seva (SFTP) huandikwa kwenye mipangilio (headOffice ndani ya station.json), kisha kituo huwashwa tena.} notEnrolled {Waombe makao makuu msimbo wa mara moja: “headoffice station add {station}”. Uandike hapa. Endelea kuuza; hakuna kinachopotea.} restored {Kitakachouzwa kuanzia sasa kitapata namba za kipindi kipya, ili hakuna inayotumika mara mbili. Waombe makao makuu msimbo mpya: “headoffice station add {station}”. Kinachokosekana kwenye nakala hurudi na kifurushi kijacho.} newKey {Ufunguo wa zamani umepotea, hivyo kipindi kipya kinaanza. Waombe makao makuu msimbo mpya: “headoffice station rotate {station}”.} asked {Linganisha alama na makao makuu kwa simu. Jibu lisipokuja, msimbo uliandikwa vibaya au ulishatumika: omba mwingine na uuandike.} asking {Kila kitu kinaendelea kama awali hadi makao makuu yatakapojibu. Linganisha alama nayo kwa simu. Jibu lisipokuja, msimbo uliandikwa vibaya au ulishatumika: omba mwingine na uuandike.} other {Mauzo hutumwa kila dakika {minutes}, kila Z, baada ya kuwasha, na yanapotumwa kutoka hapa.}}',
  'headoffice.keys': 'Funguo na faili',
  'headoffice.fact.own': 'Alama ya kituo hiki',
  'headoffice.fact.office': 'Alama ya makao makuu',
  'headoffice.fact.next': 'Alama ya ufunguo unaofuata',
  'headoffice.fact.place': 'Faili zinakwenda',
  'headoffice.place': 'Faili zinakwenda wapi',
  'headoffice.place.folder': 'Folda',
  'headoffice.place.hint':
    'Folda ambayo makao makuu huifikia pia: kwenye mtandao, au kwenye kijiti kinachopelekwa na kurudishwa. Lazima iwepo sasa. Ndani yake, faili hutoka katika {station}/up na majibu husubiriwa katika {station}/down.',
  'headoffice.place.do': 'Tumia folda hii',
  'headoffice.place.change': 'Chagua folda nyingine',
  'headoffice.fact.epoch': 'Kipindi',
  'headoffice.fact.waiting': 'Zinasubiri',
  'headoffice.waiting':
    '{batches, plural, =0 {hakuna fungu} one {fungu #} other {mafungu #}}, {records, plural, =0 {hakuna rekodi mpya} one {rekodi mpya #} other {rekodi mpya #}}',
  'headoffice.compare':
    'Pande zote mbili lazima zione alama zilezile. Makao makuu husoma za kituo kwa “headoffice station keys {station}”; zao ziko kando ya msimbo yaliyotoa.',
  'headoffice.enrol': 'Sajili kituo {station}',
  'headoffice.enrol.do': 'Sajili',
  'headoffice.enrol.again': 'Sajili kwa msimbo mpya',
  'headoffice.code': 'Msimbo wa mara moja',
  'headoffice.code.hint': 'Herufi na tarakimu 16 katika makundi ya nne, kama makao makuu yalivyosoma.',
  'headoffice.rotate': 'Badilisha ufunguo',
  'headoffice.rotate.why':
    'Ufunguo mpya unatengenezwa sasa. Fungu linalofuata huutangaza, likisainiwa na wa zamani; baadaye mpya ndio unaosaini. Kisha makao makuu huuona kwa “headoffice station keys {station}”.',
  'headoffice.rotate.do': 'Tengeneza ufunguo unaofuata',
  'headoffice.send': 'Tuma sasa',
  'headoffice.fetch': 'Tafuta jibu',
  'headoffice.refused': 'Havikupokelewa na makao makuu',
  'headoffice.batch': 'Fungu {batch}:',
  'headoffice.said': 'Wanachosema makao makuu',
  'headoffice.said.nothing': 'Bado hakuna kifurushi kilichokuja.',
  'headoffice.said.last': 'Kifurushi {number}, kilipokelewa {moment}',
  'headoffice.messages': 'Ujumbe',
  'headoffice.allowance': 'Ruhusa ya kuuza',
  'headoffice.limit.perSaleMinor': 'Kikomo cha mauzo moja',
  'headoffice.limit.perMeterDayMinor': 'Mita kwa siku',
  'headoffice.limit.perOperatorDayMinor': 'Mtu kwa siku',
  'headoffice.limit.perOperatorShiftMinor': 'Mtu kwa zamu',
  'headoffice.role': '{name}, wadhifa',
  'strip.office.sending': 'Inatuma fungu {number} kati ya {all}',
  'error.enrolment-code.cashier':
    'Huo si msimbo wa mara moja: una alama 16, A hadi Z na 2 hadi 7. Uhakikishe na makao makuu kisha uuandike tena.',
  'error.enrolment-code.customer': 'Data ya mashine inashughulikiwa; ni muda mfupi.',
  'error.folder-exchange.cashier':
    '{reason, select, server {Faili huenda kwenye seva iliyoandikwa katika station.json. Anayetunza kompyuta hii huibadilisha huko.} relative {Andika njia nzima, kuanzia diski au mzizi.} missing {Hakuna folda {folder}. Chomeka kijiti, au muulize anayetunza folda ya mtandao, kisha ujaribu tena.} other {Kituo hiki hakiwezi kuandika kwenye {folder}. Muulize anayetunza kompyuta hii.}}',
  'error.folder-exchange.customer': 'Data ya mashine inashughulikiwa; ni muda mfupi.',
  'error.import-file.cashier': '{file} si folda ya kubadilishana wala faili ya fungu. Hakuna kilichoingizwa.',
  'error.import-file.customer': 'Data ya mashine inashughulikiwa; ni muda mfupi.',
};
