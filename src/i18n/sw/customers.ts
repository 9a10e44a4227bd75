export const customers = {
  'error.card-damaged.cashier':
    'Kadi haikusomwa yote. Ipitishe tena polepole; la sivyo, andika nambari iliyo kwenye mita au kadi.',
  'error.card-damaged.customer': 'Siwezi kusoma kadi yako. Naomba nione nambari iliyo juu yake.',
  'error.card-expired.cashier':
    'Kadi hii ya mita ilikuwa halali hadi {month}. Andika nambari ya mita badala yake, na umwambie mteja aombe kadi mpya.',
  'error.card-expired.customer': 'Kadi yako ya mita imeisha muda; tunaweza kutumia nambari ya mita yako.',
  'error.card-not-meter.cashier':
    'Hii ni kadi ya malipo, si kadi ya mita; hakuna kilichohifadhiwa. Irudishe na uombe nambari ya mita.',
  'error.card-not-meter.customer':
    'Hiyo ni kadi yako ya benki. Nahitaji kadi ya mita au nambari ya mita yako.',
  'customers.field':
    '{field, select, name {Jina} account {Akaunti} phone {Simu} address {Anwani} language {Lugha ya risiti} meter_number {Nambari ya mita} resource {Inachopima} sgc {Msimbo wa kundi la usambazaji} krn {Marekebisho ya ufunguo} ti {Kielezo cha bei} ea {Usimbaji} dkga {Utokaji wa ufunguo} key_type {Aina ya ufunguo} base_date {Tarehe ya msingi} ken {Mwisho wa ufunguo} tariff_id {Orodha ya bei} keypad_serial {Nambari ya kibodi} customer_id {Mteja} other {Sehemu}}',
  'error.entry-field.cashier':
    '“{field, select, name {Jina} account {Akaunti} phone {Simu} address {Anwani} language {Lugha ya risiti} meter_number {Nambari ya mita} resource {Inachopima} sgc {Msimbo wa kundi la usambazaji} krn {Marekebisho ya ufunguo} ti {Kielezo cha bei} ea {Usimbaji} dkga {Utokaji wa ufunguo} key_type {Aina ya ufunguo} base_date {Tarehe ya msingi} ken {Mwisho wa ufunguo} tariff_id {Orodha ya bei} keypad_serial {Nambari ya kibodi} customer_id {Mteja} other {Sehemu}}” {reason, select, empty {inahitajika} too_long {ni ndefu mno} control_signs {ina alama zisizochapishika} not_a_number {si nambari} out_of_range {iko nje ya mipaka} not_six_digits {lazima iwe tarakimu sita} unknown_word {si mojawapo ya chaguo} meter_number_text {ina alama zisizo tarakimu} meter_number_length {lazima iwe na tarakimu 11, 13 au 18} meter_number_issuer {si ya mita ya STS} meter_number_check_digit {ina tarakimu moja isiyo sahihi} other {si sahihi}}. Sahihisha, kisha hifadhi.',
  'error.entry-field.customer': 'Hili halihusu ununuzi wako.',
  'error.entry-tariff.cashier':
    'Hakuna orodha ya bei “{tariff}” hapa. Chagua moja ya orodha, au isome kwanza.',
  'error.entry-tariff.customer': 'Hili halihusu ununuzi wako.',
  'error.customer-unknown.cashier': 'Mteja huyu hayuko tena kwenye orodha. Mtafute tena.',
  'error.customer-unknown.customer': 'Hili halihusu ununuzi wako.',
  'error.meter-exists.cashier':
    'Mita {meter} tayari iko kwenye orodha. Itafute, kisha isahihishe au ihamishe hapo.',
  'error.meter-exists.customer': 'Hili halihusu ununuzi wako.',
  'error.meter-has-sales.cashier':
    'Tokeni ziliuzwa kwa nambari hii, hivyo inabaki. Ongeza mita sahihi kama mpya, na fungua malalamiko kwa kilichouzwa.',
  'error.meter-has-sales.customer': 'Hili halihusu ununuzi wako.',
  'error.conflict-gone.cashier': 'Tofauti hii imeshatatuliwa. Hakuna kilichobadilishwa.',
  'error.conflict-gone.customer': 'Hili halihusu ununuzi wako.',
  'customers.title': 'Wateja na mita',
  'customers.about': 'Ongeza, sahihisha na hamisha wateja na mita zao',
  'customers.find': 'Mita, akaunti, simu au jina',
  'customers.find.go': 'Tafuta',
  'customers.add': 'Mteja mpya',
  'customers.edit': 'Sahihisha mteja',
  'customers.meters': 'Mita',
  'customers.meters.none': 'Bado hakuna mita.',
  'customers.meter.add': 'Mita mpya',
  'customers.meter.edit': 'Sahihisha mita {meter}',
  'customers.meter.move': 'Hamisha mita {meter}',
  'customers.move': 'Hamisha kwa mteja mwingine',
  'customers.move.to': 'Sasa ni ya nani?',
  'customers.key': 'Ufunguo wa mita',
  'customers.save': 'Hifadhi',
  'customers.saved': 'Imehifadhiwa na kuandikwa kwenye daftari.',
  'customers.language.own': 'Lugha ya kituo',
  'customers.blocked': 'Imezuiwa: {reason}',
  'customers.choice':
    '{value, select, electricity {Umeme} water {Maji} gas {Gesi} time {Muda} type0 {0, ya kuanzia} type1 {1, ya msingi} type2 {2, ya pekee} type3 {3, ya pamoja} other {{value}}}',
  'conflicts.title': 'Tofauti',
  'conflicts.about': 'Pale makao makuu yanaposema tofauti na kilichobadilishwa hapa',
  'conflicts.none': 'Hakuna tofauti. Yaliyotumwa na makao makuu yanalingana na yaliyobadilishwa hapa.',
  'conflicts.package': 'Makao makuu, kifurushi {number}',
  'conflicts.file': 'Kutoka faili la wateja',
  'conflicts.ours': 'Hapa',
  'conflicts.theirs': 'Kwao',
  'conflicts.keep': 'Weka yetu',
  'conflicts.take': 'Chukua yao',
  'conflicts.gone': 'Haiko tena chini ya nambari hii',
} as const;
