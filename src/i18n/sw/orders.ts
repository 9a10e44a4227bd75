export const orders = {
  'error.free-units-unknown.cashier': 'Orodha ya bei haitoi uniti hizi za bure kwa mita hii.',
  'error.free-units-unknown.customer': 'Hakuna uniti za bure kwa mita hii.',
  'error.free-units-taken.cashier':
    '{name} imeshatolewa kwa kipindi hiki.{next, select, none {} other { Inayofuata ni tarehe {next}.}}',
  'error.free-units-taken.customer': 'Uniti zako za bure za kipindi hiki zimeshatolewa.',
  'error.free-units-not-home-station.cashier':
    '{name} hutolewa tu kwenye kituo cha nyumbani cha mita, na hapa sipo.',
  'error.free-units-not-home-station.customer': 'Utapata uniti zako za bure pale mita yako ilipoandikishwa.',
  'error.free-units-needs-purchase.cashier':
    '{name} hutolewa tu pamoja na ununuzi, jambo ambalo kaunta hii haiwezi.',
  'error.free-units-needs-purchase.customer': 'Uniti hizi za bure huja na ununuzi, katika ofisi nyingine.',
  'error.free-units-not-for-category.cashier': '{name} si kwa aina ya mteja huyu.',
  'error.free-units-not-for-category.customer': 'Uniti hizi za bure si za aina ya akaunti yako.',
  'error.units-out-of-range.cashier': 'Tokeni haiwezi kubeba uniti nyingi hivyo. Toa chache zaidi.',
  'error.units-out-of-range.customer': 'Hiyo ni zaidi ya tokeni moja inavyoweza kubeba.',
  'error.management-value.cashier': 'Tokeni haiwezi kubeba thamani hiyo. Ikague na uweke nyingine.',
  'error.management-value.customer': 'Thamani inabidi ikaguliwe kwanza.',
  'error.key-change-same.cashier': 'Mita tayari ina data hizi za ufunguo. Hakuna kinachobadilika.',
  'error.key-change-same.customer': 'Mita yako iko sawa.',
  'error.replacement-other-meter.cashier':
    'Risiti {receiptNumber} ni ya mita nyingine. Tokeni haihamishwi kamwe: fungua mgogoro.',
  'error.replacement-other-meter.customer': 'Tokeni hiyo ni ya mita nyingine; ofisi itaangalia.',
  'error.replacement-no-token.cashier': 'Risiti {receiptNumber} haina tokeni ya kutengenezwa tena.',
  'error.replacement-no-token.customer': 'Hakukuwa na tokeni kwenye risiti hiyo.',
  'error.replacement-same.cashier':
    'Kwa data zilezile tokeni ingekuwa ile ya risiti {receiptNumber}. Chapisha nakala yake, au sahihisha data za ufunguo.',
  'error.replacement-same.customer': 'Tokeni iliyo kwenye risiti yako ndiyo sahihi.',
  'error.debt-unknown.cashier': 'Akaunti hii haidaiwi kitu cha aina hiyo.',
  'error.debt-unknown.customer': 'Hudaiwi kitu hapo.',
  'error.payment-above-debt.cashier':
    'Kinachodaiwa ni {owed} tu. Pokea hicho, au weka iliyobaki kwenye salio.',
  'error.payment-above-debt.customer': 'Unadaiwa {owed}.',
  'error.sell-again-purchases.cashier':
    '{receiptNumber} haikuwa ununuzi. Ifunge kama haikutolewa, kisha iagize tena kwenye zana.',
  'error.sell-again-purchases.customer': 'Inabidi niagize tena.',
};
