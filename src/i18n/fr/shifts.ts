import type { Translation } from '../catalogue.ts';
import type { shifts as english } from '../en/shifts.ts';

/** Tiroirs, comptages et fin de journée. */
export const shifts: Translation<typeof english> = {
  'error.no-open-shift.cashier':
    'Aucun service n’est ouvert pour vous. Ouvrez-en un avec l’argent du tiroir, puis vendez.',
  'error.no-open-shift.customer': 'Ce guichet ouvre dans un instant.',
  'error.shift-ended.cashier':
    'Le service {number} est terminé. Comptez le tiroir et clôturez, puis ouvrez le suivant.',
  'error.shift-ended.customer': 'Ce guichet est fermé pour le moment.',
  'error.drawer-unknown.cashier': 'Il n’y a pas de tiroir {drawer} ici. Choisissez dans la liste.',
  'error.drawer-unknown.customer': 'Ce guichet ouvre dans un instant.',
  'error.drawer-in-use.cashier':
    'Le tiroir {drawer} sert au service {number}. Il faut d’abord clôturer celui-ci.',
  'error.drawer-in-use.customer': 'Ce guichet ouvre dans un instant.',
  'error.shift-held.cashier':
    'Le service {number} tient encore le tiroir {drawer}. Une personne a un seul tiroir : clôturez d’abord.',
  'error.shift-held.customer': 'Ce guichet ouvre dans un instant.',
  'error.count-invalid.cashier':
    'Le comptage ne peut pas être juste : chaque billet et pièce une fois, et seulement ceux d’ici.',
  'error.count-invalid.customer': 'Le tiroir est en cours de comptage.',
  'error.shift-unknown.cashier': 'Ce service n’existe pas.',
  'error.shift-unknown.customer': 'On s’occupe du tiroir.',
  'error.shift-step.cashier':
    'Le service {number} {step, select, opened {vend encore : terminez-le d’abord} ended {est terminé et attend son comptage} counted {est compté et attend sa clôture} other {est clôturé : son Z est fixé}}.',
  'error.shift-step.customer': 'On s’occupe du tiroir.',
  'error.shift-not-yours.cashier':
    'Le service {number} est à quelqu’un d’autre. Cette personne ou un responsable peut le faire.',
  'error.shift-not-yours.customer': 'On s’occupe du tiroir.',
  'error.shift-same-person.cashier': 'Le service {number} demande ici une deuxième personne.',
  'error.shift-same-person.customer': 'On s’occupe du tiroir.',
  'error.reason-needed.cashier': 'Indiquez pourquoi : le motif est conservé.',
  'error.reason-needed.customer': 'Un instant, il faut le noter.',
  'drawers.title': 'Tiroirs et espèces',
  'drawers.about': 'Noms des tiroirs, billets et pièces comptés, qui clôture un service.',
  'drawers.names': 'Tiroirs d’ici',
  'drawers.names.hint':
    '{count, plural, one {1 tiroir} other {# tiroirs}}. Un point-virgule sépare deux noms.',
  'drawers.money': 'Billets et pièces',
  'drawers.money.hint': 'Des montants séparés par un point-virgule, par exemple 5; 10; 20.',
  'drawers.closer': 'Qui clôture un service',
  'drawers.closer.same': 'Le caissier peut le clôturer',
  'drawers.closer.another': 'Une autre personne doit le clôturer',
  'drawers.beneficiary': 'Compte bancaire au nom de',
  'drawers.beneficiary.hint': 'Imprimé sur le bordereau de versement. Peut rester vide.',
  'drawers.save': 'Enregistrer',
  'drawers.saved': 'Enregistré. Valable dès maintenant.',
  'error.settings-not-kept.cashier':
    'Le fichier des réglages {file} ne peut pas être écrit ({reason}) ; rien n’a été changé. Appelez la personne qui s’occupe de cet ordinateur, puis réessayez.',
  'error.settings-not-kept.customer': 'Un instant.',
  'error.drawer-set-up.cashier':
    '{reason, select, empty {Un tiroir doit avoir un nom.} twice {Deux tiroirs ont le même nom. Changez-en un.} coin {Le même billet ou la même pièce y est deux fois. Retirez-en un.} other {Un de ces montants ne peut pas être payé en espèces ici. Revoyez les billets et pièces.}}',
  'error.drawer-set-up.customer': 'Un instant.',
};
