export const tender = {
  'error.reference-missing.cashier':
    'Malipo haya yanahitaji namba ya kumbukumbu. Iandike kutoka kwenye ujumbe, karatasi au hundi.',
  'error.reference-missing.customer': 'Tafadhali nionyeshe ujumbe au karatasi ya malipo.',
  'error.reference-too-long.cashier': 'Namba ya kumbukumbu ina alama {longest} tu. Isome tena.',
  'error.reference-too-long.customer': 'Tafadhali nionyeshe tena ujumbe au karatasi ya malipo.',
  'error.reference-signs.cashier':
    'Namba ya kumbukumbu ina herufi, tarakimu na - / . _ # : + pekee. Isome tena.',
  'error.reference-signs.customer': 'Tafadhali nionyeshe tena ujumbe au karatasi ya malipo.',
  'error.reference-card-number.cashier':
    'Hii inafanana na namba ya kadi ya malipo, na namba za kadi hazihifadhiwi hapa. Andika badala yake namba ya karatasi au ya ujumbe.',
  'error.reference-card-number.customer': 'Sihitaji namba ya kadi yako, namba ya malipo tu.',
  'error.reference-used.cashier':
    'Namba hii imeshalipia: risiti {receiptNumber} ya {time}, mita {meter}. Omba malipo mengine.',
  'error.reference-used.customer': 'Malipo haya yameshatumika, {time}, kwa mita {meter}.',
  'error.reference-twice.cashier': 'Namba hiyo hiyo imo mara mbili kwenye malipo haya. Ondoa moja.',
  'error.reference-twice.customer': 'Malipo yale yale huhesabiwa mara moja tu.',
  'error.tender-too-much.cashier':
    'Malipo yanazidi {due} kwa {over}. Chenji hutolewa kwa pesa taslimu tu: punguza kiasi.',
  'error.tender-too-much.customer': 'Malipo yanazidi {due}.',
  'error.tender-too-little.cashier':
    'Bado {missing} kati ya {due}. Pokea iliyobaki kwa pesa taslimu au malipo mengine.',
  'error.tender-too-little.customer': 'Bado {missing} haijalipwa.',
  'error.tender-cash-twice.cashier': 'Pesa taslimu zimo mara mbili kwenye malipo haya. Ziweke pamoja.',
  'error.tender-cash-twice.customer': 'Subiri kidogo, naweka pesa pamoja.',
  'error.basket-meter-twice.cashier':
    'Mita hii imo tayari kwenye kikapu. Itoe kwanza ili kubadili kiasi chake.',
  'error.basket-meter-twice.customer': 'Mita yako imo tayari kwenye orodha.',
  'error.basket-stopped.cashier':
    'Mauzo yaliyotangulia hayana matokeo bado, kwa hiyo haya hayakuanza. Rudisha pesa zake, au uza tena.',
  'error.basket-stopped.customer': 'Ununuzi huu haukufanyika. Hizi ni pesa zake.',
  'error.units-not-payable.cashier':
    'Hakuna kiasi kinachonunua uniti nyingi hivyo kwa mita hii. Andika namba nyingine, au kiasi cha pesa.',
  'error.units-not-payable.customer': 'Uniti nyingi hivyo haziwezi kununuliwa. Unataka kulipa kiasi gani?',
};
