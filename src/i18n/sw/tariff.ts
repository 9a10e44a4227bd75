import type { Translation } from '../catalogue.ts';
import type { tariff as english } from '../en/tariff.ts';

export const tariff: Translation<typeof english> = {
  'line.energy': 'Uniti',
  'line.levy': 'Tozo',
  'line.tax': 'Kodi',
  'line.fee': 'Ada',
  'line.debt': 'Deni lililolipwa',
  'line.subsidy': 'Ruzuku',
  'line.settlement': 'Kutoka salio lako',
  'line.rounding': 'Kuzungusha',
  'line.carried': 'Imehifadhiwa kwa mara ijayo',
  'line.named': '{name}',
  'line.detail.units': '{base} × {rate}',
  'line.detail.money': '{rate} % ya {base}',
  'line.detail.periods': '{times} × {rate}',
  'limit.none': 'Hakuna kikomo kingine.',
  'limit.tariff-minimum': 'Orodha ya bei inaweka ununuzi mdogo kabisa wa {amount}.',
  'limit.settlement':
    '{amount} bado inadaiwa kutokana na manunuzi ya awali.{balance, select, none {} other { Kuna {balance} iliyobaki kabla.}}',
  'limit.charge':
    'Ada maalum ya {amount} hutangulia.{balance, select, none {} other { Kuna {balance} iliyobaki kabla.}}',
  'limit.debt':
    '{amount} inaenda kwenye deni.{balance, select, none {} other { Kuna {balance} iliyobaki kabla.}}',
  'limit.share':
    '{amount} inaenda kwenye kodi na tozo.{balance, select, none {} other { Kuna {balance} iliyobaki kabla.}}',
  'limit.units':
    'Tokeni ndogo kabisa inagharimu {amount}{balance, select, none {} other { zaidi: kuna {balance} iliyobaki kabla}}.',
  'limit.tariff-maximum': 'Orodha ya bei inaweka ununuzi mkubwa kabisa wa {amount}.',
  'limit.token-capacity': 'Tokeni haiwezi kubeba uniti zaidi.',
  'limit.purchase-units': 'Orodha ya bei inaweka kikomo cha uniti kwa ununuzi mmoja.',
  'limit.preset-units': 'Uniti zilizotolewa mapema hurudishwa kwanza.',
  'limit.window-units': 'Orodha ya bei inaweka kikomo cha uniti kwa kipindi hiki.',
  'limit.amount-capacity': 'Hakuna mauzo yanayoweza kuzidi {amount}.',
};
