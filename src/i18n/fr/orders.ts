export const orders = {
  'error.free-units-unknown.cashier': 'La grille tarifaire ne donne pas ces unités gratuites à ce compteur.',
  'error.free-units-unknown.customer': 'Il n’y a pas d’unités gratuites pour ce compteur.',
  'error.free-units-taken.cashier':
    '{name} : déjà donné pour cette période.{next, select, none {} other { Prochain droit le {next}.}}',
  'error.free-units-taken.customer': 'Vos unités gratuites pour cette période ont déjà été données.',
  'error.free-units-not-home-station.cashier':
    '{name} n’est donné qu’au poste de rattachement du compteur ; ce n’est pas celui-ci.',
  'error.free-units-not-home-station.customer':
    'Vos unités gratuites se retirent là où votre compteur est enregistré.',
  'error.free-units-needs-purchase.cashier':
    '{name} n’est donné qu’avec un achat, ce que ce guichet ne peut pas faire.',
  'error.free-units-needs-purchase.customer':
    'Ces unités gratuites viennent avec un achat, dans un autre bureau.',
  'error.free-units-not-for-category.cashier': '{name} n’est pas pour la catégorie de ce client.',
  'error.free-units-not-for-category.customer': 'Ces unités gratuites ne sont pas pour votre type de compte.',
  'error.units-out-of-range.cashier': 'Un jeton ne peut pas porter autant d’unités. Donnez-en moins.',
  'error.units-out-of-range.customer': 'C’est plus que ce qu’un jeton peut contenir.',
  'error.management-value.cashier':
    'Un jeton ne peut pas porter cette valeur. Vérifiez-la et saisissez-en une autre.',
  'error.management-value.customer': 'La valeur doit d’abord être vérifiée.',
  'error.key-change-same.cashier': 'Le compteur a déjà ces données de clé. Rien ne change.',
  'error.key-change-same.customer': 'Votre compteur est à jour.',
  'error.replacement-other-meter.cashier':
    'Le reçu {receiptNumber} est pour un autre compteur. Un jeton ne passe jamais à un autre compteur : ouvrez un litige.',
  'error.replacement-other-meter.customer':
    'Ce jeton appartient à un autre compteur ; le bureau va l’examiner.',
  'error.replacement-no-token.cashier': 'Le reçu {receiptNumber} n’a pas de jeton à refaire.',
  'error.replacement-no-token.customer': 'Il n’y avait pas de jeton sur ce reçu.',
  'error.replacement-same.cashier':
    'Avec les mêmes données de clé, le jeton serait celui du reçu {receiptNumber}. Imprimez-en une copie, ou corrigez les données.',
  'error.replacement-same.customer': 'Le jeton de votre reçu est le bon.',
  'error.debt-unknown.cashier': 'Ce compte ne doit rien de ce type.',
  'error.debt-unknown.customer': 'Vous ne devez rien là.',
  'error.payment-above-debt.cashier':
    'Seulement {owed} est dû. Prenez cela, ou versez le reste sur le solde.',
  'error.payment-above-debt.customer': 'Vous devez {owed}.',
  'error.sell-again-purchases.cashier':
    '{receiptNumber} n’était pas un achat. Clôturez-le comme non émis, puis redemandez-le depuis les outils.',
  'error.sell-again-purchases.customer': 'Je dois le redemander.',
};
