/** Mots sur les codes des reçus, la clé de signature du poste et la mise en place d'une imprimante. */
export const paper = {
  'error.station-key-damaged.cashier':
    'La clé de signature {file} du poste est illisible ({reason}). Remettez-la depuis une copie, ou déplacez-la et inscrivez de nouveau le poste au siège.',
  'error.station-key-damaged.customer': 'La machine a besoin d’un moment.',
  'error.station-key-missing.cashier':
    'Il n’y a pas encore de clé de signature {file}. Le poste la crée à sa première ouverture.',
  'error.station-key-missing.customer': 'La machine a besoin d’un moment.',
  'error.station-key-text.cashier':
    'Ce n’est pas la clé publique d’un poste. Elle a 64 chiffres hexadécimaux ; « station receipt key » l’affiche.',
  'error.station-key-text.customer': 'La machine a besoin d’un moment.',
  'error.receipt-code-not-ours.cashier':
    'Ce n’est pas le code d’un reçu : ceux-là commencent par KW1. Scannez le carré au bas du ticket.',
  'error.receipt-code-not-ours.customer': 'Ce n’est pas le code d’un de nos reçus.',
  'error.receipt-code-damaged.cashier':
    'Le code est incomplet ou mal lu. Scannez-le de nouveau, ou saisissez le numéro du compteur.',
  'error.receipt-code-damaged.customer':
    'Je n’arrive pas à lire ce code. Donnez-moi le numéro de votre compteur, s’il vous plaît.',
  'error.receipt-code-no-meter.cashier':
    'Ce reçu est celui d’un paiement sans compteur. Cherchez le client par son nom ou son numéro.',
  'error.receipt-code-no-meter.customer': 'Donnez-moi le numéro de votre compteur, s’il vous plaît.',
  'error.receipt-code-signature.cashier':
    'La signature n’est pas celle de la clé {keyId} : un autre poste a fait ce code, ou il a été changé depuis.',
  'error.receipt-code-signature.customer': 'Je ne peux pas confirmer ce reçu ici.',
} as const;
