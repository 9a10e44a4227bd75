/** Mots du bandeau de l’imprimante, de sa mise en place, de son diagnostic et des tickets à vérifier. */
export const printer = {
  'strip.printer.paper-near-end': 'Papier presque fini : changez le rouleau',
  'strip.printer.paper-out': 'Plus de papier : changez le rouleau',
  'strip.printer.cover-open': 'Imprimante ouverte : fermez le capot',
  'strip.printer.cutter': 'Massicot bloqué : éteignez, libérez le papier, rallumez',
  'strip.printer.fault': 'Panne d’imprimante : éteignez et rallumez',
  'strip.printer.offline': 'Imprimante hors ligne : appuyez sur son bouton d’avance',

  'keys.not-printed': 'Pas imprimé',
  'keys.came-out': 'Il est sorti',
  'keys.not-needed': 'Inutile',
  'slip.asked': 'Ce ticket est-il sorti ?',
  'slip.waits': 'Ce ticket n’est pas imprimé',
  'slip.receipt': 'Reçu {number}',

  'printer.title': 'Imprimante',
  'printer.about': 'La trouver, l’essayer, la régler, et savoir pourquoi rien ne s’imprime.',
  'printer.ways': 'Où est l’imprimante',
  'printer.in-use': 'Utilisée',
  'printer.none': 'Aucune imprimante n’est en place.',
  'printer.kind.tcp': 'Réseau',
  'printer.kind.device': 'Port USB ou parallèle',
  'printer.kind.serial': 'Port série',
  'printer.kind.cups': 'File du système',
  'printer.address': 'Adresse réseau, par exemple 192.168.1.50:9100',
  'printer.address.use': 'Examiner cette adresse',
  'printer.columns': 'Largeur du papier',
  'printer.columns.32': '58 mm, 32 colonnes',
  'printer.columns.42': '80 mm, 42 colonnes',
  'printer.columns.48': '80 mm, 48 colonnes',
  'printer.page': 'Caractères',
  'printer.page.WPC1252': 'Page WPC1252',
  'printer.page.PC858': 'Page PC858',
  'printer.arabic': 'Mots arabes',
  'printer.arabic.painted': 'Dessinés (toute imprimante)',
  'printer.arabic.letters': 'Lettres de l’imprimante (PC864)',
  'printer.arabic.number': 'Numéro de PC864 sur cette imprimante',
  'printer.cut': 'Massicot',
  'printer.cut.partial': 'Coupe en laissant un pont',
  'printer.cut.full': 'Coupe entièrement',
  'printer.cut.none': 'Pas de massicot',
  'printer.feed': 'Lignes entre impression et coupe',
  'printer.drawer': 'Tiroir-caisse',
  'printer.drawer.none': 'Aucun à cette imprimante',
  'printer.drawer.2': 'Broche 2 (habituelle)',
  'printer.drawer.5': 'Broche 5',
  'printer.logo': 'Image au-dessus de chaque reçu',
  'printer.logo.choose': 'Choisir un fichier PNG',
  'printer.logo.remove': 'Retirer',
  'printer.logo.kept': 'Une image est en place.',
  'printer.logo.none': 'Aucune',
  'printer.test': 'Imprimer un essai',
  'printer.doctor': 'Pourquoi rien ne s’imprime ?',
  'printer.save': 'Utiliser cette imprimante',
  'printer.kick': 'Ouvrir le tiroir',
  'printer.kick.reason': 'Essai à la mise en place',
  'printer.back': 'Retour',
  'printer.busy': 'Un instant …',
  'printer.saved': 'Les tickets vont maintenant à {address}.',
  'printer.kicked': 'L’imprimante a reçu l’ordre d’ouvrir le tiroir.',
  'printer.logo-set': 'L’image est prête. Imprimez un essai, puis utilisez l’imprimante.',
  'printer.tested.process-id':
    'L’essai est imprimé. Cette imprimante dit elle-même quand un ticket est sur le papier.',
  'printer.tested.in-order':
    'L’essai est parti. Cette imprimante dit son papier, son capot et quand elle arrive à la fin d’un ticket, mais pas qu’il est sur le papier.',
  'printer.tested.status':
    'L’essai est parti. Cette imprimante dit son papier et son capot, mais pas si un ticket est sorti.',
  'printer.tested.write-only':
    'L’essai est parti. Cette imprimante ne dit rien : regardez s’il est sorti. Sans papier, elle peut imprimer un ticket au changement du rouleau, pour le client suivant : éteignez-la avant de changer le rouleau.',
  'printer.choose': 'Choisissez où est l’imprimante, ou saisissez son adresse réseau.',

  'doctor.address.wrong':
    '« {address} » n’est pas l’adresse d’une imprimante. Écrivez nom:9100, device:/dev/usb/lp0, serial:/dev/ttyUSB0@9600 ou cups:FILE.',
  'doctor.reached': 'L’imprimante est joignable à {address}.',
  'doctor.reach.refused':
    'Une machine répond à {address}, mais n’y prend pas de données à imprimer. Vérifiez le port dans les réglages de l’imprimante ; 9100 est habituel.',
  'doctor.reach.no-answer':
    'Rien ne répond à {address}. Vérifiez le courant et le câble de l’imprimante, et son adresse sur son propre essai.',
  'doctor.reach.no-network': 'Cet ordinateur n’a pas de réseau vers {address}. Branchez son câble réseau.',
  'doctor.reach.no-name':
    'Le réseau ne connaît aucune machine de ce nom. Prenez le nombre sur l’essai de l’imprimante.',
  'doctor.reach.no-file': '{address} n’existe pas. Branchez l’imprimante, allumez-la, puis recommencez.',
  'doctor.reach.no-device': '{address} existe, mais aucune imprimante n’y répond. Allumez l’imprimante.',
  'doctor.reach.not-allowed':
    'Le poste n’a pas le droit d’utiliser {address}. Un administrateur ajoute son compte au groupe propriétaire (lp, ou dialout pour les ports série).',
  'doctor.reach.busy':
    'Un autre programme tient {address}. Fermez-le, ou laissez l’imprimante au poste seul.',
  'doctor.reach.other': 'L’imprimante est injoignable à {address} ({reason}). Vérifiez courant et câble.',
  'doctor.status.ready': 'L’imprimante se dit prête.',
  'doctor.status.silent': 'L’imprimante ne dit rien d’elle : regardez ses voyants, son papier et son capot.',
  'doctor.status.spooler':
    'La file ne peut pas interroger l’imprimante : regardez ses voyants, son papier et son capot.',
  'doctor.status.paper-out': 'Il n’y a plus de papier. Changez le rouleau.',
  'doctor.status.cover-open': 'Le capot est ouvert. Fermez-le.',
  'doctor.status.cutter': 'Le massicot est bloqué. Éteignez l’imprimante, libérez le papier, rallumez.',
  'doctor.status.fault':
    'L’imprimante signale une panne. Éteignez et rallumez ; si elle reste, faites-la réparer.',
  'doctor.status.offline': 'L’imprimante est hors ligne. Appuyez sur son bouton d’avance ou en ligne.',
  'doctor.paper.enough': 'Il y a du papier.',
  'doctor.paper.near-end': 'Le rouleau est presque fini. Changez-le bientôt.',
  'doctor.test.never': 'Aucun essai n’a été imprimé, donc rien de ce qu’elle dit n’est cru. Imprimez-en un.',
  'doctor.test.process-id': 'Son essai a été confirmé : un ticket est imprimé quand elle le dit.',
  'doctor.test.in-order':
    'Son essai a eu une réponse : les tickets sont envoyés, jamais imprimés d’eux-mêmes.',
  'doctor.test.status': 'Elle ne dit que son état : les tickets sont envoyés, jamais imprimés d’eux-mêmes.',
  'doctor.test.write-only': 'Elle ne dit rien : les tickets sont envoyés, jamais imprimés d’eux-mêmes.',
  'doctor.waiting':
    '{count, plural, one {# ticket attend et s’imprime} other {# tickets attendent et s’impriment}} tout seul.',
  'doctor.waiting.key':
    '{count, plural, one {# ticket attend} other {# tickets attendent}} une touche, car le client suivant était là ou le temps était passé.',
  'doctor.cups.none': 'Cet ordinateur n’a pas CUPS. Choisissez un autre chemin, ou installez-le.',
  'doctor.cups.stopped':
    'Le service d’impression (CUPS) ne tourne pas. Démarrez-le, ou redémarrez l’ordinateur.',
  'doctor.cups.no-queue': 'CUPS n’a pas de file « {queue} ». Choisissez-en une de la liste.',
  'doctor.cups.rejecting': 'La file « {queue} » ne prend rien. Autorisez-la : cupsaccept {queue}.',
  'doctor.cups.paused': 'La file « {queue} » est en pause. Relancez-la : cupsenable {queue}.',
  'doctor.cups.ready': 'La file « {queue} » prend les tickets et les transmet.',
  'doctor.cups.jobs':
    'La file « {queue} » retient {count, plural, one {# ticket} other {# tickets}} : l’imprimante derrière ne les prend pas.',

  'error.logo-unreadable.cashier':
    'Ce n’est pas une image PNG lisible. Enregistrez-la en PNG et choisissez-la de nouveau.',
  'error.logo-unreadable.customer': 'La machine a besoin d’un moment.',
  'error.logo-too-large.cashier':
    'L’image fait {widthDots} × {heightDots} points ; ce papier prend {mostWide} × {mostHigh}. Réduisez-la.',
  'error.logo-too-large.customer': 'La machine a besoin d’un moment.',
  'error.drawer-none.cashier':
    'Aucun tiroir n’est en place à cette imprimante. Choisissez d’abord sa broche.',
  'error.drawer-none.customer': 'La machine a besoin d’un moment.',
} as const;
