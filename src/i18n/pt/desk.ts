import type { Translation } from '../catalogue.ts';
import type { desk as english } from '../en/desk.ts';

export const desk: Translation<typeof english> = {
  'keys.desk': 'Escritório',
  'desk.title': 'Escritório',
  'desk.back': 'Ao balcão',
  'desk.tariffs.about': 'Ler os preços, experimentar um valor, ler uma nova lista.',
  'desk.customersFile.about': 'Ler uma lista de clientes e contadores de um ficheiro.',
  'customers.file.title': 'Clientes de um ficheiro',
  'customers.file.path': 'Nome do ficheiro CSV, com a pasta',
  'customers.file.hint':
    'O balcão continua a vender. Nada é apagado; o mesmo ficheiro pode ser lido de novo.',
  'customers.file.begin': 'Ler o ficheiro',
  'customers.file.stop': 'Parar',
  'customers.file.state.running': 'A ler {file}: {percent} %',
  'customers.file.state.done': '{file} foi lido.',
  'customers.file.state.stopped': '{file} foi parado. O que já foi lido mantém-se.',
  'customers.file.state.failed': '{file} não foi lido até ao fim.',
  'customers.file.counts': '{taken} linhas lidas, {refused} deixadas de fora.',
  'customers.file.report': 'As linhas deixadas de fora, e porquê, estão em',
};
