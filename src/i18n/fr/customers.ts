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
} as const;
