import type { Translation } from '../catalogue.ts';
import type { desk as english } from '../en/desk.ts';

export const desk: Translation<typeof english> = {
  'keys.desk': 'Ofisi',
  'desk.title': 'Ofisi',
  'desk.back': 'Rudi kaunta',
  'desk.tariffs.about': 'Soma bei, jaribu kiasi, ingiza orodha mpya.',
  'desk.customersFile.about': 'Ingiza orodha ya wateja na mita kutoka kwenye faili.',
  'customers.file.title': 'Wateja kutoka kwenye faili',
  'customers.file.path': 'Jina la faili la CSV, pamoja na folda yake',
  'customers.file.hint':
    'Kaunta inaendelea kuuza. Hakuna kinachofutwa; faili lilelile linaweza kuingizwa tena.',
  'customers.file.begin': 'Ingiza faili',
  'customers.file.stop': 'Simamisha',
  'customers.file.state.running': 'Inaingiza {file}: {percent} %',
  'customers.file.state.done': '{file} limeingizwa.',
  'customers.file.state.stopped': '{file} limesimamishwa. Kilichoingizwa kinabaki.',
  'customers.file.state.failed': '{file} halikuingizwa hadi mwisho.',
  'customers.file.counts': 'Mistari {taken} imeingizwa, {refused} imeachwa.',
  'customers.file.report': 'Mistari iliyoachwa, na sababu, iko kwenye',
};
