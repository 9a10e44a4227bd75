export const decisions = {
  'error.clock-jumped.cashier':
    'L’horloge de l’ordinateur ({clock}) a plus d’un jour d’avance sur la dernière écriture ({last}). Comparez-la à une autre horloge ; si elle est juste, un responsable le confirme, sinon réglez-la.',
  'error.clock-jumped.customer': 'L’horloge de la machine doit d’abord être vérifiée.',
  'error.clock-apart.cashier':
    'L’horloge de l’ordinateur ({clock}) et celle du module sécurisé ({module}) sont trop éloignées. Réglez l’horloge de l’ordinateur ; si elle est juste, un responsable le confirme.',
  'error.clock-apart.customer': 'L’horloge de la machine doit d’abord être vérifiée.',
  'error.sale-given-up.cashier': 'Le module n’a créé aucun code pour cette vente. Rendez l’argent.',
  'error.sale-given-up.customer': 'Aucun code n’a été créé. Votre argent vous est rendu.',
  'error.sale-not-given-up.cashier':
    'Le module ne peut pas affirmer qu’il n’a créé aucun code : la vente reste en doute. Interrogez-le de nouveau, ou laissez-la ouverte et appelez votre responsable.',
  'error.sale-not-given-up.customer':
    'On ne sait pas encore si votre code a été créé. Votre argent est en sûreté.',
  'error.books-damaged.cashier':
    'Un contrôle a trouvé les livres endommagés ({row} : {reason}). La vente est arrêtée pour que rien ne se perde ; appelez votre responsable.',
  'error.books-damaged.customer': 'La machine est en panne et ne peut pas vendre en ce moment.',
  'error.books-unread.cashier':
    'Les livres n’ont pas pu être lus à l’instant ({file} : {reason}). Rien n’a été modifié et la vente continue ; réessayez dans un moment, et appelez votre responsable si cela dure.',
  'error.books-unread.customer': 'La machine n’est pas encore prête pour cela.',
  'strip.books.damaged': 'Livres endommagés : vente arrêtée',
  'strip.books.unread': 'Livres non contrôlés : lecture impossible',
  'strip.disk.low': 'Disque presque plein : {megabytes} Mo restants',
  'strip.disk.stop': 'Disque trop plein : vente arrêtée',
  'strip.disk.failed': 'Panne du disque : vente arrêtée',
  'strip.backup.failed': 'Échec de la sauvegarde',
  'strip.backup.none': 'Aucun dossier de sauvegarde',
  'strip.backup.same-disk': 'Sauvegarde sur le même disque',
  'doubt.key':
    'Clé : groupe de fourniture {sgc}, révision de clé {krn}{ti, select, none {} other {, indice tarifaire {ti}}}',
  'doubt.no-key':
    'Le module n’a pas de clé pour le groupe de fourniture {sgc}, révision de clé {krn}{ti, select, none {} other {, indice tarifaire {ti}}}. Faites charger cette clé, puis interrogez de nouveau.',
  'doubt.reason': 'Pourquoi (gardé dans les livres)',
  'doubt.give-up': 'Le client n’attend plus',
  'doubt.unissued': 'Rendre l’argent',
  'doubt.again': 'Revendre avec un nouveau code',
  'doubt.supervisor':
    'Si le module ne peut plus répondre : rendez l’argent, ou revendez la même chose avec un nouveau code. Le siège en est informé.',
  'decisions.title': 'Décisions',
  'decisions.about': 'Ventes en suspens, l’horloge, un module arrêté.',
  'decisions.kept': 'Les livres le gardent.',
  'clock.why':
    'Comparez-la d’abord avec une autre horloge. La vente continue ensuite à l’heure de l’ordinateur.',
  'clock.title': 'L’horloge de l’ordinateur est-elle juste ?',
  'clock.accept': 'L’horloge est juste',
  'module.clear.title': 'Le module sécurisé {module} est arrêté',
  'module.clear.why':
    'Un code ne correspondait pas à sa vente, ou le module a signalé une panne. Remettez-le en service seulement après examen.',
  'module.clear': 'Remettre le module en service',
};
