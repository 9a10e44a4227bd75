import type { Translation } from '../catalogue.ts';
import type { exchange as english } from '../en/exchange.ts';

/** Siège : ce que dit le bandeau, pourquoi un lot n’a pas été pris, et l’autorisation de vente. */
export const exchange: Translation<typeof english> = {
  'strip.office.stand-alone': 'Poste autonome : limites propres',
  'strip.office.not-enrolled': 'Non inscrit auprès du siège',
  'strip.office.asked': 'En attente du siège',
  'strip.office.enrolled':
    '{waiting, plural, =0 {Siège à jour} one {# lot à envoyer} other {# lots à envoyer}}',
  'strip.office.sent':
    '{waiting, plural, one {# lot envoyé, sans réponse} other {# lots envoyés, sans réponse}}',
  'strip.office.busy': 'Échange avec le siège',
  'strip.office.problem': 'Siège : à vérifier',
  'strip.allowance.value': 'Encore {value} à vendre',
  'strip.allowance.tokens': '{tokens, plural, one {encore # vente} other {encore # ventes}}',
  'strip.allowance.minutes': '{hours, plural, one {encore # heure} other {encore # heures}}',
  'error.allowance-value.cashier':
    'Le siège permet encore {left} de ventes ici. Prenez un montant plus petit, ou appelez votre responsable pour une nouvelle autorisation.',
  'error.allowance-value.customer':
    'Je ne peux pas vendre autant maintenant. Un montant plus petit peut convenir.',
  'error.allowance-tokens.cashier':
    'Le nombre de ventes permis par le siège est atteint. Appelez votre responsable pour une nouvelle autorisation.',
  'error.allowance-tokens.customer': 'La machine ne peut pas vendre pour le moment.',
  'error.allowance-time.cashier':
    'La durée permise par le siège est écoulée. Appelez votre responsable pour une nouvelle autorisation.',
  'error.allowance-time.customer': 'La machine ne peut pas vendre pour le moment.',
  'error.allowance-per-sale.cashier':
    'Le siège permet au plus {limit} par vente ici. Prenez un montant plus petit.',
  'error.allowance-per-sale.customer': 'Je peux vendre au plus {limit} à la fois.',
  'error.stand-alone.cashier':
    'Ce poste n’a pas de siège dans ses réglages : il vend selon ses propres limites. Rien n’a été envoyé.',
  'error.stand-alone.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.head-office-unreachable.cashier':
    'Le siège ne peut pas être joint ({reason}). Continuez à vendre : un nouvel essai se fait tout seul.',
  'error.head-office-unreachable.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.enrolment-reply.cashier':
    'La réponse du siège à l’inscription n’a pas été prise ({reason}). Inscrivez le poste à nouveau.',
  'error.enrolment-reply.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.not-enrolled.cashier':
    'Ce poste n’est pas inscrit auprès du siège. Demandez un code au siège et inscrivez-le.',
  'error.not-enrolled.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.training-alone.cashier': 'L’entraînement n’envoie rien au siège. Rien n’a été changé.',
  'error.training-alone.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.ack-gap.cashier':
    'Il manque au siège un lot antérieur de ce poste. Renvoyez tout ; si cela ne suffit pas, appelez le siège.',
  'error.ack-gap.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.ack-bad-signature.cashier':
    'Le siège ne connaît pas la signature de ce poste. Comparez les empreintes avec le siège ; inscrivez le poste à nouveau si elles diffèrent.',
  'error.ack-bad-signature.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.ack-damaged.cashier':
    'Un lot est arrivé abîmé au siège. Il est renvoyé tout seul ; si cela continue, appelez le siège.',
  'error.ack-damaged.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.ack-totals-mismatch.cashier':
    'Le siège compte d’autres totaux que ce poste dans un lot. Continuez à vendre et appelez le siège.',
  'error.ack-totals-mismatch.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.ack-fork.cashier':
    'Le siège a d’autres écritures sous les numéros de ce poste : une copie est peut-être en service. Arrêtez de vendre et appelez le siège.',
  'error.ack-fork.customer': 'La machine ne peut pas vendre pour le moment.',
  'error.ack-new-epoch.cashier':
    'Ce poste a été restauré ou a une nouvelle clé. Demandez un code au siège et inscrivez-le à nouveau.',
  'error.ack-new-epoch.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.ack-retired.cashier': 'Le siège a retiré ce poste. Arrêtez de vendre et appelez le siège.',
  'error.ack-retired.customer': 'La machine ne peut pas vendre pour le moment.',
  'error.package-refused.cashier':
    'Des données du siège n’ont pas été prises ; ce qui valait avant vaut toujours. Appelez le siège.',
  'error.package-refused.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.package-left.cashier':
    'Le siège a renvoyé ce que cette machine avait perdu, mais tout n’a pas pu être repris. Continuez à vendre ; un responsable le trouve dans le rapport d’audit, sous « Paquet du siège ».',
  'error.package-left.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.office-station-name.cashier': '{station} n’est pas un nom de poste : 1 à 12 signes A-Z et 0-9.',
  'error.office-station-name.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.office-station-unknown.cashier': 'Le siège ne connaît pas de poste {station}. Ajoutez-le d’abord.',
  'error.office-station-unknown.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.office-enrol-code.cashier':
    'La demande de {station} n’a pas été faite avec son code ouvert. Donnez-lui un nouveau code.',
  'error.office-enrol-code.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.office-enrol-epoch.cashier':
    'Une autre clé de {station} a déjà signé l’époque {epoch}. Le poste doit commencer une nouvelle époque : inscrivez-le à nouveau là-bas.',
  'error.office-enrol-epoch.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.office-missing.cashier': 'Il n’y a pas de siège dans {folder}. Créez-le avec init.',
  'error.office-missing.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.publish-file.cashier': '{file} n’a pas été lu à {where} : {reason}. Rien n’a été publié.',
  'error.publish-file.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
};
