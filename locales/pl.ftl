### Channel Connect in Polish (pl).

## The app

app-name = Channel Connect
footer-label = O tej aplikacji
footer-privacy = Polityka prywatności
footer-license = Umowa licencyjna
footer-support = Pomoc techniczna
theme-dark = Tryb ciemny

## Connecting a channel

connect-title = Podłącz otwarty kanał
connect-lead = Dodaj do swojego Bitrix24 czat dostawcy, partnera lub zespołu wsparcia. Twoi współpracownicy będą pisać na tym czacie tak samo jak do każdej innej osoby w komunikatorze.
connect-portal = Twój Bitrix24: { $portal }
connect-form-title = Dodaj kanał
code-label = Kod kanału lub link
# The letters are listed, since “od a do f” would include ą, ć and ę in the Polish alphabet.
code-hint = Kod ma 32 znaki: cyfry i litery a, b, c, d, e, f. Możesz też wkleić link, który zawiera kod.
connect-button = Podłącz kanał
connect-scope = Kanał zostanie podłączony w całym Twoim Bitrix24, a nie tylko u Ciebie.
connect-form-other-title = Dodaj kolejny kanał
connect-admins-only = W tej aplikacji kanały mogą podłączać tylko administratorzy Twojego Bitrix24.
offered-title = Kanały dla Ciebie
offered-wanted = Link, z którego korzystasz, dotyczy tego kanału.
offered-connected = Podłączony
offered-connect-again = Podłącz ponownie
custom-codes-off-title = Tu nie trzeba niczego wpisywać
custom-codes-off = Wydawca tej aplikacji wyłączył możliwość wpisywania wybranych przez Ciebie kodów kanałów.

## While a code is being typed

code-recognized = Rozpoznany kod kanału:
code-typed = Wpisane znaki: { $typed } z 32

## While Bitrix24 is working

busy = Podłączanie kanału…
busy-still = Bitrix24 nadal nad tym pracuje. To normalne i może potrwać do minuty.
busy-long = Wciąż czekamy na Bitrix24. Nie zamykaj tej strony: tutaj pojawi się wynik.

## Where the code comes from

help-title = Gdzie znajdę kod?
help-ask = Poproś o niego firmę, której kanał chcesz podłączyć. Otrzymasz od niej kod lub link.
help-link = Link zwykle wygląda tak. Wklej go bez zmian; kod to część po „networkLines”.
help-paste = Wklej kod lub link tutaj i naciśnij „{ connect-button }”.
help-picture = Rysunek: kanał Sieć Bitrix24 w Centrum kontaktowym z zaznaczonym kodem i linkiem kanału.
help-picture-code = Kod
help-picture-link = Link
help-own-title = Udostępniasz własny kanał?
help-own = Jego kod i link znajdziesz w swoim Bitrix24: przejdź do Centrum kontaktowego i otwórz kanał Sieć Bitrix24.

## After connecting

connected-title = Kanał został podłączony
connected-text = Jest podłączony w całym Twoim Bitrix24: wszyscy Twoi współpracownicy mogą znaleźć go w komunikatorze i na nim pisać.
connected-next = Do nikogo nie wysłano żadnej wiadomości. Powitanie kanału pojawi się, gdy ktoś po raz pierwszy otworzy czat.
connected-next-welcome = Kanał może przysłać Ci powitanie. Do nikogo innego nie wysłano żadnej wiadomości.
open-chat = Otwórz czat
open-chat-label = Otwórz czat kanału { $code }
not-connected-title = Kanał nie został podłączony
connect-unsure-title = Nie wiadomo, czy kanał został podłączony
retry-button = Spróbuj ponownie
reopen-button = Otwórz aplikację ponownie
page-offline = Ta strona nie zdołała połączyć się z aplikacją.
    .next = Sprawdź połączenie z internetem i spróbuj ponownie. To bezpieczne: kanału nie da się podłączyć dwa razy.

## The list of connected channels

connections-title = Podłączone kanały
connected-on = Podłączony { $date }
connected-by = Kto podłączył:
connected-by-you = Ty
connected-by-user = Użytkownik { $id }
connections-range = { $first }–{ $last } z { $total }
connections-newer = Nowsze
connections-older = Starsze
connections-pages = Strony listy
connections-empty-title = Nie ma jeszcze kanałów
connections-empty = Tu pojawią się podłączone kanały, każdy z linkiem do swojego czatu.
disconnect-title = Jak odłączyć kanał?
disconnect-text = Administrator Twojego Bitrix24 otwiera czat kanału i wysyła wiadomość /unregister. Usunięcie tej aplikacji nie odłącza kanału.

## Installing

install-title = Instalacja { app-name }
install-lead = { app-name } podłącza do Twojego Bitrix24 czaty dostawców, partnerów i zespołów wsparcia. Wystarczy kod kanału lub link.
install-verified = Bitrix24 potwierdza aplikację
install-prepared = Aplikacja przygotowuje się do pracy w Twoim Bitrix24
install-finishing = Bitrix24 kończy instalację
install-done = Gotowe. Bitrix24 otwiera aplikację.
install-wait = Aplikacja za chwilę otworzy się sama. Nie musisz nic robić.
install-stuck-title = Bitrix24 jeszcze nie odpowiada
install-stuck = Instalacja jest przygotowana, ale ta strona nie zdołała powiadomić o tym Bitrix24.
    .next = Zamknij tę stronę i ponownie otwórz { app-name } w swoim Bitrix24. Instalacja zostanie wznowiona w miejscu, w którym się zatrzymała.
install-failed-title = Nie udało się dokończyć instalacji
install-again = Instalacja rozpocznie się od nowa także wtedy, gdy jeszcze raz otworzysz { app-name } w swoim Bitrix24.
unbound = Ta aplikacja musi wiedzieć, kiedy jest aktualizowana lub usuwana, ale nie udało się poprosić Twojego Bitrix24 o takie powiadomienia.
    .next = Spróbuj ponownie za kilka minut. Jeśli to się powtórzy, napisz do naszej pomocy technicznej.
step-done = Gotowe
step-running = W toku
step-waiting = Nie rozpoczęto
step-failed = Nie udało się

## Outside Bitrix24

landing-title = Otwórz tę aplikację w Bitrix24
landing-title-or = Albo otwórz tę aplikację w Bitrix24
landing-text = { $app } działa wewnątrz Twojego Bitrix24, dlatego pod tym adresem nic nie ma.
landing-step-sign-in = Zaloguj się do swojego Bitrix24.
landing-step-open = Otwórz { $app } z lewego menu lub znajdź tę aplikację w Markecie wśród zainstalowanych.
landing-step-install = Nie jest jeszcze zainstalowana? Administrator może ją zainstalować z Marketu.

## Signing in outside Bitrix24

sign-in-title = Podłącz kanały do swojego Bitrix24
sign-in-lead = Wpisz adres swojego Bitrix24. Zalogujesz się właśnie tam; Twoje hasło pozostaje w Bitrix24.
portal-label = Adres Twojego Bitrix24
portal-hint = Wygląda na przykład tak: acme.bitrix24.com. Możesz też wkleić adres dowolnej strony swojego Bitrix24.
sign-in-button = Dalej
sign-in-from-link = Na tę stronę zaprowadził Cię link. Przejdź dalej tylko wtedy, gdy to adres Twojego własnego Bitrix24.
portal-empty = Nie wpisano jeszcze adresu.
    .next = Wpisz adres swojego Bitrix24, a potem naciśnij „{ sign-in-button }”.
portal-unreadable = To nie wygląda na adres Bitrix24.
    .next = Otwórz swój Bitrix24, skopiuj zawartość paska adresu przeglądarki i wklej ją tutaj.
portal-incomplete = To tylko część adresu.
    .next = Wpisz cały adres, na przykład acme.bitrix24.com.
portal-private = Ten adres nie jest dostępny z internetu, więc aplikacja nie może z niego korzystać.
    .next = Wpisz adres, pod którym Twój Bitrix24 jest dostępny z zewnątrz, lub poproś o niego administratora.
sign-in-elsewhere = To nie Twój?
sign-in-failed-title = Nie udało się zalogować
sign-in-again = Zaloguj się ponownie
sign-in-again-next = Zaloguj się jeszcze raz przez swój Bitrix24. Podłączone już kanały nie zostaną odłączone.
sign-in-state = To logowanie zostało już wykorzystane albo nie rozpoczęto go w tej przeglądarce. Nie podjęliśmy żadnych działań.
    .next = Zaloguj się stąd jeszcze raz; odświeżenie tej strony nie pomoże. Jeśli zdarza się to za każdym razem, zezwól przeglądarce na pliki cookie z tego adresu.
sign-in-too-late = Od rozpoczęcia logowania minęło ponad dziesięć minut.
    .next = Zaloguj się jeszcze raz. Dla Twojego bezpieczeństwa każda próba jest ważna dziesięć minut.
sign-in-another-portal = To logowanie dotyczy innego Bitrix24 niż ten, którego adres został wpisany. Nie podjęliśmy żadnych działań.
    .next = Jeśli Twój Bitrix24 ma nowy adres, wpisz właśnie ten. Jeśli nie wiesz, dlaczego widzisz tę stronę, po prostu ją zamknij.
sign-in-code = Bitrix24 nie przyjmuje już tego logowania: zostało wykorzystane lub trwało zbyt długo.
    .next = Zaloguj się jeszcze raz.
sign-in-incomplete = Tę stronę otwarto bez danych, które Bitrix24 przesyła po zalogowaniu.
    .next = Zacznij od wpisania adresu swojego Bitrix24.

## Titles of pages that only say what went wrong

notice-title-open = Nie udało się otworzyć aplikacji
notice-title-install = Nie udało się zainstalować aplikacji
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = Nie podano jeszcze kodu kanału.
    .next = Wklej otrzymany kod lub link, a potem naciśnij „{ connect-button }”.
code-not-hex = To nie wygląda na kod kanału: kod składa się tylko z cyfr i liter a, b, c, d, e, f.
    .next = Skopiuj kod lub link jeszcze raz, dokładnie w takiej postaci, w jakiej został przesłany, i wklej go tutaj.
code-wrong-length = Ten kod jest za krótki lub za długi: kod kanału ma dokładnie 32 znaki.
    .next = Być może część zgubiła się przy kopiowaniu. Skopiuj cały kod lub cały link i wklej ponownie.
code-several = Wklejony tekst zawiera więcej niż jeden kod kanału.
    .next = Podłączaj kanały po kolei: za każdym razem wklej jeden kod lub jeden link.

## Bitrix24 says no to the channel

invalid-code = Bitrix24 nie przyjął tego kodu kanału.
    .next = Poproś firmę, która prowadzi kanał, o aktualny kod lub link i wklej go.
not-found = Bitrix24 nie zna kanału z takim kodem.
    .next = Sprawdź, czy kod jest kompletny. Jeśli tak, kanał mógł zostać usunięty: poproś prowadzącą go firmę o nowy kod.
inactive = Ten kanał istnieje, ale firma, która go prowadzi, wyłączyła go.
    .next = Poproś ją o włączenie kanału, a potem spróbuj ponownie.
refused-bot = Twój Bitrix24 nie mógł utworzyć czatu dla tego kanału.
    .next = Spróbuj ponownie za kilka minut. Jeśli to się powtórzy, przyczynę może ustalić pomoc techniczna Bitrix24.
refused-network = Twój Bitrix24 nie mógł połączyć się z Siecią Bitrix24, w której znajduje się kanał.
    .next = Spróbuj ponownie za kilka minut. Sam kod może być prawidłowy.
refused-answer = Sieć Bitrix24 przysłała odpowiedź, której Twój Bitrix24 nie mógł odczytać.
    .next = Spróbuj ponownie za kilka minut. Jeśli to się powtórzy, zgłoś to pomocy technicznej Bitrix24.
refused-module = Otwarte kanały nie są dostępne w Twoim Bitrix24.
    .next = Poproś administratora o włączenie Otwartych kanałów w Twoim Bitrix24, a potem spróbuj ponownie.
refused-unknown = Bitrix24 nie podłączył kanału i nie podał przyczyny, którą moglibyśmy Ci pokazać.
    .next = Sprawdź kod i spróbuj ponownie. Jeśli nadal się nie uda, napisz do naszej pomocy technicznej.
offered-gone = Bitrix24 nie zna już tego kanału.
    .next = Kanał oferuje wydawca tej aplikacji i może to naprawić: napisz do naszej pomocy technicznej.
offered-refused =
    .next = Spróbuj ponownie za kilka minut. Jeśli nadal się nie uda, napisz do naszej pomocy technicznej.
offered-not-admin =
    .next = Poproś administratora, aby otworzył tę aplikację i podłączył kanał.
refused-not-offered = W tej aplikacji nie można używać kodów innych niż te, które są tu oferowane.
    .next = Zapytaj firmę, od której masz tę aplikację, które kanały są przeznaczone dla Ciebie.

## Who may

session-expired = Ta strona jest otwarta od dawna i dla Twojego bezpieczeństwa straciła ważność.
    .next = Zamknij aplikację i otwórz ją ponownie w swoim Bitrix24. Podłączone już kanały nie zostaną odłączone.
reopen-app = Bitrix24 zakończył dostęp, którego w Twoim imieniu udzielił tej aplikacji.
    .next = Zamknij aplikację i otwórz ją ponownie w swoim Bitrix24: to odnowi dostęp.
forged = Nie mogliśmy potwierdzić, że tę stronę otworzył Twój Bitrix24, więc nie podjęliśmy żadnych działań.
    .next = Otwórz aplikację z menu swojego Bitrix24, a nie przez link z innego miejsca.
not-admin = Tylko administratorzy Twojego Bitrix24 mogą podłączać kanały.
    .next = Wyślij kod administratorowi i poproś o podłączenie kanału tutaj.
missing-scope = Ta aplikacja nie otrzymała uprawnienia do korzystania z otwartych kanałów. To nasz błąd, nie Twój.
    .next = Napisz do naszej pomocy technicznej i podaj nazwę uprawnienia „imopenlines”. Dopóki go nie będzie, ponawianie prób nie pomoże.
missing-credentials = Twoje konto w Bitrix24 nie ma uprawnień do podłączania kanałów.
    .next = Poproś administratora o uprawnienia do otwartych kanałów lub o podłączenie kanału.
access-restricted = Twój Bitrix24 nie pozwala Ci korzystać z tej aplikacji.
    .next = Poproś administratora o przyznanie Ci dostępu do niej w ustawieniach aplikacji.
wrong-auth-type = Twój Bitrix24 nie akceptuje tego rodzaju dostępu przy podłączaniu kanałów.
    .next = Zamknij aplikację i otwórz ją ponownie w swoim Bitrix24. Jeśli to się powtórzy, napisz do naszej pomocy technicznej.
plan-required = Plan Twojego Bitrix24 nie pozwala aplikacjom łączyć się z nim.
    .next = Administrator może wybrać plan obejmujący aplikacje lub rozpocząć okres próbny w ustawieniach Bitrix24.
payment-required = Opłacony lub próbny okres tej aplikacji dobiegł końca.
    .next = Administrator może odnowić subskrypcję w Bitrix24 Market.
not-installed = Bitrix24 informuje, że ta aplikacja nie jest zainstalowana.
    .next = Poproś administratora o zainstalowanie jej z Marketu, a potem otwórz ją ponownie.

## Not now

rate-limited = Twój Bitrix24 otrzymuje bardzo dużo żądań i prosi aplikacje, aby wysyłały je rzadziej.
    .next =
        { $seconds ->
            [one] Spróbuj ponownie za { $seconds } sekundę.
            [few] Spróbuj ponownie za { $seconds } sekundy.
            [many] Spróbuj ponownie za { $seconds } sekund.
           *[other] Spróbuj ponownie za { $seconds } sekundy.
        }
too-many-refusals = Ostatnio było zbyt wiele prób otwarcia tej aplikacji, których nie udało się potwierdzić. Pochodziły z Twojej sieci lub były podejmowane w imieniu Twojego Bitrix24.
    .next =
        { $seconds ->
            [one] Spróbuj ponownie za { $seconds } sekundę. Podłączone już kanały nie zostaną odłączone.
            [few] Spróbuj ponownie za { $seconds } sekundy. Podłączone już kanały nie zostaną odłączone.
            [many] Spróbuj ponownie za { $seconds } sekund. Podłączone już kanały nie zostaną odłączone.
           *[other] Spróbuj ponownie za { $seconds } sekundy. Podłączone już kanały nie zostaną odłączone.
        }
overloaded = W tej chwili z aplikacji korzysta więcej osób, niż może ona obsłużyć jednocześnie.
    .next = Spróbuj ponownie za kilka sekund. Nic nie zostało utracone.
operation-limited = Twój Bitrix24 ogranicza czas, jaki może poświęcać na żądania aplikacji, i na razie ten czas się wyczerpał.
    .next =
        { $minutes ->
            [one] Spróbuj ponownie za { $minutes } minutę.
            [few] Spróbuj ponownie za { $minutes } minuty.
            [many] Spróbuj ponownie za { $minutes } minut.
           *[other] Spróbuj ponownie za { $minutes } minuty.
        }
portal-overloaded = Bitrix24 wstrzymał wszystkie żądania aplikacji do Twojego Bitrix24 z powodu zbyt dużego obciążenia.
    .next = Ponawianie prób nie pomoże. Administrator może zapytać pomoc techniczną Bitrix24, kiedy żądania będą znów dozwolone.
portal-closed = Twój Bitrix24 jest tymczasowo zamknięty.
    .next = Wróć, gdy znów będzie otwarty. Nic nie zostało utracone.
portal-licence = Aplikacje nie mogą teraz korzystać z Twojego Bitrix24: odpowiada on stroną o swojej licencji.
    .next = Poproś administratora, aby otworzył Twój Bitrix24 i sprawdził subskrypcję.
portal-failed = W Twoim Bitrix24 wystąpił błąd wewnętrzny.
    .next = Spróbuj ponownie za kilka minut. Jeśli to się powtórzy, zgłoś to pomocy technicznej Bitrix24.
portal-unreachable = Nie udało się nam połączyć z Twoim Bitrix24.
    .next = Spróbuj ponownie za kilka minut. Jeśli Twój Bitrix24 działa na Twoim własnym serwerze, administrator może sprawdzić, czy jest on dostępny z internetu.
bitrix24-unavailable = Usługa Bitrix24, która potwierdza Twoją tożsamość, w tej chwili nie odpowiada.
    .next = Spróbuj ponownie za kilka minut. Nie musisz niczego instalować od nowa.
storage-unavailable = Nasza baza danych w tej chwili nie odpowiada. To nasza wina.
    .next = Spróbuj ponownie za kilka minut. Nie jest to skutek Twoich działań.
timeout = Twój Bitrix24 nie odpowiedział na czas.
    .next = Kanał mógł mimo to zostać podłączony. Możesz bezpiecznie spróbować ponownie: nie da się go podłączyć dwa razy.
internal = Coś poszło nie tak po naszej stronie.
    .next = Spróbuj ponownie. Jeśli to się powtórzy, napisz do naszej pomocy technicznej.
bad-request = Nie udało się nam zrozumieć tego, co przysłała ta strona.
    .next = Zamknij aplikację, otwórz ją ponownie w swoim Bitrix24 i spróbuj jeszcze raz.
too-large = Przesłany tekst jest o wiele za długi jak na kod kanału.
    .next = Wklej tylko kod lub link, bez reszty wiadomości.
