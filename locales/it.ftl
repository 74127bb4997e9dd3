### Channel Connect in Italian (informal “tu”, as in Bitrix24).

## The app

app-name = Channel Connect
footer-label = Informazioni su questa app
footer-privacy = Informativa sulla privacy
footer-license = Contratto di licenza
footer-support = Supporto
theme-dark = Modalità scura

## Connecting a channel

connect-title = Connetti un canale aperto
connect-lead = Porta nel tuo Bitrix24 la chat di un fornitore, di un partner o di un team di supporto. I tuoi colleghi potranno scrivere al canale come a chiunque altro nel Messenger.
connect-portal = Il tuo Bitrix24: { $portal }
connect-form-title = Aggiungi un canale
code-label = Codice o link del canale
code-hint = Un codice ha 32 caratteri: cifre e lettere dalla a alla f. Va bene anche un link che contiene il codice.
connect-button = Connetti canale
connect-scope = Il canale sarà connesso per tutto il tuo Bitrix24, non solo per te.
connect-form-other-title = Aggiungi un altro canale
connect-admins-only = In questa app solo gli amministratori del tuo Bitrix24 possono connettere canali.
offered-title = Canali per te
offered-wanted = Il link che hai seguito riguarda questo canale.
offered-connected = Connesso
offered-connect-again = Connetti di nuovo
custom-codes-off-title = Qui non c’è nulla da inserire
custom-codes-off = Chi pubblica questa app ha disattivato l’inserimento di codici canale a tua scelta.

## While a code is being typed

code-recognized = Codice canale riconosciuto:
code-typed = Caratteri inseriti: { $typed } su 32

## While Bitrix24 is working

busy = Connessione del canale in corso…
busy-still = Bitrix24 ci sta ancora lavorando. È normale e può richiedere fino a un minuto.
busy-long = Siamo ancora in attesa di Bitrix24. Lascia aperta questa pagina: vedrai qui il risultato.

## Where the code comes from

help-title = Dove trovo il codice?
help-ask = Chiedilo all’azienda di cui vuoi connettere il canale. Ti invierà un codice o un link.
help-link = Di solito un link ha questo aspetto. Incollalo così com’è; il codice è la parte dopo «networkLines».
help-paste = Incollalo qui e fai clic su «{ connect-button }».
help-picture = Disegno: il canale Network Bitrix24 nel Contact Center, con il codice e il link del canale evidenziati.
help-picture-code = Codice
help-picture-link = Link
help-own-title = Vuoi condividere un tuo canale?
help-own = Ne trovi il codice e il link nel Contact Center del tuo Bitrix24, nel canale Network Bitrix24.

## After connecting

connected-title = Il canale è connesso
connected-text = È connesso per tutto il tuo Bitrix24: tutti i tuoi colleghi possono trovarlo nel Messenger e scrivergli.
connected-next = Nessuno ha ricevuto messaggi. Il messaggio di saluto del canale compare quando qualcuno apre la chat per la prima volta.
connected-next-welcome = Il canale potrebbe inviarti un messaggio di benvenuto. Nessun altro ha ricevuto messaggi.
open-chat = Apri chat
open-chat-label = Apri chat con il canale { $code }
not-connected-title = Il canale non è stato connesso
connect-unsure-title = Non è certo che il canale sia stato connesso
retry-button = Riprova
reopen-button = Riapri l’app
page-offline = Questa pagina non è riuscita a raggiungere l’app.
    .next = Controlla la connessione a Internet, poi riprova. Puoi riprovare senza rischi: un canale non può essere connesso due volte.

## The list of connected channels

connections-title = Canali connessi
# A label, so that no article before the day’s number is needed (“il 7”, but “l’8”)
connected-on = Data di connessione: { $date }
connected-by = Chi l’ha connesso:
connected-by-you = Tu
connected-by-user = Utente { $id }
connections-range = { $first }–{ $last } di { $total }
connections-newer = Più recenti
connections-older = Meno recenti
connections-pages = Pagine dell’elenco
connections-empty-title = Ancora nessun canale
connections-empty = Qui compariranno i canali che connetti, ognuno con un link alla sua chat.
disconnect-title = Come disconnetto un canale?
disconnect-text = Un amministratore del tuo Bitrix24 apre la chat del canale e invia il messaggio /unregister. Disinstallare questa app non disconnette i canali.

## Installing

install-title = Installazione di { app-name }
install-lead = { app-name } connette al tuo Bitrix24 le chat dei tuoi fornitori, partner e team di supporto. Basta il codice o il link del canale.
install-verified = Bitrix24 conferma l’app
install-prepared = L’app si prepara per il tuo Bitrix24
install-finishing = Bitrix24 completa l’installazione
install-done = Fatto. Bitrix24 sta aprendo l’app.
install-wait = L’app si aprirà da sola tra un attimo. Non devi fare nulla.
install-stuck-title = Bitrix24 non ha ancora risposto
install-stuck = L’installazione è pronta, ma questa pagina non è riuscita a comunicarlo a Bitrix24.
    .next = Chiudi questa pagina e riapri { app-name } nel tuo Bitrix24. L’installazione riprenderà da dove si è fermata.
install-failed-title = Non è stato possibile completare l’installazione
install-again = Puoi anche riaprire { app-name } nel tuo Bitrix24: l’installazione ricomincerà da capo.
unbound = Questa app deve sapere quando viene aggiornata o disinstallata, ma non siamo riusciti a chiedere al tuo Bitrix24 di avvisarla.
    .next = Riprova tra qualche minuto. Se succede di nuovo, scrivi al nostro supporto.
step-done = Fatto
step-running = In corso
step-waiting = Non iniziato
step-failed = Non riuscito

## Outside Bitrix24

landing-title = Apri questa app in Bitrix24
landing-title-or = Oppure apri questa app in Bitrix24
landing-text = { $app } funziona all’interno del tuo Bitrix24, quindi a questo indirizzo non c’è nulla da vedere.
landing-step-sign-in = Accedi al tuo Bitrix24.
landing-step-open = Apri { $app } dal menu a sinistra oppure cerca l’app nel Market, tra le app installate.
landing-step-install = Non è ancora installata? Un amministratore può installarla dal Market.

## Signing in outside Bitrix24

sign-in-title = Connetti canali al tuo Bitrix24
sign-in-lead = Inserisci l’indirizzo del tuo Bitrix24. È lì che ti verrà chiesto di accedere; la tua password resta in Bitrix24.
portal-label = Indirizzo del tuo Bitrix24
portal-hint = È simile ad acme.bitrix24.com. Va bene anche l’indirizzo di una qualsiasi pagina del tuo Bitrix24.
sign-in-button = Continua
sign-in-from-link = Hai aperto questa pagina da un link. Continua solo se questo è l’indirizzo del tuo Bitrix24.
portal-empty = Manca ancora l’indirizzo.
    .next = Inserisci l’indirizzo del tuo Bitrix24, poi fai clic su «{ sign-in-button }».
portal-unreadable = Questo non sembra l’indirizzo di un Bitrix24.
    .next = Apri il tuo Bitrix24, copia ciò che vedi nella barra degli indirizzi del browser e incollalo qui.
portal-incomplete = Questa è solo una parte di un indirizzo.
    .next = Inserisci l’indirizzo completo, ad esempio acme.bitrix24.com.
portal-private = Questo indirizzo non è raggiungibile da Internet, quindi questa app non può usarlo.
    .next = Inserisci l’indirizzo al quale il tuo Bitrix24 è raggiungibile dall’esterno oppure chiedilo al tuo amministratore.
sign-in-elsewhere = Non è il tuo?
sign-in-failed-title = Non hai effettuato l’accesso
sign-in-again = Accedi di nuovo
sign-in-again-next = Accedi ancora una volta con il tuo Bitrix24. I canali che hai connesso restano connessi.
sign-in-state = Questo accesso è già stato usato oppure non è stato avviato in questo browser. Non abbiamo fatto nulla.
    .next = Accedi di nuovo da qui; ricaricare questa pagina non serve. Se succede ogni volta, consenti al browser di accettare i cookie di questo indirizzo.
sign-in-too-late = Sono passati più di dieci minuti da quando hai iniziato l’accesso.
    .next = Accedi di nuovo. Per la tua sicurezza, ogni tentativo è valido per dieci minuti.
sign-in-another-portal = Questo accesso riguarda un Bitrix24 diverso da quello di cui hai inserito l’indirizzo. Non abbiamo fatto nulla.
    .next = Se il tuo Bitrix24 ha un nuovo indirizzo, inserisci quello. Se non sai perché vedi questa pagina, puoi semplicemente chiuderla.
sign-in-code = Bitrix24 non accetta più questo accesso: è già stato usato o ha richiesto troppo tempo.
    .next = Accedi di nuovo.
sign-in-incomplete = Questa pagina è stata aperta senza i dati che Bitrix24 invia dopo l’accesso.
    .next = Comincia inserendo l’indirizzo del tuo Bitrix24.

## Titles of pages that only say what went wrong

notice-title-open = Non è stato possibile aprire l’app
notice-title-install = Non è stato possibile installare l’app
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = Manca ancora un codice canale.
    .next = Incolla il codice o il link che hai ricevuto, poi fai clic su «{ connect-button }».
code-not-hex = Questo non sembra un codice canale: un codice contiene solo cifre e lettere dalla a alla f.
    .next = Copia di nuovo il codice o il link, esattamente come ti è stato inviato, e incollalo qui.
code-wrong-length = Questo codice è troppo corto o troppo lungo: un codice canale ha esattamente 32 caratteri.
    .next = Forse una parte è andata persa durante la copia. Copia l’intero codice o l’intero link e incollalo di nuovo.
code-several = Il testo che hai incollato contiene più di un codice canale.
    .next = Connetti i canali uno dopo l’altro: incolla ogni volta un solo codice o link.

## Bitrix24 says no to the channel

invalid-code = Bitrix24 non ha accettato questo codice canale.
    .next = Chiedi all’azienda che gestisce il canale il codice o il link attuale e incollalo.
not-found = Bitrix24 non conosce alcun canale con questo codice.
    .next = Controlla che il codice sia completo. Se lo è, il canale potrebbe essere stato eliminato: chiedi un nuovo codice all’azienda che lo gestisce.
inactive = Questo canale esiste, ma l’azienda che lo gestisce lo ha disattivato.
    .next = Chiedi all’azienda di attivare il canale, poi riprova.
refused-bot = Il tuo Bitrix24 non è riuscito a creare la chat per questo canale.
    .next = Riprova tra qualche minuto. Se succede di nuovo, il supporto di Bitrix24 può scoprirne il motivo.
refused-network = Il tuo Bitrix24 non è riuscito a raggiungere Network Bitrix24, dove si trova il canale.
    .next = Riprova tra qualche minuto. Il codice in sé potrebbe benissimo essere corretto.
refused-answer = Network Bitrix24 ha inviato una risposta che il tuo Bitrix24 non è riuscito a leggere.
    .next = Riprova tra qualche minuto. Se succede di nuovo, segnalalo al supporto di Bitrix24.
refused-module = I canali aperti non sono disponibili nel tuo Bitrix24.
    .next = Chiedi a un amministratore di attivare i Canali aperti nel tuo Bitrix24, poi riprova.
refused-unknown = Bitrix24 non ha connesso il canale e non ha indicato un motivo che possiamo mostrarti.
    .next = Controlla il codice e riprova. Se ancora non funziona, scrivi al nostro supporto.
offered-gone = Bitrix24 non conosce più questo canale.
    .next = È offerto da chi pubblica questa app, che può rimediare: scrivi al nostro supporto.
offered-refused =
    .next = Riprova tra qualche minuto. Se ancora non funziona, scrivi al nostro supporto.
offered-not-admin =
    .next = Chiedi a un amministratore di aprire questa app e connettere il canale.
refused-not-offered = In questa app i codici diversi da quelli proposti qui sono disattivati.
    .next = Chiedi all’azienda che ti ha fornito questa app quali canali sono destinati a te.

## Who may

session-expired = Questa pagina è rimasta aperta a lungo e, per la tua sicurezza, non è più valida.
    .next = Chiudi l’app e riaprila nel tuo Bitrix24. I canali che hai connesso restano connessi.
reopen-app = Bitrix24 ha revocato l’accesso che aveva concesso a questa app per tuo conto.
    .next = Chiudi l’app e riaprila nel tuo Bitrix24: in questo modo l’accesso si rinnova.
forged = Non siamo riusciti a confermare che questa pagina sia stata aperta dal tuo Bitrix24, quindi non abbiamo fatto nulla.
    .next = Apri l’app dal menu del tuo Bitrix24, non da un link trovato altrove.
not-admin = Solo gli amministratori del tuo Bitrix24 possono connettere canali.
    .next = Invia il codice a un amministratore e chiedigli di connettere il canale qui.
missing-scope = Questa app non ha ricevuto l’autorizzazione a usare i canali aperti. È un errore nostro, non tuo.
    .next = Scrivi al nostro supporto e indica l’autorizzazione «imopenlines». Riprovare non servirà finché non sarà concessa.
missing-credentials = Il tuo account in Bitrix24 non ha le autorizzazioni per connettere un canale.
    .next = Chiedi a un amministratore le autorizzazioni per usare i canali aperti oppure chiedigli di connettere il canale.
access-restricted = Il tuo Bitrix24 non ti consente di usare questa app.
    .next = Chiedi a un amministratore di darti accesso nelle impostazioni dell’app.
wrong-auth-type = Il tuo Bitrix24 non accetta questo tipo di accesso per connettere canali.
    .next = Chiudi l’app e riaprila nel tuo Bitrix24. Se succede di nuovo, scrivi al nostro supporto.
plan-required = Il piano del tuo Bitrix24 non consente alle app di accedervi.
    .next = Un amministratore può scegliere un piano che includa le app o attivare un periodo di prova nelle impostazioni di Bitrix24.
payment-required = Il periodo a pagamento o di prova di questa app è terminato.
    .next = Un amministratore può rinnovare l’abbonamento in Bitrix24 Market.
not-installed = Secondo Bitrix24 questa app non è installata.
    .next = Chiedi a un amministratore di installarla dal Market, poi aprila di nuovo.

## Not now

rate-limited = Il tuo Bitrix24 sta ricevendo molte richieste e ha chiesto alle app di inviarne meno.
    .next =
        { $seconds ->
            [one] Riprova tra { $seconds } secondo.
            [many] Riprova tra { $seconds } di secondi.
           *[other] Riprova tra { $seconds } secondi.
        }
too-many-refusals = Di recente troppi tentativi di aprire questa app sono rimasti senza conferma. Provenivano dalla tua rete o erano a nome del tuo Bitrix24.
    .next =
        { $seconds ->
            [one] Riprova tra { $seconds } secondo. I canali che hai connesso restano connessi.
            [many] Riprova tra { $seconds } di secondi. I canali che hai connesso restano connessi.
           *[other] Riprova tra { $seconds } secondi. I canali che hai connesso restano connessi.
        }
overloaded = In questo momento questa app è usata da più persone di quante possa servirne contemporaneamente.
    .next = Riprova tra qualche secondo. Non è andato perso nulla.
operation-limited = Il tuo Bitrix24 limita il tempo di elaborazione concesso alle app, e per ora questo tempo è esaurito.
    .next =
        { $minutes ->
            [one] Riprova tra { $minutes } minuto.
            [many] Riprova tra { $minutes } di minuti.
           *[other] Riprova tra { $minutes } minuti.
        }
portal-overloaded = Bitrix24 ha bloccato tutte le richieste delle app al tuo Bitrix24 a causa di un carico eccessivo.
    .next = Riprovare non serve. Un amministratore può chiedere al supporto di Bitrix24 quando le richieste saranno di nuovo consentite.
portal-closed = Il tuo Bitrix24 è temporaneamente chiuso.
    .next = Torna quando sarà di nuovo aperto. Non è andato perso nulla.
portal-licence = Al momento le app non possono usare il tuo Bitrix24: risponde con una pagina sulla sua licenza.
    .next = Chiedi a un amministratore di aprire il tuo Bitrix24 e controllarne l’abbonamento.
portal-failed = Nel tuo Bitrix24 si è verificato un errore interno.
    .next = Riprova tra qualche minuto. Se succede di nuovo, segnalalo al supporto di Bitrix24.
portal-unreachable = Non siamo riusciti a raggiungere il tuo Bitrix24.
    .next = Riprova tra qualche minuto. Se il tuo Bitrix24 si trova su un tuo server, un amministratore può verificare che sia raggiungibile da Internet.
bitrix24-unavailable = Il servizio di Bitrix24 che conferma la tua identità al momento non risponde.
    .next = Riprova tra qualche minuto. Non devi installare di nuovo nulla.
storage-unavailable = Il nostro database al momento non risponde. La colpa è nostra.
    .next = Riprova tra qualche minuto. Non dipende da nulla che hai fatto.
timeout = Il tuo Bitrix24 non ha risposto in tempo.
    .next = Il canale potrebbe essere stato connesso comunque. Puoi riprovare senza rischi: non può essere connesso due volte.
internal = Qualcosa è andato storto da parte nostra.
    .next = Riprova. Se succede di nuovo, scrivi al nostro supporto.
bad-request = Non siamo riusciti a interpretare ciò che questa pagina ci ha inviato.
    .next = Chiudi l’app, riaprila nel tuo Bitrix24 e riprova.
too-large = Il testo che hai inviato è decisamente troppo lungo per un codice canale.
    .next = Incolla solo il codice o il link, senza il messaggio che lo contiene.
