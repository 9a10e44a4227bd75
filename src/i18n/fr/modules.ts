const NO_TOKENS = 'La machine ne peut pas créer de code pour le moment.';
const NOT_HERE = 'Votre compteur ne peut pas être servi à ce guichet.';
const RECORDED = 'Votre argent est enregistré. La machine doit vérifier un point avant de donner le code.';
const NO_CUSTOMER = 'On s’occupe des clés de la machine ; cela prend un moment.';

export const modules = {
  'error.module-sign-in.cashier':
    'Le serveur de jetons à {place} n’a pas accepté le nom et le mot de passe de ce poste. Ils ne sont pas réessayés ; appelez votre responsable.',
  'error.module-sign-in.customer': NO_TOKENS,
  'error.module-other-certificate.cashier':
    'Le serveur à {place} n’est pas celui qui a été enregistré. Rien ne lui a été envoyé ; appelez votre responsable.',
  'error.module-other-certificate.customer': NO_TOKENS,
  'error.module-service-off.cashier':
    'Le serveur de jetons à {place} ne délivre pas de jetons pour l’instant. Rien n’a été fait ; réessayez plus tard.',
  'error.module-service-off.customer': NO_TOKENS,
  'error.module-missing.cashier':
    'Aucun module de sécurité n’a été trouvé à {place}. Branchez-le et allumez-le ; recherches et réimpressions continuent entre-temps.',
  'error.module-missing.customer': NO_TOKENS,
  'error.module-permission.cashier':
    'Ce compte ne peut pas utiliser le module de sécurité à {place}. Un responsable doit lui en donner le droit, comme l’indique le manuel.',
  'error.module-permission.customer': NO_TOKENS,
  'error.module-busy.cashier':
    'Un autre programme utilise le module de sécurité à {place}. Fermez ce programme, ou débranchez et rebranchez le module.',
  'error.module-busy.customer': NO_TOKENS,
  'error.module-disconnected.cashier':
    'Le module de sécurité a été débranché pendant qu’il travaillait. La vente est conservée ; branchez-le, puis interrogez-le de nouveau.',
  'error.module-disconnected.customer': RECORDED,
  'error.module-unknown-status.cashier':
    'Le module de sécurité a répondu par un état inconnu ({status}). La vente est conservée ; appelez votre responsable.',
  'error.module-unknown-status.customer': RECORDED,
  'error.module-not-supported.cashier':
    'Ce type de module de sécurité ne sait pas faire cela ({call}). Rien n’a été changé.',
  'error.module-not-supported.customer': NO_CUSTOMER,
  'error.module-approval.cashier':
    'Deux personnes différentes doivent approuver, et la seconde se connecte maintenant pour cela. Rien n’a été changé.',
  'error.module-approval.customer': NO_CUSTOMER,
  'error.module-hardware.cashier':
    'Le module de sécurité signale une panne de son matériel. Éteignez-le et rallumez-le ; si cela revient, appelez votre responsable.',
  'error.module-hardware.customer': RECORDED,
  'error.module-format.cashier':
    'Le module de sécurité n’a pas compris la demande (02). Rien n’a été créé ; appelez votre responsable.',
  'error.module-format.customer': NO_TOKENS,
  'error.module-token-crc.cashier':
    'Le code ne se lit pas avec la clé de ce compteur. Vérifiez le numéro du compteur et le code.',
  'error.module-token-crc.customer': 'Ce nombre n’est pas un code pour ce compteur.',
  'error.module-request-crc.cashier':
    'La demande est arrivée abîmée au module de sécurité (20). Rien n’a été créé ; vérifiez son câble et vendez de nouveau.',
  'error.module-request-crc.customer': NO_TOKENS,
  'error.module-command.cashier':
    'Le module de sécurité ne connaît pas cette demande (21). Rien n’a été créé ; appelez votre responsable.',
  'error.module-command.customer': NO_TOKENS,
  'error.module-kek-state.cashier':
    'Le module de sécurité n’est pas prêt à recevoir des clés (26). Exportez de nouveau sa demande et faites-lui faire des clés.',
  'error.module-kek-state.customer': NO_CUSTOMER,
  'error.module-kek-missing.cashier':
    'Le module de sécurité n’a pas de clé de transport pour ce fichier, ou pas de place pour elle (27). Exportez de nouveau sa demande.',
  'error.module-kek-missing.customer': NO_CUSTOMER,
  'error.module-key-change.cashier':
    'Le module de sécurité ne permet pas ce changement de clé du compteur (29). Le siège doit regarder la fiche du compteur.',
  'error.module-key-change.customer': NOT_HERE,
  'error.module-credit-used-up.cashier':
    'Le crédit du module de sécurité pour le groupe {sgc} est épuisé. Rien ne peut plus y être vendu avant que le siège le renouvelle.',
  'error.module-credit-used-up.customer': NO_TOKENS,
  'error.module-other-id.cashier':
    'Le fichier de clés a été fait pour le module {found} ; celui-ci est {wanted}. Rien n’a été chargé ; demandez un fichier pour ce module.',
  'error.module-other-id.customer': NO_CUSTOMER,
  'error.module-key-range.cashier':
    'Un détail de la clé du compteur est hors limites pour le module de sécurité (40). Le siège doit regarder la fiche du compteur.',
  'error.module-key-range.customer': NOT_HERE,
  'error.module-issue-over.cashier':
    'La période d’emploi de la clé de vente du groupe {sgc} est finie. Le siège doit en charger une nouvelle ; vérifiez aussi l’horloge.',
  'error.module-issue-over.customer': 'Votre compteur ne peut pas être servi à ce guichet aujourd’hui.',
  'error.module-clock-window.cashier':
    'L’horloge du module ({moduleTime}) et celle de l’ordinateur ({computerTime}) sont trop éloignées. Réglez l’horloge de l’ordinateur ; si elle est juste, appelez votre responsable.',
  'error.module-clock-window.customer': 'L’horloge de la machine doit d’abord être réglée.',
  'error.module-log-end.cashier':
    'Le journal du module de sécurité n’a plus d’entrée (45). Il n’y a plus rien à lire.',
  'error.module-log-end.customer': NO_CUSTOMER,
  'error.module-subclass.cashier':
    'La clé de vente du groupe {sgc} ne peut pas créer ce type de code (48). Le siège doit regarder la clé.',
  'error.module-subclass.customer': NOT_HERE,
  'error.module-record-format.cashier':
    'Un élément du fichier de clés n’a pas la forme que le module accepte (49). Rien n’a été chargé ; redemandez le fichier.',
  'error.module-record-format.customer': NO_CUSTOMER,
  'error.module-field-count.cashier':
    'La demande avait trop ou trop peu de champs pour le module de sécurité (60). Rien n’a été créé ; appelez votre responsable.',
  'error.module-field-count.customer': NO_TOKENS,
  'error.module-field-type.cashier':
    'Un champ de la demande était d’un mauvais type pour le module de sécurité (61). Rien n’a été créé ; appelez votre responsable.',
  'error.module-field-type.customer': NO_TOKENS,
  'error.module-field-encoding.cashier':
    'Un champ de la demande était écrit d’une façon que le module de sécurité ne lit pas (62). Rien n’a été créé ; appelez votre responsable.',
  'error.module-field-encoding.customer': NO_TOKENS,
  'error.module-field-range.cashier':
    'Un champ de la demande était hors limites pour le module de sécurité (63). Rien n’a été créé ; vérifiez la fiche du compteur.',
  'error.module-field-range.customer': NOT_HERE,
  'error.module-meter-number.cashier':
    'Le module de sécurité n’accepte pas ce numéro de compteur (76). Le siège doit regarder la fiche du compteur.',
  'error.module-meter-number.customer': NOT_HERE,
  'error.module-load-mac.cashier':
    'Le sceau du fichier de clés n’est pas juste (77) : il a été changé, ou fait pour un autre module. Rien n’a été chargé.',
  'error.module-load-mac.customer': NO_CUSTOMER,
  'error.module-load-kcv.cashier':
    'Une clé ne donne pas la valeur de contrôle que son fichier annonce (78). Ne l’utilisez pas ; redemandez le fichier.',
  'error.module-load-kcv.customer': NO_CUSTOMER,
  'error.module-default-key.cashier':
    'Ce compteur a encore sa clé par défaut, qui n’accepte pas de crédit (80). Il lui faut d’abord un changement de clé.',
  'error.module-default-key.customer': NOT_HERE,
  'error.module-token-count.cashier':
    'Le nombre de codes de changement de clé ne convient pas à ce compteur (85). Rien n’a été créé ; vérifiez la fiche du compteur.',
  'error.module-token-count.customer': NOT_HERE,
  'error.module-instruction.cashier':
    'Le module de sécurité a refusé une instruction signée (87). Rien n’a été changé ; demandez-en une nouvelle à son émetteur.',
  'error.module-instruction.customer': NO_CUSTOMER,
  'error.module-key-attribute.cashier':
    'Un attribut de la clé de vente n’est pas juste (94). Le siège doit charger la clé de nouveau.',
  'error.module-key-attribute.customer': NOT_HERE,
  'error.module-own-words.cashier':
    'Le module de sécurité dit : {text}. La vente est conservée ; appelez votre responsable.',
  'error.module-own-words.customer': RECORDED,
};
