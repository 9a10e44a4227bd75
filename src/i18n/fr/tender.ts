export const tender = {
  'tender.ways': 'Autres moyens de payer',
  'tender.split': 'Partager',
  'tender.amount': 'Montant par {way}',
  'tender.all': 'tout ce qui reste',
  'tender.reference.card': 'Numéro du ticket du terminal',
  'tender.reference.mobile-money': 'Référence du message',
  'tender.reference.cheque': 'Numéro du chèque',
  'tender.reference.optional': 'peut rester vide',
  'tender.reference.no-card': 'Jamais le numéro d’une carte : seulement celui du paiement.',
  'tender.paid': 'Payé jusqu’ici',
  'tender.left': 'Reste à payer',
  'tender.next': 'Suite',
  'tender.take': 'Prendre {amount}',
  'amount.units': 'Unités',
  'amount.costs': 'Coûte',
  'amount.by-units': 'Taper les unités',
  'amount.by-money': 'Taper l’argent',
  'basket.add': 'Autre compteur',
  'basket.title': 'Panier',
  'basket.hint': 'Scannez ou tapez le compteur suivant. Entrée sur la case vide prend le paiement de tous.',
  'basket.meters': '{count, plural, one {# compteur} other {# compteurs}}',
  'basket.pay': 'Prendre le paiement de {count, plural, one {# compteur} other {# compteurs}}',
  'basket.sell': 'Vendre à {count, plural, one {# compteur} other {# compteurs}}',
  'basket.remove': 'Retirer {name}',
  'basket.done': 'Ce qui a été vendu',
  'basket.back':
    '{count, plural, one {# vente n’a pas abouti} other {# ventes n’ont pas abouti}} : rendez ceci',
  'basket.held': 'Pas encore connu. L’argent est retenu ; F11 au client suivant redemande.',
  'basket.not-sold': 'Pas vendu, aucun code n’a été créé.',
  'basket.choose': 'Les flèches choisissent une vente ; F5 réimprime son ticket.',
  'pad.label': 'Chiffres',
  'pad.erase': 'Retirer le dernier chiffre',
  'pad.enter': 'Étape suivante',
  'pad.show': 'Montrer les chiffres',
  'pad.hide': 'Cacher les chiffres',
  'error.reference-missing.cashier':
    'Ce paiement a besoin de sa référence. Tapez-la d’après le message, le ticket ou le chèque.',
  'error.reference-missing.customer': 'Montrez-moi le message ou le ticket du paiement, s’il vous plaît.',
  'error.reference-too-long.cashier': 'Une référence a {longest} signes au plus. Relisez-la.',
  'error.reference-too-long.customer':
    'Montrez-moi encore le message ou le ticket du paiement, s’il vous plaît.',
  'error.reference-signs.cashier':
    'Une référence n’a que des lettres, des chiffres et - / . _ # : +. Relisez-la.',
  'error.reference-signs.customer':
    'Montrez-moi encore le message ou le ticket du paiement, s’il vous plaît.',
  'error.reference-card-number.cashier':
    'Ceci ressemble au numéro d’une carte de paiement, et ces numéros ne sont pas gardés ici. Tapez plutôt le numéro du ticket ou du message.',
  'error.reference-card-number.customer':
    'Je n’ai pas besoin du numéro de votre carte, seulement de celui du paiement.',
  'error.reference-used.cashier':
    'Cette référence a déjà payé : reçu {receiptNumber} du {time}, compteur {meter}. Demandez un autre paiement.',
  'error.reference-used.customer': 'Ce paiement a déjà servi, le {time}, pour le compteur {meter}.',
  'error.reference-twice.cashier': 'La même référence est deux fois dans ce paiement. Retirez-en une.',
  'error.reference-twice.customer': 'Le même paiement ne compte qu’une fois.',
  'error.tender-too-much.cashier':
    'Les paiements dépassent {due} de {over}. On ne rend la monnaie que sur les espèces : baissez le montant.',
  'error.tender-too-much.customer': 'Les paiements dépassent {due}.',
  'error.tender-too-little.cashier':
    'Il manque encore {missing} sur {due}. Prenez le reste en espèces ou par un autre paiement.',
  'error.tender-too-little.customer': 'Il reste {missing} à payer.',
  'error.tender-cash-twice.cashier': 'Les espèces sont deux fois dans ce paiement. Réunissez-les.',
  'error.tender-cash-twice.customer': 'Un instant, je réunis les espèces.',
  'error.basket-meter-twice.cashier':
    'Ce compteur est déjà dans le panier. Retirez-le d’abord pour changer son montant.',
  'error.basket-meter-twice.customer': 'Votre compteur est déjà sur la liste.',
  'error.basket-stopped.cashier':
    'La vente d’avant n’a pas encore d’issue, celle-ci n’a donc pas commencé. Rendez son argent, ou vendez-la de nouveau.',
  'error.basket-stopped.customer': 'Cet achat n’a pas eu lieu. Voici son argent.',
  'error.units-not-payable.cashier':
    'Aucun montant n’achète autant d’unités pour ce compteur. Tapez un autre nombre, ou un montant.',
  'error.units-not-payable.customer': 'On ne peut pas acheter autant d’unités. Combien voulez-vous payer ?',
  'error.warning-big-change.cashier':
    'La monnaie serait de {change} : plus que le plus grand billet. Recomptez les espèces ; Entrée continue, Échap revient.',
  'error.warning-big-change.customer': 'Un instant, je recompte.',
  'error.basket-full.cashier': 'Un panier contient {most} compteurs. Prenez d’abord le paiement de ceux-ci.',
  'error.basket-full.customer': 'Je prends d’abord le paiement de ceux-ci.',
};
