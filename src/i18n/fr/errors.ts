import type { Translation } from '../catalogue.ts';
import type { errors as english } from '../en/errors.ts';

export const errors: Translation<typeof english> = {
  'error.internal.cashier':
    'Un incident inattendu s’est produit et rien n’a été modifié. Réessayez ; si cela se reproduit, appelez votre responsable. Référence {ref}.',
  'error.internal.customer': 'La machine a besoin d’un instant.',
  'error.request-invalid.cashier':
    'Le programme a envoyé une demande incorrecte. Rien n’a été modifié. Référence {ref}.',
  'error.request-invalid.customer': 'La machine a besoin d’un instant.',
  'error.not-allowed.cashier': 'Votre rôle ne permet pas cette action. Demandez à un responsable.',
  'error.not-allowed.customer': 'Un responsable doit intervenir pour cela.',
  'error.not-signed-in.cashier': 'Personne n’est connecté. Connectez-vous avec votre nom et votre PIN.',
  'error.not-signed-in.customer': 'Le caissier doit d’abord se connecter.',
  'error.sign-in-refused.cashier': 'Le nom ou le PIN n’est pas correct. Vérifiez les deux et réessayez.',
  'error.sign-in-refused.customer': 'Le caissier doit d’abord se connecter.',
  'error.sign-in-locked.cashier': 'Trop de PIN erronés. Attendez {seconds} secondes, puis réessayez.',
  'error.sign-in-locked.customer': 'Le caissier doit d’abord se connecter.',
  'error.meter-length.cashier':
    'Un numéro de compteur a 11 ou 13 chiffres (18 avec son émetteur) ; celui-ci en a {digits}. Relisez-le sur le compteur ou la carte.',
  'error.meter-length.customer':
    'Montrez-moi encore le numéro de votre compteur ou de votre carte, s’il vous plaît.',
  'error.meter-check-digit.cashier':
    'Le dernier chiffre ne correspond pas aux autres, donc un chiffre est faux. Relisez le numéro du compteur.',
  'error.meter-check-digit.customer':
    'Un chiffre du numéro de compteur est faux. Relisez-le-moi, s’il vous plaît.',
  'error.meter-issuer.cashier':
    'Ce numéro n’est pas celui d’un compteur STS (émetteur 600727 ou 0000). Relisez-le.',
  'error.meter-issuer.customer': 'Ce numéro n’est pas celui d’un compteur prépayé que nous servons.',
  'error.meter-unknown.cashier':
    'Le compteur {meter} n’est pas dans le répertoire. Vérifiez le numéro ; s’il est juste, le compteur n’est pas enregistré chez nous.',
  'error.meter-unknown.customer': 'Ce compteur n’est pas dans notre liste.',
  'error.nothing-found.cashier':
    'Rien trouvé pour « {text} ». Essayez le numéro du compteur, le téléphone ou une partie du nom.',
  'error.nothing-found.customer':
    'Je ne vous trouve pas ainsi. Avez-vous votre numéro de compteur ou un ancien reçu ?',
  'error.directory-import-busy.cashier':
    'Le fichier {file} est déjà en cours de reprise. Attendez la fin, ou arrêtez-la.',
  'error.directory-import-busy.customer': 'Cela ne concerne pas votre achat.',
  'error.directory-file.cashier':
    '{reason, select, empty {Le fichier est vide.} unreadable {Le fichier ne peut pas être lu ({place}). Vérifiez son nom et que la clé USB est bien branchée.} notUtf8 {Le texte du fichier n’est pas en UTF-8 (à l’octet {place}). Enregistrez-le de nouveau en « CSV UTF-8 ».} unknownColumn {La colonne « {place} » est inconnue. Comparez la première ligne avec la documentation.} missingColumn {La colonne « {place} » manque dans la première ligne.} columnTwice {Une colonne figure deux fois dans la première ligne.} endlessLine {La ligne {place} ne se termine pas : un guillemet n’est pas fermé, ou ce n’est pas un fichier CSV. Les lignes précédentes ont été reprises.} notAFile {C’est un dossier, pas un fichier.} other {Le fichier n’a pas pu être repris jusqu’au bout ({place}). Les lignes reprises le restent.}}',
  'error.directory-file.customer': 'Cela ne concerne pas votre achat.',
  'error.meter-blocked.cashier': 'Ce compteur est bloqué à la vente : {reason}.',
  'error.meter-blocked.customer':
    'Les ventes pour ce compteur sont bloquées. Votre fournisseur peut vous dire pourquoi.',
  'error.amount-empty.cashier': 'Tapez d’abord le montant.',
  'error.amount-empty.customer': 'Pour combien voulez-vous acheter ?',
  'error.amount-not-a-number.cashier':
    '« {text} » n’est pas un montant. Utilisez des chiffres, et un point pour les centimes.',
  'error.amount-not-a-number.customer': 'Pour combien voulez-vous acheter ?',
  'error.amount-too-precise.cashier':
    'Cette monnaie a {minorDigits} chiffres après le point. Retapez le montant.',
  'error.amount-too-precise.customer': 'Pour combien voulez-vous acheter ?',
  'error.amount-negative.cashier':
    'Un montant ne peut pas être inférieur à zéro. Retapez-le sans le signe moins.',
  'error.amount-negative.customer': 'Pour combien voulez-vous acheter ?',
  'error.amount-zero.cashier': 'Le montant est nul. Tapez ce que le client veut payer.',
  'error.amount-zero.customer': 'Pour combien voulez-vous acheter ?',
  'error.amount-too-large.cashier': 'Le montant est trop grand pour une vente. Vérifiez le nombre de zéros.',
  'error.amount-too-large.customer': 'Ce montant est trop grand pour un achat.',
  'error.amount-below-minimum.cashier': 'La plus petite vente pour ce compteur est de {minimum}. {reason}',
  'error.amount-below-minimum.customer': 'Le plus petit montant qui achète quelque chose est de {minimum}.',
  'error.amount-above-maximum.cashier': 'La plus grande vente pour ce compteur est de {maximum}. {reason}',
  'error.amount-above-maximum.customer': 'Le plus grand montant pour un achat est de {maximum}.',
  'error.nothing-to-buy.cashier': 'Rien ne peut être vendu à ce compteur pour le moment. {reason}',
  'error.nothing-to-buy.customer':
    'Rien ne peut être acheté pour ce compteur pour le moment. Revenez à la prochaine période.',
  'error.cash-too-little.cashier': 'L’argent remis ({received}) est inférieur au montant ({due}).',
  'error.cash-too-little.customer': 'Cela ne suffit pas pour {due}.',
  'error.tariff-missing.cashier':
    'Aucun prix n’est chargé pour ce compteur à cette date. Le siège doit envoyer le tarif {tariff}.',
  'error.tariff-missing.customer': 'Le prix pour votre compteur n’est pas encore disponible ici.',
  'error.account-incomplete.cashier':
    'Le prix de ce compteur dépend de : {missing}, inconnu ici. Demandez au siège de compléter le compte ; rien n’a été vendu.',
  'error.account-incomplete.customer':
    'Le compte de ce compteur doit d’abord être complété. Adressez-vous au distributeur.',
  'error.tariff-refused.cashier':
    'Le prix de ce compteur ne peut pas être calculé pour ce montant ({reason, select, change {son tarif rend ce qui reste de l’argent, ce que ce poste ne fait pas encore} other {{reason}}}). Rien n’a été vendu.',
  'error.tariff-refused.customer': 'Le prix pour ce montant ne peut pas être calculé ici.',
  'error.sale-in-doubt.cashier':
    'On ne sait pas si le code a été créé. La vente est conservée ; appuyez sur Entrée pour interroger de nouveau le module. Ne vendez plus à ce compteur.',
  'error.sale-in-doubt.customer':
    'Votre argent est enregistré. La machine doit vérifier un point avant de donner le code.',
  'error.meter-has-open-sale.cashier':
    'Une vente précédente à ce compteur n’est pas encore réglée (reçu {receiptNumber}). Réglez-la d’abord.',
  'error.meter-has-open-sale.customer': 'Un achat précédent pour votre compteur doit d’abord être terminé.',
  'error.sale-unknown.cashier': 'Cette vente n’existe pas dans les livres de ce poste.',
  'error.sale-unknown.customer': 'Je ne trouve pas cet achat.',
  'error.token-mismatch.cashier':
    'Le code du module ne correspond pas à la vente, il n’est donc pas affiché. La vente avec ce module est arrêtée. Appelez votre responsable.',
  'error.token-mismatch.customer':
    'La machine est en panne et ne peut pas donner de codes. Votre argent est enregistré.',
  'error.module-locked.cashier':
    'Le module de sécurité est verrouillé. Un responsable doit l’ouvrir avec sa phrase secrète.',
  'error.module-locked.customer': 'La machine ne peut pas créer de codes en ce moment.',
  'error.module-passphrase.cashier': 'La phrase secrète n’est pas correcte. Les clés restent fermées.',
  'error.module-passphrase.customer': 'La machine ne peut pas créer de codes en ce moment.',
  'error.module-file.cashier':
    '{reason, select, missing {Il n’y a pas de fichier de clés à l’endroit prévu.} unreadable {Ce compte ne peut pas lire le fichier de clés.} unwritable {Le fichier de clés ne peut pas être écrit : vérifiez le disque et les droits de ce compte.} foreign {Le fichier à l’endroit prévu n’est pas un fichier de clés Kioskwatt.} truncated {Le fichier de clés est tronqué. Remettez une copie.} changed {Le fichier de clés a été modifié depuis son écriture. Remettez une copie.} newer {Le fichier de clés a été écrit par un Kioskwatt plus récent. Réinstallez ce programme.} profile {Le fichier de clés a été fait pour un autre type de poste.} exists {Il y a déjà un fichier de clés ; il est resté tel quel.} duplicate {Cette clé est déjà dans le fichier.} size {La clé n’a pas la taille requise par ses compteurs.} parity {La parité de la clé est fausse, donc un de ses chiffres est faux.} attributes {Un détail de la clé est hors limites.} other {Le fichier de clés ne peut pas être utilisé ({reason}).}} Les clés restent fermées.',
  'error.module-file.customer': 'La machine ne peut pas créer de codes en ce moment.',
  'error.module-no-key.cashier':
    'Pas de clé de vente pour le groupe {sgc}, révision {krn}. Ce compteur ne peut pas être servi ici.',
  'error.module-no-key.customer': 'Votre compteur ne peut pas être servi à ce guichet.',
  'error.module-key-expired.cashier':
    'La clé de vente du groupe {sgc} a expiré. Le siège doit en charger une nouvelle.',
  'error.module-key-expired.customer': 'Votre compteur ne peut pas être servi à ce guichet aujourd’hui.',
  'error.module-base-date.cashier':
    'La clé de vente du groupe {sgc}, révision {krn}, compte le temps depuis une autre année que ce compteur ({baseDate}). Le siège doit examiner la fiche du compteur.',
  'error.module-base-date.customer': 'Votre compteur ne peut pas être servi à ce guichet.',
  'error.module-key-type.cashier':
    'La clé de vente du groupe {sgc} est d’un type qui ne peut pas créer de crédit ({keyType}). Le compteur a d’abord besoin d’un changement de clé.',
  'error.module-key-type.customer': 'Votre compteur ne peut pas être servi à ce guichet.',
  'error.module-key-not-active.cashier':
    'La clé de vente du groupe {sgc}, révision {krn}, ne peut pas encore être utilisée. Vérifiez la date de l’ordinateur, ou attendez son premier jour.',
  'error.module-key-not-active.customer': 'Votre compteur ne peut pas être servi à ce guichet aujourd’hui.',
  'error.module-request.cashier':
    'Le module de sécurité ne peut pas créer de code pour la fiche de ce compteur ({reason}). Rien n’a été créé.',
  'error.module-request.customer': 'Votre compteur ne peut pas être servi à ce guichet.',
  'error.module-tampered.cashier':
    'Le module de sécurité signale qu’on l’a forcé. La vente avec ce module est arrêtée. Appelez votre responsable ; le module retourne chez son fabricant.',
  'error.module-tampered.customer': 'La machine ne peut pas créer de codes en ce moment.',
  'error.module-application.cashier':
    'Le module de sécurité a une panne interne. La vente avec ce module est arrêtée. Appelez votre responsable, qui l’éteindra et le rallumera.',
  'error.module-application.customer':
    'Votre argent est enregistré. La machine doit vérifier un point avant de donner le code.',
  'error.module-timeout.cashier':
    'Le module de sécurité n’a pas répondu à temps. La vente est conservée ; vérifiez son câble, puis interrogez-le de nouveau.',
  'error.module-timeout.customer':
    'Votre argent est enregistré. La machine doit vérifier un point avant de donner le code.',
  'error.module-at-work.cashier':
    'Le module est peut-être encore en train de créer ce code. La vente est conservée ; attendez une demi-minute, puis interrogez-le de nouveau.',
  'error.module-at-work.customer':
    'Votre argent est enregistré. La machine doit vérifier un point avant de donner le code.',
  'error.module-unknown-reply.cashier':
    'Le module de sécurité a donné une réponse incompréhensible. La vente est conservée ; interrogez-le de nouveau ou appelez votre responsable.',
  'error.module-unknown-reply.customer':
    'Votre argent est enregistré. La machine doit vérifier un point avant de donner le code.',
  'error.module-not-stopped.cashier': 'Le module {moduleId} n’est pas arrêté : il fonctionne déjà.',
  'error.module-not-stopped.customer': 'La machine ne peut pas créer de codes en ce moment.',
  'error.token-kept-wrong.cashier':
    'Le code que le module garde pour cette vente est erroné et n’est pas affiché. Votre responsable met fin à la vente sous Décisions (F10).',
  'error.token-kept-wrong.customer': 'Votre argent est enregistré. Un responsable doit examiner cette vente.',
  'error.module-stopped.cashier':
    'La vente avec ce module est arrêtée après un code erroné. Appelez votre responsable.',
  'error.module-stopped.customer': 'La machine ne peut pas créer de codes en ce moment.',
  'error.clock-behind.cashier':
    'L’horloge de l’ordinateur ({clock}) est en retard sur la dernière écriture ({last}). Réglez l’horloge, puis continuez. Si l’horloge est juste, c’est qu’elle avançait alors : appelez votre responsable.',
  'error.clock-behind.customer': 'L’horloge de la machine doit d’abord être réglée.',
  'error.token-time-full.cashier':
    'Ce compteur a eu trop de codes ces dernières minutes. Attendez {minutes} minutes.',
  'error.token-time-full.customer':
    'Votre compteur vient de recevoir plusieurs codes. Le prochain pourra être créé dans quelques minutes.',
  'error.storage-failed.cashier':
    'Le disque a signalé une panne ({reason}). La vente est arrêtée pour que rien ne se perde. Appelez votre responsable.',
  'error.storage-failed.customer': 'La machine est en panne et ne peut pas vendre en ce moment.',
  'error.printer-unreachable.cashier':
    'L’imprimante à {address} ne répond pas. Vérifiez son alimentation et son câble, puis appuyez sur F5 pour imprimer. Le code est en sûreté.',
  'error.printer-unreachable.customer':
    'L’imprimante ne répond pas. Votre code est en sûreté ; je peux vous le lire.',
  'error.print-job-unknown.cashier': 'Cette impression n’existe pas.',
  'error.print-job-unknown.customer': 'Il n’y a rien à imprimer.',
  'error.folder-full.cashier':
    'Le disque qui contient {folder} est plein. Rien n’a été modifié. Libérez au moins {megabytes} Mo, puis redémarrez.',
  'error.folder-full.customer': 'La machine ne peut pas encore démarrer.',
  'error.folder-read-only.cashier':
    'On ne peut pas écrire dans le dossier de données {folder}. Donnez à ce compte le droit d’y écrire, puis redémarrez.',
  'error.folder-read-only.customer': 'La machine ne peut pas encore démarrer.',
  'error.folder-network.cashier':
    'Le dossier de données {folder} est sur un lecteur réseau ({filesystem}). Choisissez un dossier sur le disque de cet ordinateur.',
  'error.folder-network.customer': 'La machine ne peut pas encore démarrer.',
  'error.folder-locked.cashier':
    'Kioskwatt tourne déjà sur ce dossier de données ({holder}). Utilisez cette fenêtre, ou fermez-la d’abord.',
  'error.folder-locked.customer': 'La machine est déjà en marche.',
  'error.folder-not-a-folder.cashier': 'Le dossier de données {folder} ne peut pas être utilisé : {reason}.',
  'error.folder-not-a-folder.customer': 'La machine ne peut pas encore démarrer.',
  'error.database-newer.cashier':
    'Le fichier {file} a été écrit par un Kioskwatt plus récent (version {found}, celui-ci connaît {known}). Réinstallez ce programme, ou restaurez une sauvegarde antérieure.',
  'error.database-newer.customer': 'La machine ne peut pas encore démarrer.',
  'error.database-foreign.cashier':
    'Le fichier {file} n’est pas une base de données Kioskwatt. Rien n’y a été modifié.',
  'error.database-foreign.customer': 'La machine ne peut pas encore démarrer.',
  'error.database-no-room.cashier':
    'Le disque a trop peu de place pour ouvrir {file} et l’amener à cette version. Rien n’a été modifié. Libérez environ {megabytes} Mo, puis redémarrez.',
  'error.database-no-room.customer': 'La machine ne peut pas encore démarrer.',
  'error.database-busy.cashier':
    'Un autre programme occupe {file}. Rien n’a été modifié. Fermez ce programme, puis redémarrez.',
  'error.database-busy.customer': 'La machine ne peut pas encore démarrer.',
  'error.database-unreadable.cashier':
    'Le disque n’a pas pu lire ou écrire {file} ({reason}). Rien n’a été vendu et rien n’a été modifié. Vérifiez le disque et les droits de ce compte, puis redémarrez. Ne restaurez rien tant que le fichier est seulement hors d’atteinte.',
  'error.database-unreadable.customer': 'La machine ne peut pas encore démarrer.',
  'error.database-damaged.cashier':
    'Le fichier {file} est endommagé ({reason}). Rien n’a été vendu et rien n’a été modifié. Gardez le fichier et restaurez la dernière sauvegarde vérifiée.',
  'error.database-damaged.customer': 'La machine ne peut pas encore démarrer.',
  'error.chain-broken.cashier':
    'Le journal a été modifié à la ligne {row} : {reason}. La vente est arrêtée. Appelez votre responsable.',
  'error.chain-broken.customer': 'La machine ne peut pas vendre en ce moment.',
  'error.restore-unfinished.cashier':
    'Une restauration de {folder} a été interrompue avant sa dernière étape. Rien n’est perdu : {found} se trouvent à côté. Relancez la restauration, puis démarrez.',
  'error.restore-unfinished.customer': 'La machine ne peut pas encore démarrer.',
  'error.profile-refused.cashier':
    'Ce poste ne peut pas servir en production : {reason, select, software {ses clés sont dans un fichier, et seul un module certifié peut détenir des clés qui vendent} other {{reason}}}.',
  'error.profile-refused.customer': 'La machine ne peut pas encore démarrer.',
  'error.config-invalid.cashier': 'Le réglage {path} n’est pas correct : {reason}.',
  'error.config-invalid.customer': 'La machine ne peut pas encore démarrer.',
  'error.quote-changed.cashier':
    'Le prix a changé depuis son affichage. Regardez les nouveaux chiffres, puis appuyez sur Entrée.',
  'error.quote-changed.customer': 'Le prix vient de changer. Regardez le nouveau montant, s’il vous plaît.',
  'error.cash-step.cashier': 'Les espèces vont par pas de {step}. Arrondissez le montant.',
  'error.cash-step.customer': 'La plus petite pièce ici est de {step}.',
  'error.sale-void.cashier':
    'La vente {receiptNumber} n’a pas abouti et aucun code n’a été créé. Rendez l’argent, ou vendez de nouveau.',
  'error.sale-void.customer': 'Cet achat n’a pas eu lieu. Voici votre argent.',
  'error.sale-unissued.cashier':
    'Un responsable a clos la vente {receiptNumber} : son code n’a jamais été remis.',
  'error.sale-unissued.customer': 'Un responsable a réglé cet achat.',
  'error.token-time-range.cashier':
    'L’horloge, ou la date de base {baseDate} du compteur, n’est pas juste : aucun code ne peut porter cette heure.',
  'error.token-time-range.customer': 'L’horloge de la machine doit d’abord être réglée.',
  'error.several-meters.cashier': 'Cela désigne {count} compteurs. Donnez le numéro du compteur.',
  'error.several-meters.customer':
    'Montrez-moi le numéro de votre compteur ou de votre carte, s’il vous plaît.',
  'error.config-missing.cashier': 'Le poste n’est pas encore configuré : {file} n’existe pas.',
  'error.config-missing.customer': 'La machine ne peut pas encore démarrer.',
  'error.already-open.cashier':
    'Kioskwatt est déjà ouvert sur cet ordinateur. Sa fenêtre a été mise au premier plan.',
  'error.already-open.customer': 'La machine est déjà en marche.',
  'error.training-only.cashier': 'Ceci n’existe qu’en formation.',
  'error.training-only.customer': 'Ceci n’existe qu’en formation.',
  'error.warning-duplicate.cashier':
    'Le compteur {meter} a acheté le même montant il y a {minutes, plural, one {# minute} other {# minutes}} (reçu {receiptNumber}). Demandez au client ; Entrée vend de nouveau, Échap revient.',
  'error.warning-duplicate.customer':
    'Le même montant vient d’être acheté pour le compteur {meter}. Le voulez-vous encore une fois ?',
  'error.warning-paid-twice.cashier':
    'Le compte du compteur {meter} a reçu le même montant il y a {minutes, plural, one {# minute} other {# minutes}} (reçu {receiptNumber}). Demandez au client ; Entrée l’encaisse de nouveau, Échap revient.',
  'error.warning-paid-twice.customer':
    'Le même montant vient d’être payé pour le compteur {meter}. Voulez-vous le payer encore une fois ?',
  'error.warning-unusual-amount.cashier':
    'C’est beaucoup plus que les achats habituels du compteur {meter} (au plus {usual}). Relisez le numéro au client ; Entrée vend, Échap revient.',
  'error.warning-unusual-amount.customer':
    'C’est beaucoup plus que d’habitude. Le numéro de compteur {meter} est-il juste ?',
  'error.warning-new-meter.cashier':
    'Le compteur {meter} n’a jamais rien acheté ici ; ce téléphone achetait jusqu’ici pour le compteur {usual}. Relisez le numéro au client ; Entrée vend, Échap revient.',
  'error.warning-new-meter.customer':
    'Jusqu’ici, vous achetiez pour le compteur {usual}. Le numéro de compteur {meter} est-il juste ?',
  'error.limit-per-sale.cashier':
    'Une vente ici est de {limit} au plus. Prenez un montant plus petit, ou demandez à un responsable.',
  'error.limit-per-sale.customer': 'Un achat ici est de {limit} au plus.',
  'error.limit-per-meter-day.cashier':
    'Ce compteur peut acheter {limit} par jour ici ; il reste {left} aujourd’hui.',
  'error.limit-per-meter-day.customer': 'Votre compteur peut encore acheter {left} aujourd’hui.',
  'error.limit-per-operator-day.cashier':
    'Vous pouvez vendre {limit} par jour ; il reste {left} aujourd’hui. Demandez à un responsable.',
  'error.limit-per-operator-day.customer': 'Ce guichet ne peut pas vendre autant aujourd’hui.',
  'error.limit-per-operator-shift.cashier':
    'Vous pouvez vendre {limit} par service ; il reste {left}. Demandez à un responsable.',
  'error.limit-per-operator-shift.customer': 'Ce guichet ne peut pas vendre autant pour le moment.',
  'error.sale-not-in-doubt.cashier': 'La vente {receiptNumber} est réglée : il n’y a rien à clore.',
  'error.sale-not-in-doubt.customer': 'Cet achat est réglé.',
  'error.sale-under-way.cashier':
    'Le module répond en ce moment pour cette vente. Regardez de nouveau dans quelques secondes.',
  'error.sale-under-way.customer': 'La machine termine votre achat.',
  'error.database-missing.cashier':
    '{file} n’existe pas, ou ne contient rien. Dans un dossier qui a déjà servi, rien n’est recommencé : remettez le fichier, ou restaurez la dernière sauvegarde vérifiée. Dans un nouveau dossier, démarrez d’abord le poste.',
  'error.database-missing.customer': 'La machine ne peut pas encore démarrer.',
  'error.profile-differs.cashier':
    'Ce dossier appartient à un poste {found} et a été ouvert comme {wanted}. Choisissez le bon dossier ou le bon profil.',
  'error.profile-differs.customer': 'La machine ne peut pas encore démarrer.',
  'error.backup-target.cashier':
    '{reason, select, insideData {Le dossier de sauvegarde {folder} est dans le dossier de données. Choisissez un dossier sur un autre disque.} notAFolder {Le dossier de sauvegarde {folder} n’est pas là. Branchez le disque ou créez le dossier, puis réessayez.} noRoom {Il n’y a pas de place pour une sauvegarde dans {folder} (il manque {detail} octets). Utilisez un autre disque ; le programme ne supprime jamais d’anciennes sauvegardes.} other {On ne peut pas écrire dans le dossier de sauvegarde {folder} ({detail}). Vérifiez le disque et les droits de ce compte.}} Aucune sauvegarde n’a été faite.',
  'error.backup-target.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.backup-source.cashier':
    'Le dossier {folder} n’est pas celui des données d’un poste : {file} manque. Aucune sauvegarde n’a été faite.',
  'error.backup-source.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.backup-same-disk.cashier':
    'La sauvegarde se trouve sur le même disque que les livres et serait perdue avec eux. Faites régler un dossier de sauvegarde sur un autre disque, puis sauvegardez de nouveau.',
  'error.backup-same-disk.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.backup-incomplete.cashier':
    'La sauvegarde {backup} a été interrompue pendant sa création et ne compte pas. Utilisez-en une plus ancienne.',
  'error.backup-incomplete.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.backup-changed.cashier':
    'La sauvegarde {backup} n’est pas telle qu’elle a été écrite : {file} {reason, select, missing {manque} size {a une autre taille} unexpected {n’a rien à y faire} other {a été modifié}}. Utilisez-en une plus ancienne.',
  'error.backup-changed.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.restore-target.cashier':
    'Rien n’a été restauré dans {folder} : {reason, select, insideBackup {il est dans la sauvegarde, ou la sauvegarde est dedans} noParent {le dossier au-dessus n’existe pas} notAFolder {ce n’est pas un dossier} other {{reason}}}.',
  'error.restore-target.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.restore-clock.cashier':
    'L’horloge de l’ordinateur indique {clock}, le plus récent connu ici date de {last}. Si l’horloge est fausse, réglez-la. Si elle est juste, redonnez la commande avec --clock-is-right. Rien n’a été changé.',
  'error.restore-clock.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.export-target.cashier':
    'Rien n’a été exporté vers {folder} : {reason, select, notEmpty {le dossier n’est pas vide} other {{reason}}}.',
  'error.export-target.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.disk-full.cashier':
    'Le disque est presque plein (il reste {megabytes} Mo). La vente s’arrête ici pour que ce qui a été vendu reste en sûreté. Libérez de la place ou appelez votre responsable.',
  'error.disk-full.customer': 'La machine ne peut pas vendre en ce moment.',
  'error.request-differs.cashier':
    'Cette demande était pour une autre vente (reçu {receiptNumber}). Rien n’a été vendu. Recommencez la vente.',
  'error.request-differs.customer': 'Je dois recommencer votre achat.',
  'error.recall-not-restored.cashier':
    'Ce dossier n’a pas été restauré d’une sauvegarde, il n’y a donc rien à ramener.',
  'error.recall-not-restored.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.slip-file.cashier':
    'Le fichier {path} n’est pas un fichier de tickets : {reason, select, missing {il n’est pas là} other {{reason}}}. Rien n’a été ramené.',
  'error.slip-file.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.slip-refused.cashier':
    'Ticket {receipt} : {reason, select, receipt {ce n’est pas un numéro que le poste a donné avant la restauration} taken {les livres ont une autre vente sous ce numéro ou ce code} open {la vente est ouverte dans les livres ; réglez-la là} ended {dans les livres, la vente a pris fin sans code ; son argent a été rendu ou est allé à une autre vente} time {cette heure n’existe pas} after {son heure est après la restauration} before {son heure est avant la sauvegarde, qui l’aurait} meter {le compteur n’est pas dans le répertoire} reference {son numéro de paiement a payé une autre vente} token {le code n’est pas bon pour ce compteur avec sa clé} kind {seul un achat avec un seul code de crédit revient du papier} minute {le code a été fait pour une autre heure} units {le code porte d’autres unités} other {{reason}}}. Rien n’a été ramené.',
  'error.slip-refused.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.recall-unreadable.cashier': 'L’export ne peut pas être lu. Rien n’a été ramené.',
  'error.recall-unreadable.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
  'error.recall-not-following.cashier':
    'L’export ne fait pas suite aux livres de ce dossier, ou a été modifié. Rien n’a été ramené.',
  'error.recall-not-following.customer': 'On s’occupe des données de la machine ; cela prend un instant.',
};
