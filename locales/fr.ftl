### Channel Connect in French (“vous”).

## The app

app-name = Channel Connect
footer-label = À propos de cette application
footer-privacy = Politique de confidentialité
footer-license = Contrat de licence
footer-support = Assistance
theme-dark = Mode sombre

## Connecting a channel

connect-title = Connecter un canal ouvert
connect-lead = Ajoutez à votre Bitrix24 le chat d’un fournisseur, d’un partenaire ou d’une équipe d’assistance. Vos collègues écrivent au canal comme à n’importe qui d’autre dans le Messenger.
connect-portal = Votre Bitrix24 : { $portal }
connect-form-title = Ajouter un canal
code-label = Code ou lien du canal
code-hint = Un code comporte 32 caractères : des chiffres et les lettres de a à f. Un lien qui contient le code convient tout aussi bien.
connect-button = Connecter le canal
connect-scope = Le canal sera connecté pour l’ensemble de votre Bitrix24, pas seulement pour vous.
connect-form-other-title = Ajouter un autre canal
connect-admins-only = Dans cette application, seuls les administrateurs de votre Bitrix24 peuvent connecter des canaux.
offered-title = Canaux pour vous
offered-wanted = Le lien que vous avez suivi concerne ce canal.
offered-connected = Connecté
offered-connect-again = Connecter à nouveau
custom-codes-off-title = Il n’y a rien à saisir ici
custom-codes-off = L’éditeur de cette application a désactivé la saisie de codes de canal de votre choix.

## While a code is being typed

code-recognized = Code de canal reconnu :
code-typed = Caractères saisis : { $typed } sur 32

## While Bitrix24 is working

busy = Connexion du canal…
busy-still = Bitrix24 traite encore la demande. C’est normal et cela peut prendre jusqu’à une minute.
busy-long = Toujours en attente de Bitrix24. Laissez cette page ouverte : le résultat s’affichera ici.

## Where the code comes from

help-title = Où trouver le code ?
help-ask = Demandez-le à l’entreprise dont vous souhaitez connecter le canal. Elle vous enverra un code ou un lien.
help-link = Un lien ressemble généralement à ceci. Collez-le tel quel ; le code est la partie qui suit « networkLines ».
help-paste = Collez-le ici et cliquez sur « { connect-button } ».
help-picture = Dessin : le canal Réseau Bitrix24 dans le Centre de contact, avec le code et le lien du canal mis en évidence.
help-picture-code = Code
help-picture-link = Lien
help-own-title = Vous partagez votre propre canal ?
help-own = Vous trouverez son code et son lien dans le Centre de contact de votre Bitrix24, dans le canal Réseau Bitrix24.

## After connecting

connected-title = Le canal est connecté
connected-text = Il est connecté pour l’ensemble de votre Bitrix24 : tous vos collègues peuvent le trouver dans le Messenger et lui écrire.
connected-next = Personne n’a reçu de message. Le message d’accueil du canal s’affiche lorsque quelqu’un ouvre le chat pour la première fois.
connected-next-welcome = Le canal vous enverra peut-être un message de bienvenue. Personne d’autre n’a reçu de message.
open-chat = Ouvrir le chat
open-chat-label = Ouvrir le chat avec le canal { $code }
not-connected-title = Le canal n’a pas été connecté
connect-unsure-title = Il n’est pas certain que le canal soit connecté
retry-button = Réessayer
reopen-button = Rouvrir l’application
page-offline = Cette page n’a pas pu joindre l’application.
    .next = Vérifiez votre connexion Internet, puis réessayez. Vous pouvez réessayer sans risque : un canal ne peut pas être connecté deux fois.

## The list of connected channels

connections-title = Canaux connectés
connected-on = Connecté le { $date }
connected-by = Connecté par :
connected-by-you = Vous
connected-by-user = Utilisateur { $id }
connections-range = { $first }–{ $last } sur { $total }
connections-newer = Plus récents
connections-older = Plus anciens
connections-pages = Pages de la liste
connections-empty-title = Aucun canal pour le moment
connections-empty = Les canaux que vous connectez s’afficheront ici, chacun avec un lien vers son chat.
disconnect-title = Comment déconnecter un canal ?
disconnect-text = Un administrateur de votre Bitrix24 ouvre le chat du canal et envoie le message /unregister. Désinstaller cette application ne déconnecte aucun canal.

## Installing

install-title = Installation de { app-name }
install-lead = { app-name } connecte à votre Bitrix24 les chats de vos fournisseurs, de vos partenaires et de vos équipes d’assistance. Il suffit du code ou du lien du canal.
install-verified = Bitrix24 confirme l’application
install-prepared = L’application se prépare pour votre Bitrix24
install-finishing = Bitrix24 termine l’installation
install-done = C’est fait. Bitrix24 ouvre l’application.
install-wait = L’application va s’ouvrir d’elle-même dans un instant. Vous n’avez rien à faire.
install-stuck-title = Bitrix24 n’a pas encore répondu
install-stuck = L’installation est prête, mais cette page n’a pas pu le signaler à Bitrix24.
    .next = Fermez cette page et rouvrez { app-name } dans votre Bitrix24. L’installation reprendra là où elle s’est arrêtée.
install-failed-title = L’installation n’a pas pu aboutir
install-again = Rouvrir { app-name } dans votre Bitrix24 relance aussi l’installation depuis le début.
unbound = Cette application doit être prévenue lorsqu’elle est mise à jour ou désinstallée, mais nous n’avons pas pu demander à votre Bitrix24 de l’en avertir.
    .next = Réessayez dans quelques minutes. Si cela se reproduit, écrivez à notre équipe d’assistance.
step-done = Terminé
step-running = En cours
step-waiting = Pas encore commencé
step-failed = Échec

## Outside Bitrix24

landing-title = Ouvrez cette application dans Bitrix24
landing-title-or = Ou ouvrez cette application dans Bitrix24
landing-text = { $app } fonctionne dans votre Bitrix24 : il n’y a donc rien à voir à cette adresse.
landing-step-sign-in = Connectez-vous à votre Bitrix24.
landing-step-open = Ouvrez { $app } depuis le menu de gauche, ou retrouvez cette application dans le Market, parmi vos applications installées.
landing-step-install = Pas encore installée ? Un administrateur peut l’installer depuis le Market.

## Signing in outside Bitrix24

sign-in-title = Connecter des canaux à votre Bitrix24
sign-in-lead = Saisissez l’adresse de votre Bitrix24. C’est là qu’il vous sera demandé de vous identifier ; votre mot de passe reste chez Bitrix24.
portal-label = Adresse de votre Bitrix24
portal-hint = Elle ressemble à acme.bitrix24.com. L’adresse de n’importe quelle page de votre Bitrix24 convient tout aussi bien.
sign-in-button = Continuer
sign-in-from-link = Vous avez suivi un lien pour arriver ici. Ne continuez que s’il s’agit de l’adresse de votre propre Bitrix24.
portal-empty = Il manque encore l’adresse.
    .next = Saisissez l’adresse de votre Bitrix24, puis cliquez sur « { sign-in-button } ».
portal-unreadable = Cela ne ressemble pas à l’adresse d’un Bitrix24.
    .next = Ouvrez votre Bitrix24, copiez le contenu de la barre d’adresse du navigateur et collez-le ici.
portal-incomplete = Ce n’est qu’une partie d’une adresse.
    .next = Saisissez l’adresse complète, par exemple acme.bitrix24.com.
portal-private = Cette adresse n’est pas accessible depuis Internet : cette application ne peut donc pas l’utiliser.
    .next = Saisissez l’adresse à laquelle votre Bitrix24 est accessible de l’extérieur, ou demandez-la à votre administrateur.
sign-in-elsewhere = Ce n’est pas le vôtre ?
# “Vous n’êtes pas connecté(e)” would have to say “he” or “she”; “connexion” alone would sound like the network
sign-in-failed-title = Vous n’avez pas pu vous connecter
sign-in-again = Se reconnecter
sign-in-again-next = Connectez-vous à nouveau avec votre Bitrix24. Les canaux que vous avez connectés le restent.
sign-in-state = Cette tentative de connexion a déjà été utilisée, ou elle n’a pas commencé dans ce navigateur. Nous n’avons rien fait.
    .next = Connectez-vous à nouveau à partir d’ici ; actualiser cette page ne sert à rien. Si cela se produit à chaque fois, autorisez votre navigateur à accepter les cookies de cette adresse.
sign-in-too-late = Plus de dix minutes se sont écoulées depuis que vous avez commencé à vous connecter.
    .next = Connectez-vous à nouveau. Pour votre sécurité, chaque tentative n’est valable que dix minutes.
sign-in-another-portal = Cette tentative de connexion concerne un autre Bitrix24 que celui dont vous avez saisi l’adresse. Nous n’avons rien fait.
    .next = Si votre Bitrix24 a une nouvelle adresse, saisissez celle-ci. Si vous ne savez pas pourquoi vous voyez cette page, fermez-la simplement.
sign-in-code = Bitrix24 n’accepte plus cette tentative de connexion : elle a déjà été utilisée ou a pris trop de temps.
    .next = Connectez-vous à nouveau.
sign-in-incomplete = Cette page a été ouverte sans les informations que Bitrix24 transmet après la connexion.
    .next = Commencez par saisir l’adresse de votre Bitrix24.

## Titles of pages that only say what went wrong

notice-title-open = L’application n’a pas pu être ouverte
notice-title-install = L’application n’a pas pu être installée
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = Il manque encore un code de canal.
    .next = Collez le code ou le lien que vous avez reçu, puis cliquez sur « { connect-button } ».
code-not-hex = Cela ne ressemble pas à un code de canal : un code ne contient que des chiffres et les lettres de a à f.
    .next = Copiez à nouveau le code ou le lien, exactement tel qu’il vous a été envoyé, et collez-le ici.
code-wrong-length = Ce code est trop court ou trop long : un code de canal comporte exactement 32 caractères.
    .next = Une partie s’est peut-être perdue lors de la copie. Copiez le code entier, ou le lien entier, et collez-le à nouveau.
code-several = Le texte que vous avez collé contient plusieurs codes de canal.
    .next = Connectez les canaux l’un après l’autre : collez un seul code ou lien à la fois.

## Bitrix24 says no to the channel

invalid-code = Bitrix24 n’a pas accepté ce code de canal.
    .next = Demandez à l’entreprise qui gère le canal son code ou son lien actuel, et collez-le.
not-found = Bitrix24 ne connaît aucun canal avec ce code.
    .next = Vérifiez que le code est complet. Si c’est le cas, le canal a peut-être été supprimé : demandez un nouveau code à l’entreprise qui le gère.
inactive = Ce canal existe, mais l’entreprise qui le gère l’a désactivé.
    .next = Demandez-lui d’activer le canal, puis réessayez.
refused-bot = Votre Bitrix24 n’a pas pu créer le chat de ce canal.
    .next = Réessayez dans quelques minutes. Si cela se reproduit, l’assistance de Bitrix24 pourra en trouver la cause.
refused-network = Votre Bitrix24 n’a pas pu joindre le Réseau Bitrix24, où se trouve le canal.
    .next = Réessayez dans quelques minutes. Le code lui-même est peut-être tout à fait correct.
refused-answer = Le Réseau Bitrix24 a envoyé à votre Bitrix24 une réponse que celui-ci n’a pas pu lire.
    .next = Réessayez dans quelques minutes. Si cela se reproduit, signalez-le à l’assistance de Bitrix24.
refused-module = Les canaux ouverts ne sont pas disponibles dans votre Bitrix24.
    .next = Demandez à un administrateur d’activer les canaux ouverts dans votre Bitrix24, puis réessayez.
refused-unknown = Bitrix24 n’a pas connecté le canal et n’a donné aucune raison que nous puissions vous montrer.
    .next = Vérifiez le code et réessayez. Si cela ne fonctionne toujours pas, écrivez à notre équipe d’assistance.
offered-gone = Bitrix24 ne connaît plus ce canal.
    .next = C’est l’éditeur de cette application qui le propose et il peut y remédier : écrivez à notre équipe d’assistance.
offered-refused =
    .next = Réessayez dans quelques minutes. Si cela ne fonctionne toujours pas, écrivez à notre équipe d’assistance.
offered-not-admin =
    .next = Demandez à un administrateur d’ouvrir cette application et de connecter le canal.
refused-not-offered = Les codes autres que ceux proposés ici sont désactivés dans cette application.
    .next = Demandez à l’entreprise qui vous a fourni cette application quels canaux vous sont destinés.

## Who may

session-expired = Cette page est restée ouverte longtemps et, pour votre sécurité, elle n’est plus valable.
    .next = Fermez l’application et rouvrez-la dans votre Bitrix24. Les canaux que vous avez connectés le restent.
reopen-app = Bitrix24 a mis fin à l’accès qu’il avait accordé à cette application en votre nom.
    .next = Fermez l’application et rouvrez-la dans votre Bitrix24 : l’accès sera renouvelé.
forged = Nous n’avons pas pu confirmer que cette page a été ouverte par votre Bitrix24 : nous n’avons donc rien fait.
    .next = Ouvrez l’application depuis le menu de votre Bitrix24, et non par un lien trouvé ailleurs.
not-admin = Seuls les administrateurs de votre Bitrix24 peuvent connecter des canaux.
    .next = Envoyez le code à un administrateur et demandez-lui de connecter le canal ici.
missing-scope = Cette application n’a pas reçu l’autorisation d’utiliser les canaux ouverts. C’est notre erreur, pas la vôtre.
    .next = Écrivez à notre équipe d’assistance en mentionnant l’autorisation « imopenlines ». Réessayer ne servira à rien tant qu’elle n’aura pas été accordée.
missing-credentials = Votre compte dans Bitrix24 n’a pas les droits nécessaires pour connecter un canal.
    .next = Demandez à un administrateur les droits d’utilisation des canaux ouverts, ou demandez-lui de connecter le canal.
access-restricted = Votre Bitrix24 ne vous autorise pas à utiliser cette application.
    .next = Demandez à un administrateur de vous y donner accès dans les paramètres de l’application.
wrong-auth-type = Votre Bitrix24 n’accepte pas ce type d’accès pour connecter des canaux.
    .next = Fermez l’application et rouvrez-la dans votre Bitrix24. Si cela se reproduit, écrivez à notre équipe d’assistance.
plan-required = Le plan de votre Bitrix24 ne permet pas aux applications d’y accéder.
    .next = Un administrateur peut choisir un plan qui inclut les applications, ou démarrer une période d’essai, dans les paramètres de Bitrix24.
payment-required = La période payée ou la période d’essai de cette application est terminée.
    .next = Un administrateur peut renouveler l’abonnement dans Bitrix24 Market.
not-installed = Selon Bitrix24, cette application n’est pas installée.
    .next = Demandez à un administrateur de l’installer depuis le Market, puis rouvrez-la.

## Not now

rate-limited = Votre Bitrix24 reçoit beaucoup de requêtes et a demandé aux applications d’en envoyer moins.
    .next =
        { $seconds ->
            [one] Réessayez dans { $seconds } seconde.
            [many] Réessayez dans { $seconds } de secondes.
           *[other] Réessayez dans { $seconds } secondes.
        }
too-many-refusals = Ces derniers temps, trop de tentatives d’ouverture de cette application n’ont pas pu être confirmées. Elles venaient de votre réseau ou étaient faites au nom de votre Bitrix24.
    .next =
        { $seconds ->
            [one] Réessayez dans { $seconds } seconde. Les canaux que vous avez connectés le restent.
            [many] Réessayez dans { $seconds } de secondes. Les canaux que vous avez connectés le restent.
           *[other] Réessayez dans { $seconds } secondes. Les canaux que vous avez connectés le restent.
        }
overloaded = Trop de personnes utilisent cette application en ce moment pour qu’elle puisse toutes les servir à la fois.
    .next = Réessayez dans quelques secondes. Rien n’a été perdu.
operation-limited = Votre Bitrix24 limite le temps de traitement accordé aux applications, et ce temps est épuisé pour l’instant.
    .next =
        { $minutes ->
            [one] Réessayez dans { $minutes } minute.
            [many] Réessayez dans { $minutes } de minutes.
           *[other] Réessayez dans { $minutes } minutes.
        }
portal-overloaded = Bitrix24 a bloqué toutes les requêtes des applications vers votre Bitrix24 en raison d’une charge trop élevée.
    .next = Réessayer ne sert à rien. Un administrateur peut demander à l’assistance de Bitrix24 quand les requêtes seront à nouveau autorisées.
portal-closed = Votre Bitrix24 est temporairement fermé.
    .next = Revenez lorsqu’il sera rouvert. Rien n’a été perdu.
portal-licence = Les applications ne peuvent pas utiliser votre Bitrix24 pour l’instant : il renvoie une page concernant sa licence.
    .next = Demandez à un administrateur d’ouvrir votre Bitrix24 et de vérifier son abonnement.
portal-failed = Votre Bitrix24 a rencontré une erreur interne.
    .next = Réessayez dans quelques minutes. Si cela se reproduit, signalez-le à l’assistance de Bitrix24.
portal-unreachable = Nous n’avons pas pu joindre votre Bitrix24.
    .next = Réessayez dans quelques minutes. Si votre Bitrix24 est installé sur votre propre serveur, un administrateur peut vérifier qu’il est accessible depuis Internet.
bitrix24-unavailable = Le service de Bitrix24 qui confirme votre identité ne répond pas pour le moment.
    .next = Réessayez dans quelques minutes. Vous n’avez rien à réinstaller.
storage-unavailable = Notre base de données ne répond pas pour le moment. C’est notre faute.
    .next = Réessayez dans quelques minutes. Vous n’y êtes pour rien.
timeout = Votre Bitrix24 n’a pas répondu à temps.
    .next = Le canal a peut-être tout de même été connecté. Vous pouvez réessayer sans risque : il ne peut pas être connecté deux fois.
internal = Un problème est survenu de notre côté.
    .next = Réessayez. Si cela se reproduit, écrivez à notre équipe d’assistance.
bad-request = Nous n’avons pas pu comprendre ce que cette page nous a envoyé.
    .next = Fermez l’application, rouvrez-la dans votre Bitrix24 et réessayez.
too-large = Le texte que vous avez envoyé est beaucoup trop long pour un code de canal.
    .next = Collez uniquement le code ou le lien, sans le message qui l’entoure.
