export const decisions = {
  'error.clock-jumped.cashier':
    'Saa ya kompyuta ({clock}) iko mbele ya andiko la mwisho ({last}) kwa zaidi ya siku moja. Ilinganishe na saa nyingine; ikiwa ni sahihi, msimamizi athibitishe, la sivyo irekebishe.',
  'error.clock-jumped.customer': 'Saa ya mashine inatakiwa kuangaliwa kwanza.',
  'error.clock-apart.cashier':
    'Saa ya kompyuta ({clock}) na ya moduli salama ({module}) zimetofautiana mno. Rekebisha saa ya kompyuta; ikiwa ni sahihi, msimamizi athibitishe.',
  'error.clock-apart.customer': 'Saa ya mashine inatakiwa kuangaliwa kwanza.',
  'error.sale-given-up.cashier': 'Moduli haikutengeneza tokeni kwa mauzo haya. Rudisha pesa.',
  'error.sale-given-up.customer': 'Hakuna tokeni iliyotengenezwa. Unarudishiwa pesa zako.',
  'error.sale-not-given-up.cashier':
    'Moduli haiwezi kusema kwa hakika kwamba haikutengeneza tokeni: mauzo yanabaki na shaka. Uliza tena, au yaache wazi na umwite msimamizi wako.',
  'error.sale-not-given-up.customer':
    'Bado haijulikani kama tokeni yako ilitengenezwa. Pesa zako ziko salama.',
  'error.books-damaged.cashier':
    'Ukaguzi umekuta vitabu vimeharibika ({row}: {reason}). Mauzo yamesimamishwa ili kitu kisipotee; mwite msimamizi wako.',
  'error.books-damaged.customer': 'Mashine ina hitilafu na haiwezi kuuza kwa sasa.',
  'error.books-unread.cashier':
    'Vitabu havikuweza kusomwa kwa sasa ({file}: {reason}). Hakuna kilichobadilishwa na mauzo yanaendelea; jaribu tena baada ya muda mfupi, na umwite msimamizi hali ikiendelea hivyo.',
  'error.books-unread.customer': 'Mashine haiko tayari kwa hilo bado.',
  'strip.books.damaged': 'Vitabu vimeharibika: mauzo yamesimama',
  'strip.books.unread': 'Vitabu havijakaguliwa: havisomeki',
  'strip.disk.low': 'Diski inakaribia kujaa: zimebaki MB {megabytes}',
  'strip.disk.stop': 'Diski imejaa mno: mauzo yamesimama',
  'strip.disk.failed': 'Hitilafu ya diski: mauzo yamesimama',
  'strip.backup.failed': 'Nakala rudufu imeshindikana',
  'strip.backup.none': 'Hakuna folda ya nakala rudufu',
  'strip.backup.same-disk': 'Nakala rudufu iko kwenye diski ileile',
  'doubt.key':
    'Ufunguo: kundi la ugavi {sgc}, toleo la ufunguo {krn}{ti, select, none {} other {, faharisi ya bei {ti}}}',
  'doubt.no-key':
    'Moduli haina ufunguo wa kundi la ugavi {sgc}, toleo la ufunguo {krn}{ti, select, none {} other {, faharisi ya bei {ti}}}. Agiza ufunguo huo upakiwe, kisha uliza tena.',
  'doubt.reason': 'Kwa nini (vitabu vinaitunza)',
  'doubt.give-up': 'Mteja hasubiri tena',
  'doubt.unissued': 'Rudisha pesa',
  'doubt.again': 'Uza tena kwa tokeni mpya',
  'doubt.supervisor':
    'Ikiwa moduli haiwezi tena kujibu: rudisha pesa, au uza kitu kilekile tena kwa tokeni mpya. Makao makuu yanaarifiwa.',
  'decisions.title': 'Maamuzi',
  'decisions.about': 'Mauzo yenye shaka, saa, moduli iliyosimamishwa.',
  'decisions.kept': 'Vitabu vimehifadhi.',
  'clock.why': 'Ilinganishe kwanza na saa nyingine. Mauzo yataendelea kwa saa ya kompyuta.',
  'clock.title': 'Je, saa ya kompyuta ni sahihi?',
  'clock.accept': 'Saa ni sahihi',
  'module.clear.title': 'Moduli salama {module} imesimamishwa',
  'module.clear.why':
    'Tokeni haikulingana na mauzo yake, au moduli imeripoti hitilafu yake. Irudishe kazini baada tu ya mtu kuichunguza.',
  'module.clear': 'Rudisha moduli kazini',
};
