import type { Translation } from '../catalogue.ts';
import type { tariffWords as english } from '../en/tariff-words.ts';

export const tariffWords: Translation<typeof english> = {
  'describe.tariff': '{name} : {id} version {version}, à partir du {effectiveFrom}, {resource}, {currency}',
  'describe.per-unit':
    '{label} : {rate} par unité{totalAbove, select, none {} other {, dès que le total dépasse {totalAbove}}}{totalUpTo, select, none {} other {, jusqu’à un total de {totalUpTo}}}',
  'describe.per-unit-block':
    '{label} : {rate} par unité, {upTo, select, none {au-dessus de {from}} other {de {from} à {upTo}}} unités{every, select, none {} other { par {every}}}{totalAbove, select, none {} other {, dès que le total dépasse {totalAbove}}}{totalUpTo, select, none {} other {, jusqu’à un total de {totalUpTo}}}',
  'describe.per-unit-rebate':
    '{label} : {rate} de moins par unité, {upTo, select, none {au-dessus de {from}} other {de {from} à {upTo}}} unités',
  'describe.percent-added': '{label} : {rate} % ajoutés à {of}',
  'describe.percent-contained': '{label} : {rate} % contenus dans {of}',
  'describe.percent-of-gross': '{label} : {rate} % de {of}, lui-même compris',
  'describe.percent-added-on-top': '{label} : {rate} % de {of}, payés en plus',
  'describe.percent-contained-on-top': '{label} : {rate} % contenus dans {of}, payés en plus',
  'describe.percent-of-gross-on-top': '{label} : {rate} % de {of}, payés en plus',
  'describe.percent-added-rebate': '{label} : {rate} % de {of} en moins',
  'describe.percent-contained-rebate': '{label} : {rate} % de {of} en moins',
  'describe.percent-of-gross-rebate': '{label} : {rate} % de {of} en moins',
  'describe.fixed':
    '{label} : {amount} par {every}{times, select, none {} other {, {times} fois}}{maxPeriods, select, none {} other {, périodes manquées comprises, au plus {maxPeriods}}}',
  'describe.fixed-on-top':
    '{label} : {amount} par {every}{times, select, none {} other {, {times} fois}}, payés en plus',
  'describe.fixed-rebate': '{label} : {amount} de moins par {every}',
  'describe.fixed-on-top-rebate': '{label} : {amount} de moins par {every}',
  'describe.fixed-step':
    '{label} : {amount} par {every}, quand le total est {totalUpTo, select, none {au-dessus de {totalAbove}} other {de {totalAbove} à {totalUpTo}}}',
  'describe.debt-all': '{label} : toute la dette « {debt} »{cap, select, none {} other {, au plus {cap}}}',
  'describe.debt-instalment': '{label} : la mensualité convenue de la dette « {debt} »',
  'describe.debt-fixed': '{label} : {amount} de la dette « {debt} »',
  'describe.debt-share':
    '{label} : {rate} % de {of} pour la dette « {debt} »{blockUntilPaid, select, none {} other {, rien d’autre avant que {blockUntilPaid} % soient payés}}',
  'describe.entitlement': '{label} : {units} unités gratuites par {every}',
  'describe.units-rounding':
    'Les unités sont arrondies {roundings} ; ce qui reste de l’argent {remainder, select, carry {est gardé pour le prochain achat} change {est rendu} other {va à « {remainder} »}}',
  'describe.limits':
    'Un achat{minimum, select, none {} other { à partir de {minimum}}}{maximum, select, none {} other { jusqu’à {maximum}}}{maximumUnits, select, none {} other {, au plus {maximumUnits} unités}}{windowMaximum, select, none {} other {, au plus {windowMaximum} unités dans la période}}',
  'describe.only': 'La ligne ci-dessus est seulement pour {only}.',

  'notice.no-units': 'Tout cet argent est pris avant les unités : il n’y aura pas de code.',
  'notice.charge-in-part': 'Des frais sont payés en partie ; {owed} restent dus.',
  'notice.settlement-in-part': 'Une somme antérieure est payée en partie ; {owed} restent dus.',
  'notice.entitlement-due': '{units} unités gratuites sont dues : F3 les donne.',
  'notice.entitlement-with-purchase': '{units} unités gratuites sont dues avec un achat.',
  'notice.entitlement-given': '{units} unités gratuites viennent avec cet achat : F3 les donne ensuite.',
  'notice.cliff-ahead':
    'Après {left} unités de plus, un prix plus élevé commence : le dixième suivant coûte alors {crossing}.',
  'notice.cliff-crossed': 'Cet achat dépasse {threshold} unités, où commence un prix plus élevé.',
  'notice.state-too-old':
    'Les chiffres du compte ont {ageHours} heures : une différence sera réglée la prochaine fois.',
  'notice.sold-elsewhere':
    'D’autres guichets vendent aussi à ce compteur : une différence sera réglée la prochaine fois.',
  'notice.less-buys-more': '{amount} achèteraient {units} : autant ou plus.',
  'notice.next-block':
    '{more} de plus atteignent la tranche suivante, à {nextRate} par unité au lieu de {rate}.',

  'explain.title': 'Pourquoi ce nombre d’unités ?',
  'explain.before': 'La dernière fois',
  'explain.now': 'Cette fois',
  'explain.first-purchase': 'Il n’y a pas ici d’achat précédent à comparer.',
  'explain.units-same': 'Les mêmes unités que la dernière fois.',
  'explain.units-more': '{difference} de plus que la dernière fois.',
  'explain.units-fewer': '{difference} de moins que la dernière fois.',
  'explain.amount-differs': 'Le montant diffère de {difference}.',
  'explain.tariff-changed': 'La liste des prix a changé depuis.',
  'explain.block-reached': '{label} : cet achat atteint la tranche à {rate} par unité.',
  'explain.line-new': '{label} : nouveau cette fois, {difference}.',
  'explain.line-gone': '{label} : présent la dernière fois et plus maintenant, {difference}.',
  'explain.rate-changed': '{label} : le taux était {before}, il est maintenant {now}.',
  'explain.charge-changed': '{label} diffère de {difference}.',

  'tariff-fault.line': 'Ligne {line}, {path} : {reason}',
  'tariff-fault.other': '{code} {details}',
  'tariff-fault.not-json': 'ce n’est pas un fichier JSON',
  'tariff-fault.field-missing': 'ce champ manque',
  'tariff-fault.field-unknown': 'ce champ n’existe pas',
  'tariff-fault.field-invalid': 'cette valeur ne peut pas servir ici',
  'tariff-fault.field-not-here': 'ce champ n’a pas sa place ici',
  'tariff-fault.one-of': 'il faut ici exactement un champ parmi plusieurs',
  'tariff-fault.format-version-future': 'ce fichier a été fait pour un programme plus récent',
  'tariff-fault.time-invalid': 'cette date et heure n’existe pas',
  'tariff-fault.time-of-use-unsupported':
    'des prix selon l’heure ne peuvent pas servir : un compteur à clavier ne connaît pas l’heure d’usage',
  'tariff-fault.negative': 'ceci ne peut pas être inférieur à zéro',
  'tariff-fault.id-duplicate': 'cet identifiant figure deux fois',
  'tariff-fault.blocks-gap': 'il y a un trou entre les tranches',
  'tariff-fault.blocks-overlap': 'les tranches se chevauchent',
  'tariff-fault.period-missing': 'la période manque',
  'tariff-fault.window-unknown': 'cette période de comptage n’existe pas',
  'tariff-fault.line-unknown': 'cette ligne n’existe pas',
  'tariff-fault.no-price': 'le tarif n’a pas de prix',
  'tariff-fault.rate-too-high': 'ce taux prend tout',
  'tariff-fault.cycle-does-not-converge': 'ces lignes dépendent l’une de l’autre sans fin',
  'tariff-fault.minimum-above-maximum': 'le minimum dépasse le maximum',
  'tariff-fault.currency-differs': 'ce poste vend dans une autre monnaie',
  'tariff-fault.id-reserved': 'cet identifiant a un sens à lui : choisissez-en un autre',
  'tariff-fault.not-whole-tenths': 'il faut un nombre entier de dixièmes',
  'tariff-fault.not-a-block-edge': 'aucune tranche de cette ligne ne commence ici',
  'tariff-fault.crossing-with-schedules': 'les barèmes et le passage vont ensemble',
  'tariff-fault.added-is-on-top': 'ce qui s’ajoute à un montant se paie en plus',
  'tariff-fault.on-top-mixed': 'les lignes en plus et les lignes comprises ne se mélangent pas',
  'tariff-fault.remaining-after-units': 'ceci doit être avant le premier prix des unités',
  'tariff-fault.cycle-member-unfit': 'des lignes qui dépendent les unes des autres ne peuvent pas avoir ceci',
  'tariff-fault.rounding-step': 'un arrondi a besoin d’un pas plus grand que rien',
  'tariff-fault.rounding-too-fine': 'cet arrondi est plus fin que ce qui se compte',
  'tariff-fault.rounding-not-multiple': 'chaque arrondi doit être un multiple du précédent',
  'tariff-fault.too-precise': 'il y a plus de décimales que ce qui se compte',
  'tariff-fault.rebate-too-high': 'ce rabais prend tout le prix : les unités ne coûteraient rien',
  'tariff-fault.rounding-above-price':
    'cet arrondi dépasse le prix d’une unité : une unité ne coûterait rien',
  'tariff-fault.hidden-sign': 'ce texte a des signes invisibles ou qui le retournent',
  'tariff-fault.version-exists':
    'cette version existe déjà avec un autre contenu : donnez-lui un nouveau numéro',

  'tariffs.title': 'Listes de prix',
  'tariffs.version': 'Version {version}, à partir du {from}',
  'tariffs.state.in-force': 'en vigueur',
  'tariffs.state.coming': 'à venir',
  'tariffs.state.past': 'passée',
  'tariffs.meters': '{meters, plural, one {# compteur} other {# compteurs}}',
  'tariffs.words': 'En clair',
  'tariffs.try': 'Essayer un montant',
  'tariffs.gives': 'donne {units}',
  'tariffs.import': 'Lire un fichier',
  'tariffs.import.paste': 'Collez ici la liste de prix, ou choisissez son fichier',
  'tariffs.import.choose': 'Choisir un fichier',
  'tariffs.import.check': 'Vérifier et garder',
  'tariffs.import.good': '{name} version {version} est gardée. Elle entre en vigueur le {from}.',
  'tariffs.import.refused': 'Rien n’a été gardé. {count, plural, one {# erreur} other {# erreurs}} :',
  'tariffs.question.at-once':
    'Elle a commencé le {from} : {meters, plural, =0 {aucun compteur ne l’a encore} one {la prochaine vente à # compteur a ces prix} other {les prochaines ventes à # compteurs ont ces prix}}.',
  'tariffs.question.category':
    '{meters, plural, one {# compteur de cette liste n’a} other {# compteurs de cette liste n’ont}} aucune de ses catégories ({names}) : les prix d’une catégorie ne comptent pas pour eux, et rien ne peut être vendu là où tous les prix sont pour une catégorie.',
  'tariffs.question.quantity':
    '{meters, plural, one {# compteur de cette liste n’a} other {# compteurs de cette liste n’ont}} pas de « {name} » : rien ne peut leur être vendu avant de le savoir.',
  'tariffs.question.channel':
    'Ce poste vend comme « {channel} » ; la liste a des règles pour {names}. Elles ne comptent pas ici.',
  'tariffs.question.free':
    'La grille donne des unités gratuites ({names}) seulement avec un achat ; ce guichet ne le peut pas.',
  'tariffs.question.title': 'Avant de garder cette liste :',
  'tariffs.question.yes': 'Garder quand même',
  'tariffs.category': 'Pour',
  'tariffs.category.none': 'aucune catégorie',
  'tariffs.back': 'Retour à la vente',
  'keys.why': 'Pourquoi autant ?',
};
