### Channel Connect in German (formal “Sie”).

## The app

app-name = Channel Connect
footer-label = Über diese App
footer-privacy = Datenschutzerklärung
footer-license = Lizenzvertrag
footer-support = Support
theme-dark = Dunkelmodus

## Connecting a channel

connect-title = Kommunikationskanal verbinden
connect-lead = Holen Sie den Chat eines Anbieters, Partners oder Supportteams in Ihr Bitrix24. Ihre Kollegen schreiben dem Kanal im Messenger genauso wie allen anderen.
connect-portal = Ihr Bitrix24: { $portal }
connect-form-title = Kanal hinzufügen
code-label = Code oder Link des Kanals
code-hint = Ein Code hat 32 Zeichen: Ziffern und die Buchstaben a bis f. Ein Link, der den Code enthält, funktioniert genauso gut.
connect-button = Kanal verbinden
connect-scope = Der Kanal wird für Ihr gesamtes Bitrix24 verbunden, nicht nur für Sie.
connect-form-other-title = Weiteren Kanal hinzufügen
connect-admins-only = Kanäle verbinden können in dieser App nur Administratoren Ihres Bitrix24.
offered-title = Kanäle für Sie
offered-wanted = Der Link, dem Sie gefolgt sind, gehört zu diesem Kanal.
offered-connected = Verbunden
offered-connect-again = Erneut verbinden
custom-codes-off-title = Noch keine Kanäle verfügbar
custom-codes-off = In dieser App lassen sich nur Kanäle verbinden, die der Herausgeber anbietet, und zurzeit bietet er keinen an.

## While a code is being typed

code-recognized = Kanalcode erkannt:
code-typed = Zeichen bisher: { $typed } von 32

## While Bitrix24 is working

busy = Der Kanal wird verbunden …
busy-still = Bitrix24 arbeitet noch daran. Das ist normal und kann bis zu einer Minute dauern.
busy-long = Wir warten noch auf Bitrix24. Bitte lassen Sie diese Seite geöffnet: Das Ergebnis erscheint hier.

## Where the code comes from

help-title = Wo finde ich den Code?
help-ask = Fragen Sie das Unternehmen, dessen Kanal Sie verbinden möchten. Sie erhalten von dort einen Code oder einen Link.
help-link = Ein Link sieht meist so aus. Fügen Sie ihn unverändert ein; der Code ist der Teil nach „networkLines“.
help-paste = Fügen Sie den Code oder Link hier ein und klicken Sie auf „{ connect-button }“.
help-picture = Zeichnung: der Kanal Bitrix24.Network im Contact Center; Code und Link des Kanals sind markiert.
help-picture-code = Code
help-picture-link = Link
help-own-title = Eigenen Kanal teilen?
help-own = Code und Link finden Sie im Contact Center Ihres Bitrix24, im Kanal Bitrix24.Network.

## After connecting

connected-title = Der Kanal ist verbunden
connected-text = Er ist für Ihr gesamtes Bitrix24 verbunden: Alle Ihre Kollegen können ihn im Messenger finden und ihm schreiben.
connected-next = Es wurde niemandem eine Nachricht gesendet. Die Begrüßung des Kanals erscheint, wenn jemand den Chat zum ersten Mal öffnet.
connected-next-welcome = Der Kanal schickt Ihnen vielleicht eine Begrüßung. Sonst wurde niemandem eine Nachricht gesendet.
open-chat = Chat öffnen
open-chat-label = Chat öffnen: Kanal { $code }
not-connected-title = Der Kanal wurde nicht verbunden
connect-unsure-title = Ob der Kanal verbunden ist, steht noch nicht fest
retry-button = Erneut versuchen
reopen-button = App erneut öffnen
page-offline = Diese Seite konnte die App nicht erreichen.
    .next = Prüfen Sie Ihre Internetverbindung und versuchen Sie es dann ruhig erneut: Ein Kanal kann nicht doppelt verbunden werden.

## The list of connected channels

connections-title = Verbundene Kanäle
connected-on = Verbunden am { $date }
connected-by = Wer verbunden hat:
connected-by-you = Sie
connected-by-user = Nutzer { $id }
connections-range = { $first }–{ $last } von { $total }
connections-newer = Neuere
connections-older = Ältere
connections-pages = Seiten der Liste
connections-empty-title = Noch keine Kanäle verbunden
connections-empty = Hier erscheinen die Kanäle, die Sie verbinden, jeweils mit einem Link zum Chat.
disconnect-title = Wie trenne ich die Verbindung zu einem Kanal?
disconnect-text = Ein Administrator Ihres Bitrix24 öffnet den Chat des Kanals und sendet dort „/unregister“ als Nachricht. Wenn Sie diese App deinstallieren, bleiben die Kanäle verbunden.

## Installing

install-title = { app-name } wird installiert
install-lead = { app-name } verbindet die Chats Ihrer Anbieter, Partner und Supportteams mit Ihrem Bitrix24. Sie brauchen dafür nur den Code oder Link des Kanals.
install-verified = Bitrix24 bestätigt die App
install-prepared = Die App wird für Ihr Bitrix24 vorbereitet
install-finishing = Bitrix24 schließt die Installation ab
install-done = Fertig. Bitrix24 öffnet die App.
install-wait = Die App öffnet sich gleich von selbst. Sie müssen nichts tun.
install-stuck-title = Bitrix24 hat noch nicht geantwortet
install-stuck = Die Installation ist vorbereitet, aber diese Seite konnte Bitrix24 nicht mitteilen, dass alles fertig ist.
    .next = Schließen Sie diese Seite und öffnen Sie { app-name } noch einmal in Ihrem Bitrix24. Die Installation wird dann an derselben Stelle fortgesetzt.
install-failed-title = Die Installation konnte nicht abgeschlossen werden
install-again = Sie können { app-name } auch noch einmal in Ihrem Bitrix24 öffnen: Dann beginnt die Installation von vorn.
unbound = Diese App muss erfahren, wenn sie aktualisiert oder deinstalliert wird, aber wir konnten Ihr Bitrix24 nicht bitten, ihr das zu melden.
    .next = Versuchen Sie es in einigen Minuten erneut. Wenn das wieder passiert, schreiben Sie bitte unserem Support.
step-done = Erledigt
step-running = Läuft
step-waiting = Ausstehend
step-failed = Fehlgeschlagen

## Outside Bitrix24

landing-title = Öffnen Sie diese App in Bitrix24
landing-title-or = Oder öffnen Sie diese App in Bitrix24
landing-text = { $app } läuft in Ihrem Bitrix24, deshalb gibt es unter dieser Adresse nichts zu sehen.
landing-step-sign-in = Melden Sie sich in Ihrem Bitrix24 an.
landing-step-open = Öffnen Sie { $app } über das linke Menü oder im Market unter Ihren installierten Apps.
landing-step-install = Noch nicht installiert? Ein Administrator kann die App aus dem Market installieren.

## Signing in outside Bitrix24

sign-in-title = Kanäle mit Ihrem Bitrix24 verbinden
sign-in-lead = Geben Sie die Adresse Ihres Bitrix24 ein. Dort werden Sie gebeten, sich anzumelden; Ihr Passwort bleibt bei Bitrix24.
portal-label = Adresse Ihres Bitrix24
portal-hint = Sie sieht etwa so aus: acme.bitrix24.com. Die Adresse einer beliebigen Seite Ihres Bitrix24 funktioniert genauso gut.
sign-in-button = Weiter
sign-in-from-link = Ein Link hat Sie hierher geführt. Fahren Sie nur fort, wenn dies die Adresse Ihres eigenen Bitrix24 ist.
portal-empty = Es fehlt noch die Adresse.
    .next = Geben Sie die Adresse Ihres Bitrix24 ein und klicken Sie dann auf „{ sign-in-button }“.
portal-unreadable = Das sieht nicht nach der Adresse eines Bitrix24 aus.
    .next = Öffnen Sie Ihr Bitrix24, kopieren Sie den Inhalt der Adresszeile Ihres Browsers und fügen Sie ihn hier ein.
portal-incomplete = Das ist nur ein Teil einer Adresse.
    .next = Geben Sie die vollständige Adresse ein, zum Beispiel acme.bitrix24.com.
portal-private = Diese Adresse ist aus dem Internet nicht erreichbar, deshalb kann diese App nicht mit ihr arbeiten.
    .next = Geben Sie die Adresse ein, unter der Ihr Bitrix24 von außen erreichbar ist, oder fragen Sie Ihren Administrator danach.
sign-in-elsewhere = Nicht Ihres?
sign-in-failed-title = Sie sind nicht angemeldet
sign-in-again = Erneut anmelden
sign-in-again-next = Melden Sie sich noch einmal mit Ihrem Bitrix24 an. Bereits verbundene Kanäle bleiben verbunden.
sign-in-state = Diese Anmeldung wurde bereits verwendet oder nicht in diesem Browser begonnen. Wir haben nichts unternommen.
    .next = Melden Sie sich von hier aus noch einmal an; diese Seite neu zu laden hilft nicht. Wenn das jedes Mal passiert, erlauben Sie Ihrem Browser, Cookies von dieser Adresse anzunehmen.
sign-in-too-late = Seit Beginn Ihrer Anmeldung sind mehr als zehn Minuten vergangen.
    .next = Melden Sie sich noch einmal an. Zu Ihrer Sicherheit ist jeder Versuch nur zehn Minuten gültig.
sign-in-another-portal = Diese Anmeldung gehört zu einem anderen Bitrix24 als dem, dessen Adresse Sie eingegeben haben. Wir haben nichts unternommen.
    .next = Wenn Ihr Bitrix24 eine neue Adresse hat, geben Sie diese ein. Wenn Sie nicht wissen, warum Sie diese Seite sehen, schließen Sie sie einfach.
sign-in-code = Bitrix24 akzeptiert diese Anmeldung nicht mehr: Sie wurde bereits verwendet oder hat zu lange gedauert.
    .next = Melden Sie sich noch einmal an.
sign-in-incomplete = Diese Seite wurde ohne die Angaben geöffnet, die Bitrix24 nach der Anmeldung mitschickt.
    .next = Geben Sie zuerst die Adresse Ihres Bitrix24 ein.

## Titles of pages that only say what went wrong

notice-title-open = Die App konnte nicht geöffnet werden
notice-title-install = Die App konnte nicht installiert werden
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = Es fehlt noch ein Kanalcode.
    .next = Fügen Sie den Code oder Link ein, den Sie erhalten haben, und klicken Sie dann auf „{ connect-button }“.
code-not-hex = Das sieht nicht nach einem Kanalcode aus: Ein Code besteht nur aus Ziffern und den Buchstaben a bis f.
    .next = Kopieren Sie den Code oder Link noch einmal genau so, wie Sie ihn erhalten haben, und fügen Sie ihn hier ein.
code-wrong-length = Dieser Code ist zu kurz oder zu lang: Ein Kanalcode hat genau 32 Zeichen.
    .next = Vielleicht wurde beim Kopieren zu wenig oder zu viel erfasst. Kopieren Sie den ganzen Code oder den ganzen Link und fügen Sie ihn erneut ein.
code-several = Der eingefügte Text enthält mehr als einen Kanalcode.
    .next = Verbinden Sie die Kanäle nacheinander: Fügen Sie jedes Mal nur einen Code oder Link ein.

## Bitrix24 says no to the channel

invalid-code = Bitrix24 hat diesen Kanalcode nicht akzeptiert.
    .next = Bitten Sie das Unternehmen, das den Kanal betreibt, um den aktuellen Code oder Link und fügen Sie diesen ein.
not-found = Bitrix24 kennt keinen Kanal mit diesem Code.
    .next = Prüfen Sie, ob der Code vollständig ist. Wenn ja, wurde der Kanal möglicherweise entfernt: Bitten Sie das Unternehmen, das ihn betreibt, um einen neuen Code.
inactive = Diesen Kanal gibt es, aber das Unternehmen, das ihn betreibt, hat ihn deaktiviert.
    .next = Bitten Sie das Unternehmen, den Kanal zu aktivieren, und versuchen Sie es dann erneut.
refused-bot = Ihr Bitrix24 konnte den Chat für diesen Kanal nicht einrichten.
    .next = Versuchen Sie es in einigen Minuten erneut. Wenn das wieder passiert, kann der Bitrix24‑Support die Ursache herausfinden.
refused-network = Ihr Bitrix24 konnte Bitrix24.Network nicht erreichen, über das der Kanal läuft.
    .next = Versuchen Sie es in einigen Minuten erneut. Der Code selbst kann durchaus richtig sein.
refused-answer = Bitrix24.Network hat eine Antwort gesendet, die Ihr Bitrix24 nicht lesen konnte.
    .next = Versuchen Sie es in einigen Minuten erneut. Wenn das wieder passiert, melden Sie es bitte dem Bitrix24‑Support.
refused-module = Kommunikationskanäle sind in Ihrem Bitrix24 nicht verfügbar.
    .next = Bitten Sie einen Administrator, die Kommunikationskanäle in Ihrem Bitrix24 zu aktivieren, und versuchen Sie es dann erneut.
refused-unknown = Bitrix24 hat den Kanal nicht verbunden und keinen Grund genannt, den wir Ihnen zeigen könnten.
    .next = Prüfen Sie den Code und versuchen Sie es erneut. Wenn es dann immer noch nicht funktioniert, schreiben Sie bitte unserem Support.
offered-gone = Bitrix24 kennt diesen Kanal nicht mehr.
    .next = Der Herausgeber dieser App bietet ihn an und kann das beheben: Schreiben Sie bitte unserem Support.
offered-refused =
    .next = Versuchen Sie es in einigen Minuten erneut. Wenn es dann immer noch nicht funktioniert, schreiben Sie bitte unserem Support.
offered-not-admin =
    .next = Bitten Sie einen Administrator, diese App zu öffnen und den Kanal zu verbinden.
refused-not-offered = Dieser Code ist in dieser App nicht zugelassen.
    .next = Fragen Sie das Unternehmen, von dem Sie diese App haben, welche Kanäle für Sie vorgesehen sind.

## Who may

session-expired = Diese Seite war lange geöffnet und ist zu Ihrer Sicherheit nicht mehr gültig.
    .next = Schließen Sie die App und öffnen Sie sie erneut in Ihrem Bitrix24. Bereits verbundene Kanäle bleiben verbunden.
reopen-app = Bitrix24 hat den Zugriff beendet, den es dieser App für Sie gewährt hatte.
    .next = Schließen Sie die App und öffnen Sie sie erneut in Ihrem Bitrix24: Damit wird der Zugriff erneuert.
forged = Wir konnten nicht bestätigen, dass diese Seite von Ihrem Bitrix24 geöffnet wurde, und haben deshalb nichts unternommen.
    .next = Öffnen Sie die App über das Menü Ihres Bitrix24, nicht über einen Link von anderswo.
not-admin = Nur Administratoren Ihres Bitrix24 dürfen Kanäle verbinden.
    .next = Senden Sie den Code an einen Administrator und bitten Sie ihn, den Kanal hier zu verbinden.
missing-scope = Diese App hat keine Berechtigung erhalten, Kommunikationskanäle zu nutzen. Das ist unser Fehler, nicht Ihrer.
    .next = Schreiben Sie bitte unserem Support und nennen Sie die Berechtigung „imopenlines“. Ein neuer Versuch hilft erst, wenn sie erteilt wurde.
missing-credentials = Sie haben in Ihrem Bitrix24 nicht die nötigen Rechte, um einen Kanal zu verbinden.
    .next = Bitten Sie einen Administrator um die Rechte für Kommunikationskanäle oder bitten Sie ihn, den Kanal zu verbinden.
access-restricted = Ihr Bitrix24 erlaubt Ihnen nicht, diese App zu nutzen.
    .next = Bitten Sie einen Administrator, Ihnen in den Einstellungen der App Zugriff zu geben.
wrong-auth-type = Ihr Bitrix24 akzeptiert diese Art von Zugriff beim Verbinden von Kanälen nicht.
    .next = Schließen Sie die App und öffnen Sie sie erneut in Ihrem Bitrix24. Wenn das wieder passiert, schreiben Sie bitte unserem Support.
plan-required = Der Tarif Ihres Bitrix24 erlaubt Apps keinen Zugriff.
    .next = Ein Administrator kann in den Einstellungen von Bitrix24 einen Tarif wählen, der Apps umfasst, oder einen Testzeitraum starten.
payment-required = Der bezahlte Zeitraum oder der Testzeitraum dieser App ist abgelaufen.
    .next = Ein Administrator kann das Abonnement im Bitrix24 Market verlängern.
not-installed = Laut Bitrix24 ist diese App nicht installiert.
    .next = Bitten Sie einen Administrator, sie aus dem Market zu installieren, und öffnen Sie sie dann erneut.
not-confirmed = Bitrix24 hat diese Installation nicht bestätigt.
    .next = Installieren Sie die App noch einmal aus dem Market. Wenn das wieder passiert, schreiben Sie bitte unserem Support.

## Not now

rate-limited = Ihr Bitrix24 erhält gerade sehr viele Anfragen und hat Apps gebeten, vorerst weniger zu senden.
    .next =
        { $seconds ->
            [one] Versuchen Sie es in { $seconds } Sekunde erneut.
           *[other] Versuchen Sie es in { $seconds } Sekunden erneut.
        }
too-many-refusals = In letzter Zeit konnten zu viele Versuche, diese App zu öffnen, nicht bestätigt werden. Sie kamen aus Ihrem Netzwerk oder im Namen Ihres Bitrix24.
    .next =
        { $seconds ->
            [one] Versuchen Sie es in { $seconds } Sekunde erneut. Bereits verbundene Kanäle bleiben verbunden.
           *[other] Versuchen Sie es in { $seconds } Sekunden erneut. Bereits verbundene Kanäle bleiben verbunden.
        }
overloaded = Gerade nutzen mehr Personen diese App, als sie gleichzeitig bedienen kann.
    .next = Versuchen Sie es in einigen Sekunden erneut. Es ist nichts verloren gegangen.
operation-limited = Ihr Bitrix24 stellt Apps nur begrenzt Rechenzeit zur Verfügung, und diese ist vorerst aufgebraucht.
    .next =
        { $minutes ->
            [one] Versuchen Sie es in { $minutes } Minute erneut.
           *[other] Versuchen Sie es in { $minutes } Minuten erneut.
        }
portal-overloaded = Bitrix24 hat wegen zu hoher Last alle Anfragen von Apps an Ihr Bitrix24 gestoppt.
    .next = Ein neuer Versuch hilft nicht. Ein Administrator kann beim Bitrix24‑Support erfragen, wann Anfragen wieder erlaubt werden.
portal-closed = Ihr Bitrix24 ist vorübergehend geschlossen.
    .next = Versuchen Sie es wieder, sobald es geöffnet ist. Es ist nichts verloren gegangen.
portal-licence = Apps können Ihr Bitrix24 zurzeit nicht nutzen: Es antwortet mit einer Seite zu seiner Lizenz.
    .next = Bitten Sie einen Administrator, Ihr Bitrix24 zu öffnen und das Abonnement zu prüfen.
portal-failed = In Ihrem Bitrix24 selbst ist ein Fehler aufgetreten.
    .next = Versuchen Sie es in einigen Minuten erneut. Wenn das wieder passiert, melden Sie es bitte dem Bitrix24‑Support.
portal-unreachable = Wir konnten Ihr Bitrix24 nicht erreichen.
    .next = Versuchen Sie es in einigen Minuten erneut. Wenn Ihr Bitrix24 auf einem eigenen Server läuft, kann ein Administrator prüfen, ob es aus dem Internet erreichbar ist.
bitrix24-unavailable = Der Bitrix24‑Dienst, der Ihre Identität bestätigt, antwortet gerade nicht.
    .next = Versuchen Sie es in einigen Minuten erneut. Sie müssen nichts noch einmal installieren.
storage-unavailable = Unsere Datenbank antwortet gerade nicht. Das ist unser Fehler.
    .next = Versuchen Sie es in einigen Minuten erneut. Bereits verbundene Kanäle bleiben verbunden.
timeout = Ihr Bitrix24 hat nicht rechtzeitig geantwortet.
    .next = Der Kanal wurde möglicherweise trotzdem verbunden. Versuchen Sie es ruhig erneut: Er kann nicht doppelt verbunden werden.
internal = Bei uns ist etwas schiefgelaufen.
    .next = Versuchen Sie es erneut. Wenn das wieder passiert, schreiben Sie bitte unserem Support.
bad-request = Wir konnten nicht verstehen, was diese Seite uns gesendet hat.
    .next = Schließen Sie die App, öffnen Sie sie erneut in Ihrem Bitrix24 und versuchen Sie es noch einmal.
too-large = Der gesendete Text ist viel zu lang für einen Kanalcode.
    .next = Fügen Sie nur den Code oder Link ein, ohne die Nachricht, in der er steht.
