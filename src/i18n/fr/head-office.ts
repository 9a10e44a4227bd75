import type { Translation } from '../catalogue.ts';
import type { headOffice as english } from '../en/head-office.ts';

/** Le siège sur la page de l’administrateur : qui connaît qui, la suite, et ce qu’il a dit. */
export const headOffice: Translation<typeof english> = {
  'headoffice.title': 'Siège',
  'headoffice.about': 'Inscription, empreintes, ce qui attend et ce que dit le siège.',
  'headoffice.looking': 'Recherche de la situation de ce poste.',
  'headoffice.state':
    '{state, select, standAlone {Ce poste est autonome : il vend dans ses propres limites et n’envoie rien.} notEnrolled {Le siège ne connaît pas encore ce poste.} restored {Ce poste a été restauré d’une sauvegarde et doit s’inscrire de nouveau.} newKey {La clé de ce poste n’est pas celle que connaît le siège.} asked {La demande est au siège ; pas encore de réponse.} asking {Le siège connaît ce poste ; une nouvelle inscription est demandée.} other {Le siège connaît ce poste.}}',
  'headoffice.do':
    '{state, select, standAlone {Pour rejoindre un siège, un administrateur indique ici le dossier par lequel passent les fichiers. Un serveur (SFTP) s’indique dans les réglages (headOffice dans station.json), puis on relance le poste.} notEnrolled {Demandez au siège un code à usage unique : « headoffice station add {station} ». Tapez-le ici. Continuez à vendre, rien ne se perd.} restored {Ce qu’il vend désormais reçoit les numéros d’une nouvelle époque, pour qu’aucun ne serve deux fois. Demandez au siège un nouveau code : « headoffice station add {station} ». Ce qui manque à la sauvegarde revient avec son prochain paquet.} newKey {L’ancienne clé est perdue, une nouvelle époque commence. Demandez au siège un nouveau code : « headoffice station rotate {station} ».} asked {Comparez l’empreinte avec le siège par téléphone. Si aucune réponse ne vient, le code a été mal tapé ou déjà utilisé : demandez-en un autre et tapez-le.} asking {Tout continue comme avant jusqu’à la réponse du siège. Comparez l’empreinte avec lui par téléphone. Si aucune réponse ne vient, le code a été mal tapé ou déjà utilisé : demandez-en un autre et tapez-le.} other {Les ventes partent toutes les {minutes} minutes, à chaque Z, après un démarrage et quand on les envoie d’ici.}}',
  'headoffice.keys': 'Clés et fichiers',
  'headoffice.fact.own': 'Empreinte de ce poste',
  'headoffice.fact.office': 'Empreinte du siège',
  'headoffice.fact.next': 'Empreinte de la prochaine clé',
  'headoffice.fact.place': 'Les fichiers vont à',
  'headoffice.place': 'Où vont les fichiers',
  'headoffice.place.folder': 'Dossier',
  'headoffice.place.hint':
    'Un dossier que le siège atteint aussi : sur un partage, ou sur une clé que l’on y porte et rapporte. Il doit être là maintenant. Au-dessous, les fichiers partent dans {station}/up et les réponses sont attendues dans {station}/down.',
  'headoffice.place.do': 'Utiliser ce dossier',
  'headoffice.place.change': 'Choisir un autre dossier',
  'headoffice.fact.epoch': 'Époque',
  'headoffice.fact.waiting': 'En attente',
  'headoffice.waiting':
    '{batches, plural, =0 {aucun lot} one {# lot} other {# lots}}, {records, plural, =0 {aucune écriture nouvelle} one {# écriture nouvelle} other {# écritures nouvelles}}',
  'headoffice.compare':
    'Les deux côtés doivent voir les mêmes signes. Le siège lit ceux du poste avec « headoffice station keys {station} » ; les siens sont à côté du code qu’il a donné.',
  'headoffice.enrol': 'Inscrire le poste {station}',
  'headoffice.enrol.do': 'Inscrire',
  'headoffice.enrol.again': 'Inscrire avec un nouveau code',
  'headoffice.code': 'Code à usage unique',
  'headoffice.code.hint': '16 lettres et chiffres par groupes de quatre, comme le siège les a lus.',
  'headoffice.rotate': 'Changer de clé',
  'headoffice.rotate.why':
    'Une nouvelle clé est faite maintenant. Le prochain lot l’annonce, signé par l’ancienne ; ensuite c’est la nouvelle qui signe. Le siège la voit alors sous « headoffice station keys {station} ».',
  'headoffice.rotate.do': 'Faire la prochaine clé',
  'headoffice.send': 'Envoyer maintenant',
  'headoffice.fetch': 'Chercher la réponse',
  'headoffice.refused': 'Non pris par le siège',
  'headoffice.batch': 'Lot {batch} :',
  'headoffice.said': 'Ce que dit le siège',
  'headoffice.said.nothing': 'Aucun paquet n’est encore venu.',
  'headoffice.said.last': 'Paquet {number}, pris le {moment}',
  'headoffice.messages': 'Messages du siège',
  'headoffice.allowance': 'Autorisation de vente',
  'headoffice.limit.perSaleMinor': 'Une vente au plus',
  'headoffice.limit.perMeterDayMinor': 'Un compteur par jour',
  'headoffice.limit.perOperatorDayMinor': 'Une personne par jour',
  'headoffice.limit.perOperatorShiftMinor': 'Une personne par service',
  'headoffice.role': '{name}, rôle',
  'strip.office.sending': 'Envoi du lot {number} sur {all}',
  'error.enrolment-code.cashier':
    'Ce n’est pas un code à usage unique : il a 16 signes, A à Z et 2 à 7. Relisez-le avec le siège et tapez-le de nouveau.',
  'error.enrolment-code.customer': 'On s’occupe des données de la machine, cela prend un instant.',
  'error.folder-exchange.cashier':
    '{reason, select, server {Les fichiers vont à un serveur inscrit dans station.json. Qui s’occupe de cet ordinateur le change là.} relative {Écrivez le chemin entier, depuis le lecteur ou la racine.} missing {Il n’y a pas de dossier {folder}. Branchez la clé, ou demandez à qui tient le partage, puis réessayez.} other {Ce poste ne peut pas écrire dans {folder}. Demandez à qui s’occupe de cet ordinateur.}}',
  'error.folder-exchange.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.import-file.cashier':
    '{file} n’est ni un dossier d’échange ni un fichier de lot. Rien n’a été importé.',
  'error.import-file.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
};
