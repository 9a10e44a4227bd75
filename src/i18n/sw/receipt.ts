import type { Translation } from '../catalogue.ts';
import type { receipt as english } from '../en/receipt.ts';

export const receipt: Translation<typeof english> = {
  'receipt.training': 'MAFUNZO - SI HALALI',
  'receipt.private': 'FUNGUO BINAFSI - SI HUDUMA YA UMMA',
  'receipt.original': 'HALISI',
  'receipt.copy': 'NAKALA {number}',
  'receipt.title.electricity': 'UMEME WA MALIPO YA KABLA',
  'receipt.title.water': 'MAJI YA MALIPO YA KABLA',
  'receipt.title.gas': 'GESI YA MALIPO YA KABLA',
  'receipt.title.time': 'MUDA WA MALIPO YA KABLA',
  'receipt.title.payment': 'RISITI YA MALIPO',
  'receipt.title.management': 'HUDUMA YA MITA',
  'receipt.station': 'Kituo',
  'receipt.operator': 'Mhudumu',
  'receipt.meter': 'Mita',
  'receipt.account': 'Akaunti',
  'receipt.token.credit': 'Tokeni ya salio',
  'receipt.token.key-change': 'Tokeni ya kubadili ufunguo',
  'receipt.token.free': 'Tokeni ya bure',
  'receipt.token.management': 'Tokeni ya mita',
  'receipt.token.numbered': '{heading} {position} kati ya {of}',
  'receipt.token.order': 'Ingiza tokeni zote, kwa mpangilio huu.',
  'receipt.units': 'Uniti',
  'receipt.amount': 'Kiasi',
  'receipt.no-token': 'Malipo haya hayana tokeni.',
  'receipt.total': 'JUMLA',
  'receipt.received': 'Taslimu',
  'receipt.change': 'Chenji',
  'receipt.debt-before': 'Deni kabla',
  'receipt.debt-after': 'Deni baada',
  'receipt.number': 'Risiti',
  'receipt.sale': 'Mauzo',
  'receipt.time': 'Tarehe na saa',
  'receipt.fiscal-document': 'Hati ya kodi',
  'receipt.fiscal-code': 'Namba ya uthibitisho',
  'receipt.test-slip': 'JARIBIO LA PRINTA',

  'error.printer-address.cashier':
    'Mpangilio wa printa “{text}” si anwani. Iandike kama jina:9100, au [anwani]:9100 kwa IPv6.',
  'error.printer-address.customer': 'Printa haijaandaliwa bado.',
  'error.printer-not-set-up.cashier':
    'Hakuna printa iliyoandaliwa. Tokeni iko salama; isome kwenye skrini na umwombe msimamizi aandae printa.',
  'error.printer-not-set-up.customer': 'Hakuna printa hapa; naweza kukusomea tokeni.',
  'error.printer-silent.cashier':
    'Printa iliyo {address} imeacha kujibu. Angalia karatasi: kama haijakamilika, bonyeza F5 kupata nakala yenye alama. Tokeni iko salama.',
  'error.printer-silent.customer': 'Printa imesimama. Tokeni yako iko salama; naweza kukusomea.',
  'error.printer-cut-off.cashier':
    'Muunganisho na printa iliyo {address} ulikatika wakati wa kuchapisha. Angalia karatasi: kama haijakamilika, bonyeza F5 kupata nakala yenye alama.',
  'error.printer-cut-off.customer': 'Printa imesimama. Tokeni yako iko salama; naweza kukusomea.',
  'error.printer-paper-out.cashier': 'Printa imeishiwa karatasi. Tokeni iko salama. Badilisha roli.',
  'error.printer-paper-out.customer': 'Karatasi imeisha. Tokeni yako iko salama; naweza kukusomea.',
  'error.printer-paper-near-end.cashier':
    'Roli ya karatasi inakaribia kuisha. Ibadilishe kabla ya mauzo yanayofuata.',
  'error.printer-paper-near-end.customer': 'Karatasi inatakiwa kubadilishwa hivi karibuni.',
  'error.printer-cover-open.cashier': 'Kifuniko cha printa kiko wazi. Tokeni iko salama. Funga kifuniko.',
  'error.printer-cover-open.customer': 'Printa iko wazi. Tokeni yako iko salama; naweza kukusomea.',
  'error.printer-cutter.cashier':
    'Kikataji cha printa kimekwama. Tokeni iko salama. Zima printa, ondoa karatasi, iwashe.',
  'error.printer-cutter.customer': 'Printa imekwama. Tokeni yako iko salama; naweza kukusomea.',
  'error.printer-fault.cashier':
    'Printa inaripoti hitilafu isiyoweza kuiondoa. Tokeni iko salama. Zima na uwashe printa; ikiendelea, mwite msimamizi wako.',
  'error.printer-fault.customer': 'Printa ina hitilafu. Tokeni yako iko salama; naweza kukusomea.',
  'error.printer-offline.cashier':
    'Printa imewekwa nje ya mtandao. Tokeni iko salama. Bonyeza kitufe chake cha kusukuma karatasi au cha kuunganisha.',
  'error.printer-offline.customer': 'Printa haiko tayari. Tokeni yako iko salama; naweza kukusomea.',
  'error.print-interrupted.cashier':
    'Programu ilisimama wakati karatasi hii inachapishwa. Kama mteja hana karatasi yote, bonyeza F5 kupata nakala yenye alama.',
  'error.print-interrupted.customer': 'Je, karatasi yako imetoka yote?',
  'error.print-expired.cashier':
    'Karatasi hii haikuchapishwa kwa wakati, kwa hiyo haijichapishi tena. Bonyeza F5 kuichapisha.',
  'error.print-expired.customer': 'Je, ungependa karatasi ichapishwe sasa?',
  'error.print-not-printed.cashier':
    'Ulisema kwamba karatasi hii haikutoka. Bonyeza F5 kupata nakala yenye alama.',
  'error.print-not-printed.customer': 'Nitakuchapishia nakala.',
};
