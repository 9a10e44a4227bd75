import type { Translation } from '../catalogue.ts';
import type { desk as english } from '../en/desk.ts';

export const desk: Translation<typeof english> = {
  'keys.desk': 'Bureau',
  'desk.title': 'Bureau',
  'desk.back': 'Au guichet',
  'desk.tariffs.about': 'Lire les prix, essayer un montant, reprendre une nouvelle liste.',
  'desk.customersFile.about': 'Reprendre une liste de clients et de compteurs depuis un fichier.',
  'customers.file.title': 'Clients depuis un fichier',
  'customers.file.path': 'Nom du fichier CSV, avec son dossier',
  'customers.file.hint':
    'Le guichet continue de vendre. Rien n’est supprimé ; le même fichier peut être repris.',
  'customers.file.begin': 'Reprendre le fichier',
  'customers.file.stop': 'Arrêter',
  'customers.file.state.running': 'Reprise de {file} : {percent} %',
  'customers.file.state.done': '{file} est repris.',
  'customers.file.state.stopped': '{file} a été arrêté. Ce qui est repris reste.',
  'customers.file.state.failed': '{file} n’a pas été repris jusqu’au bout.',
  'customers.file.counts': '{taken} lignes reprises, {refused} laissées de côté.',
  'customers.file.report': 'Les lignes laissées de côté, et pourquoi, sont dans',
};
