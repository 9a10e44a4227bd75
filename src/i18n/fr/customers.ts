export const customers = {
  'error.card-damaged.cashier':
    'La carte n’a pas pu être lue en entier. Passez-la encore une fois, lentement ; sinon, tapez le numéro du compteur ou de la carte.',
  'error.card-damaged.customer': 'Je n’arrive pas à lire votre carte. Puis-je voir le numéro dessus ?',
  'error.card-expired.cashier':
    'Cette carte de compteur était valable jusqu’à {month}. Tapez plutôt le numéro du compteur et dites au client de demander une nouvelle carte.',
  'error.card-expired.customer':
    'Votre carte de compteur n’est plus valable ; nous pouvons utiliser le numéro de votre compteur.',
  'error.card-not-meter.cashier':
    'C’est une carte de paiement, pas une carte de compteur ; rien n’en a été gardé. Rendez-la et demandez le numéro du compteur.',
  'error.card-not-meter.customer':
    'C’est votre carte bancaire. Il me faut votre carte de compteur ou le numéro du compteur.',
  'customers.field':
    '{field, select, name {Nom} account {Compte} phone {Téléphone} address {Adresse} language {Langue des reçus} meter_number {Numéro du compteur} resource {Ce qu’il mesure} sgc {Code de groupe de fourniture} krn {Révision de la clé} ti {Indice tarifaire} ea {Chiffrement} dkga {Dérivation de la clé} key_type {Type de clé} base_date {Date de base} ken {Expiration de la clé} tariff_id {Liste de prix} keypad_serial {Numéro de série du clavier} customer_id {Client} other {Champ}}',
  'error.entry-field.cashier':
    '“{field, select, name {Nom} account {Compte} phone {Téléphone} address {Adresse} language {Langue des reçus} meter_number {Numéro du compteur} resource {Ce qu’il mesure} sgc {Code de groupe de fourniture} krn {Révision de la clé} ti {Indice tarifaire} ea {Chiffrement} dkga {Dérivation de la clé} key_type {Type de clé} base_date {Date de base} ken {Expiration de la clé} tariff_id {Liste de prix} keypad_serial {Numéro de série du clavier} customer_id {Client} other {Champ}}” {reason, select, empty {est nécessaire} tooLong {est trop long} controlSigns {contient des signes qui ne s’impriment pas} notANumber {n’est pas un nombre} outOfRange {est hors de ses limites} notSixDigits {doit avoir six chiffres} unknownWord {n’est pas un des choix} meterNumberText {contient des signes qui ne sont pas des chiffres} meterNumberLength {doit avoir 11, 13 ou 18 chiffres} meterNumberIssuer {n’est pas d’un compteur STS} meterNumberCheckDigit {a un chiffre faux} other {n’est pas juste}}. Corrigez, puis enregistrez.',
  'error.entry-field.customer': 'Cela ne concerne pas votre achat.',
  'error.entry-tariff.cashier':
    'Il n’y a pas de liste de prix « {tariff} » ici. Choisissez-en une de la liste ou lisez-la d’abord.',
  'error.entry-tariff.customer': 'Cela ne concerne pas votre achat.',
  'error.customer-unknown.cashier': 'Ce client n’est plus dans l’annuaire. Cherchez-le de nouveau.',
  'error.customer-unknown.customer': 'Cela ne concerne pas votre achat.',
  'error.meter-exists.cashier':
    'Le compteur {meter} est déjà dans l’annuaire. Cherchez-le, puis corrigez-le ou déplacez-le.',
  'error.meter-exists.customer': 'Cela ne concerne pas votre achat.',
  'error.meter-has-sales.cashier':
    'Des jetons ont été vendus pour ce numéro : il reste. Ajoutez le bon compteur comme nouveau et ouvrez un litige pour ce qui a été vendu.',
  'error.meter-has-sales.customer': 'Cela ne concerne pas votre achat.',
  'error.conflict-gone.cashier': 'Cette différence est déjà réglée. Rien n’a été changé.',
  'error.conflict-gone.customer': 'Cela ne concerne pas votre achat.',
  'customers.title': 'Clients et compteurs',
  'customers.about': 'Ajouter, corriger et déplacer clients et compteurs',
  'customers.find': 'Compteur, compte, téléphone ou nom',
  'customers.find.go': 'Chercher',
  'customers.add': 'Nouveau client',
  'customers.edit': 'Corriger le client',
  'customers.meters': 'Compteurs',
  'customers.meters.none': 'Pas encore de compteur.',
  'customers.meter.add': 'Nouveau compteur',
  'customers.meter.edit': 'Corriger le compteur {meter}',
  'customers.meter.move': 'Déplacer le compteur {meter}',
  'customers.move': 'Déplacer chez un autre client',
  'customers.move.to': 'À qui est-il maintenant ?',
  'customers.key': 'La clé du compteur',
  'customers.save': 'Enregistrer',
  'customers.saved': 'Enregistré et inscrit au journal.',
  'customers.language.own': 'La langue de la station',
  'customers.blocked': 'Bloqué : {reason}',
  'customers.choice':
    '{value, select, electricity {Électricité} water {Eau} gas {Gaz} time {Temps} type0 {0, initialisation} type1 {1, par défaut} type2 {2, unique} type3 {3, commune} other {{value}}}',
  'conflicts.title': 'Différences',
  'conflicts.about': 'Là où le siège dit autre chose que ce qui a été changé ici',
  'conflicts.none': 'Aucune différence. Ce que le siège a envoyé concorde avec ce qui a été changé ici.',
  'conflicts.package': 'Siège, envoi {number}',
  'conflicts.file': 'D’un fichier de clients',
  'conflicts.ours': 'Ici',
  'conflicts.theirs': 'Chez eux',
  'conflicts.keep': 'Garder le nôtre',
  'conflicts.take': 'Prendre le leur',
  'conflicts.gone': 'N’est plus tenu sous ce numéro',
  'display.due': 'À payer',
  'display.received': 'Reçu',
  'display.change': 'Monnaie',
  'display.token': 'Votre jeton',
  'display.token.of': 'Jeton {position} sur {of}',
  'display.qr': 'Le code du reçu',
} as const;
