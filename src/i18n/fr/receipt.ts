import type { Translation } from '../catalogue.ts';
import type { receipt as english } from '../en/receipt.ts';

export const receipt: Translation<typeof english> = {
  'receipt.training': 'FORMATION - NON VALABLE',
  'receipt.private': 'CLÉS PRIVÉES - PAS UN RÉSEAU PUBLIC',
  'receipt.original': 'ORIGINAL',
  'receipt.copy': 'COPIE {number}',
  'receipt.title.electricity': 'ÉLECTRICITÉ PRÉPAYÉE',
  'receipt.title.water': 'EAU PRÉPAYÉE',
  'receipt.title.gas': 'GAZ PRÉPAYÉ',
  'receipt.title.time': 'TEMPS PRÉPAYÉ',
  'receipt.title.several': 'FOURNITURE PRÉPAYÉE',
  'receipt.title.payment': 'REÇU DE PAIEMENT',
  'receipt.title.management': 'SERVICE DU COMPTEUR',
  'receipt.title.free': 'UNITÉS GRATUITES',
  'receipt.title.key-change': 'CHANGEMENT DE CLÉ DU COMPTEUR',
  'receipt.title.replacement': 'CODE DE REMPLACEMENT',
  'receipt.title.test-tokens': 'CODES D’ESSAI DU COMPTEUR',
  'receipt.station': 'Poste',
  'receipt.operator': 'Caissier',
  'receipt.meter': 'Compteur',
  'receipt.account': 'Compte',
  'receipt.token.credit': 'Code de recharge',
  'receipt.token.key-change': 'Code de changement de clé',
  'receipt.token.free': 'Code gratuit',
  'receipt.token.management': 'Code pour le compteur',
  'receipt.token.test': 'Essai du compteur',
  'receipt.token.power-limit': 'Régler la puissance limite à {limit}',
  'receipt.token.clear-credit': 'Effacer le crédit du compteur',
  'receipt.token.clear-tamper': 'Effacer l’état de fraude',
  'receipt.token.tariff-rate': 'Régler le tarif à {rate}',
  'receipt.token.phase-unbalance-limit': 'Régler l’écart entre phases à {limit}',
  'receipt.token.water-meter-factor': 'Régler le facteur du compteur d’eau à {factor}',
  'receipt.token.numbered': '{heading} {position} sur {of}',
  'receipt.token.order': 'Tapez tous les codes, dans cet ordre.',
  'receipt.token.any-order': 'Tapez-les un par un, dans n’importe quel ordre.',
  'receipt.token.instead': 'Tapez ce code à la place du précédent.',
  'receipt.units': 'Unités',
  'receipt.amount': 'Montant',
  'receipt.no-token': 'Pas de code avec ce paiement.',
  'receipt.total': 'TOTAL',
  'receipt.item-total': 'Pour ce compteur',
  'receipt.tender.cash': 'Espèces',
  'receipt.tender.card': 'Carte',
  'receipt.tender.mobile-money': 'Argent mobile',
  'receipt.tender.cheque': 'Chèque',
  'receipt.change': 'Rendu',
  'receipt.debt-before': 'Dette avant',
  'receipt.debt-after': 'Dette après',
  'receipt.balance': 'Reste sur le compte',
  'receipt.number': 'Reçu',
  'receipt.sale': 'Vente',
  'receipt.time': 'Date et heure',
  'receipt.replaces': 'Remplace le reçu',
  'receipt.reason': 'Motif',
  'receipt.authorised-by': 'Autorisé par',
  'receipt.fiscal-document': 'Document fiscal',
  'receipt.fiscal-code': 'Code de vérification',
  'receipt.test-slip': 'ESSAI D’IMPRIMANTE',

  'error.printer-address.cashier':
    'Le réglage d’imprimante « {text} » n’est pas une adresse. Écrivez-la sous la forme nom:9100, ou [adresse]:9100 pour IPv6.',
  'error.printer-address.customer': 'L’imprimante n’est pas encore configurée.',
  'error.printer-not-set-up.cashier':
    'Aucune imprimante n’est configurée. Le code est en sûreté ; lisez-le à l’écran et demandez à un responsable de configurer l’imprimante.',
  'error.printer-not-set-up.customer': 'Il n’y a pas d’imprimante ici ; je peux vous lire le code.',
  'error.printer-silent.cashier':
    'L’imprimante à {address} ne répond plus. Regardez le ticket : s’il n’est pas complet, appuyez sur F5 pour une copie marquée. Le code est en sûreté.',
  'error.printer-silent.customer':
    'L’imprimante s’est arrêtée. Votre code est en sûreté ; je peux vous le lire.',
  'error.printer-cut-off.cashier':
    'La liaison avec l’imprimante à {address} s’est coupée pendant l’impression. Regardez le ticket : s’il n’est pas complet, appuyez sur F5 pour une copie marquée.',
  'error.printer-cut-off.customer':
    'L’imprimante s’est arrêtée. Votre code est en sûreté ; je peux vous le lire.',
  'error.printer-paper-out.cashier':
    'L’imprimante n’a plus de papier. Le code est en sûreté. Changez le rouleau.',
  'error.printer-paper-out.customer':
    'Il n’y a plus de papier. Votre code est en sûreté ; je peux vous le lire.',
  'error.printer-paper-near-end.cashier':
    'Le rouleau de papier est presque fini. Changez-le avant la prochaine vente.',
  'error.printer-paper-near-end.customer': 'Il faut bientôt changer le papier.',
  'error.printer-cover-open.cashier':
    'Le capot de l’imprimante est ouvert. Le code est en sûreté. Fermez le capot.',
  'error.printer-cover-open.customer':
    'L’imprimante est ouverte. Votre code est en sûreté ; je peux vous le lire.',
  'error.printer-cutter.cashier':
    'Le couteau de l’imprimante est bloqué. Le code est en sûreté. Éteignez l’imprimante, dégagez le papier, rallumez-la.',
  'error.printer-cutter.customer':
    'L’imprimante est bloquée. Votre code est en sûreté ; je peux vous le lire.',
  'error.printer-fault.cashier':
    'L’imprimante signale une panne qu’elle ne peut pas lever. Le code est en sûreté. Éteignez et rallumez l’imprimante ; si la panne reste, appelez votre responsable.',
  'error.printer-fault.customer':
    'L’imprimante est en panne. Votre code est en sûreté ; je peux vous le lire.',
  'error.printer-offline.cashier':
    'L’imprimante est hors ligne. Le code est en sûreté. Appuyez sur sa touche d’avance ou de mise en ligne.',
  'error.printer-offline.customer':
    'L’imprimante n’est pas prête. Votre code est en sûreté ; je peux vous le lire.',
  'error.print-interrupted.cashier':
    'Le programme s’est arrêté pendant l’impression de ce ticket. Si le client n’a pas le ticket entier, appuyez sur F5 pour une copie marquée.',
  'error.print-interrupted.customer': 'Votre ticket est-il sorti en entier ?',
  'error.print-expired.cashier':
    'Ce ticket n’a pas été imprimé à temps, il ne s’imprime donc plus tout seul. Appuyez sur F5 pour l’imprimer.',
  'error.print-expired.customer': 'Voulez-vous que le ticket soit imprimé maintenant ?',
  'error.print-receipt-changed.cashier':
    'Le ticket enregistré de cette vente ne correspond pas aux livres : il n’est pas imprimé. Lisez le code à l’écran et appelez votre responsable : les livres sont à vérifier.',
  'error.print-receipt-changed.customer': 'Le ticket ne peut pas être imprimé. Je vais vous lire votre code.',
  'error.print-not-printed.cashier':
    'Vous avez indiqué que ce ticket n’est pas sorti. Appuyez sur F5 pour une copie marquée.',
  'error.print-not-printed.customer': 'Je vais imprimer une copie pour vous.',
};
