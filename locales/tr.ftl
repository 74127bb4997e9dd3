### Channel Connect in Turkish (tr).

## The app

app-name = Channel Connect
footer-label = Bu uygulama hakkında
footer-privacy = Gizlilik politikası
footer-license = Lisans sözleşmesi
footer-support = Destek
theme-dark = Koyu mod

## Connecting a channel

connect-title = Açık kanal bağlayın
connect-lead = Bir tedarikçinin, iş ortağının veya destek ekibinin sohbetini Bitrix24’ünüze ekleyin. İş arkadaşlarınız, messenger’daki herhangi birine yazar gibi oraya da yazabilir.
connect-portal = Bitrix24’ünüz: { $portal }
connect-form-title = Kanal ekle
code-label = Kanal kodu veya bağlantısı
# The letters are listed, since a range from a to f would include ç in the Turkish alphabet.
code-hint = Kod 32 karakterden oluşur: rakamlar ve a, b, c, d, e, f harfleri. Kodu içeren bir bağlantı da olur.
connect-button = Kanalı bağla
connect-scope = Kanal yalnızca sizin için değil, Bitrix24’ünüzün tamamı için bağlanır.
connect-form-other-title = Başka bir kanal ekle
connect-admins-only = Bu uygulamada yalnızca Bitrix24’ünüzün yöneticileri kanal bağlayabilir.
offered-title = Sizin için kanallar
offered-wanted = Tıkladığınız bağlantı bu kanala ait.
offered-connected = Bağlı
offered-connect-again = Yeniden bağla
custom-codes-off-title = Buraya bir şey girmeniz gerekmiyor
custom-codes-off = Bu uygulamanın yayıncısı, kendi seçtiğiniz kanal kodlarının kullanımını kapattı.

## While a code is being typed

code-recognized = Tanınan kanal kodu:
code-typed = Girilen karakter: { $typed } / 32

## While Bitrix24 is working

busy = Kanal bağlanıyor…
busy-still = Bitrix24 bu işlem üzerinde hâlâ çalışıyor. Bu normaldir ve bir dakikaya kadar sürebilir.
busy-long = Bitrix24’ün yanıtı hâlâ bekleniyor. Lütfen bu sayfayı açık bırakın: sonucu burada göreceksiniz.

## Where the code comes from

help-title = Kodu nereden bulabilirim?
help-ask = Kanalını bağlamak istediğiniz şirkete sorun. Size bir kod veya bağlantı gönderecektir.
help-link = Bağlantı genellikle şöyle görünür. Olduğu gibi yapıştırın; kod, “networkLines” ifadesinden sonraki kısımdır.
help-paste = Buraya yapıştırın ve “{ connect-button }” düğmesine basın.
help-picture = Çizim: İletişim Merkezi’ndeki Bitrix24.Network kanalı; kanalın kodu ve bağlantısı işaretlenmiş.
help-picture-code = Kod
help-picture-link = Bağlantı
help-own-title = Kendi kanalınızı mı paylaşıyorsunuz?
help-own = Kodunu ve bağlantısını kendi Bitrix24’ünüzde, İletişim Merkezi’ndeki Bitrix24.Network kanalında bulabilirsiniz.

## After connecting

connected-title = Kanal bağlandı
connected-text = Kanal, Bitrix24’ünüzün tamamı için bağlandı: tüm iş arkadaşlarınız onu messenger’da bulup ona yazabilir.
connected-next = Kimseye mesaj gönderilmedi. Kanalın karşılama mesajı, biri sohbeti ilk kez açtığında görünür.
connected-next-welcome = Kanal size bir karşılama mesajı gönderebilir. Başka kimseye mesaj gönderilmedi.
open-chat = Sohbeti aç
open-chat-label = Sohbeti aç: { $code } kanalı
not-connected-title = Kanal bağlanmadı
connect-unsure-title = Kanalın bağlanıp bağlanmadığı belli değil
retry-button = Tekrar dene
reopen-button = Uygulamayı yeniden aç
page-offline = Bu sayfa uygulamaya ulaşamadı.
    .next = İnternet bağlantınızı kontrol edip tekrar deneyin. Tekrar denemek güvenlidir: aynı kanal iki kez bağlanamaz.

## The list of connected channels

connections-title = Bağlı kanallar
connected-on = Bağlanma tarihi: { $date }
connected-by = Bağlayan:
connected-by-you = Siz
connected-by-user = Kullanıcı { $id }
connections-range = { $first }–{ $last } / { $total }
connections-newer = Daha yeni
connections-older = Daha eski
connections-pages = Liste sayfaları
connections-empty-title = Henüz kanal yok
connections-empty = Bağladığınız kanallar, her biri kendi sohbetine giden bir bağlantıyla burada listelenir.
disconnect-title = Bir kanalın bağlantısını nasıl keserim?
disconnect-text = Bitrix24’ünüzün bir yöneticisi kanalın sohbetini açıp /unregister mesajını gönderir. Bu uygulamayı kaldırmak kanalın bağlantısını kesmez.

## Installing

install-title = { app-name } kuruluyor
install-lead = { app-name }, tedarikçilerinizin, iş ortaklarınızın ve destek ekiplerinin sohbetlerini Bitrix24’ünüze bağlar. Kanalın kodu veya bağlantısı yeterlidir.
install-verified = Bitrix24 uygulamayı doğruluyor
install-prepared = Uygulama Bitrix24’ünüz için hazırlanıyor
install-finishing = Bitrix24 kurulumu tamamlıyor
install-done = Tamamlandı. Bitrix24 uygulamayı açıyor.
install-wait = Uygulama birazdan kendiliğinden açılacak. Bir şey yapmanız gerekmiyor.
install-stuck-title = Bitrix24 henüz yanıt vermedi
install-stuck = Kurulum hazırlandı, ancak bu sayfa bunu Bitrix24’e bildiremedi.
    .next = Bu sayfayı kapatıp Bitrix24’ünüzde { app-name } uygulamasını yeniden açın. Kurulum kaldığı yerden devam eder.
install-failed-title = Kurulum tamamlanamadı
install-again = Bitrix24’ünüzde { app-name } uygulamasını bir kez daha açmak da kurulumu baştan başlatır.
unbound = Bu uygulama, güncellendiğini veya kaldırıldığını öğrenebilmelidir; ancak Bitrix24’ünüzden bunu bildirmesini isteyemedik.
    .next = Birkaç dakika sonra tekrar deneyin. Sorun yinelenirse lütfen destek ekibimize yazın.
step-done = Tamamlandı
step-running = Sürüyor
step-waiting = Başlamadı
step-failed = Başarısız

## Outside Bitrix24

landing-title = Bu uygulamayı Bitrix24 içinde açın
landing-title-or = Ya da bu uygulamayı Bitrix24 içinde açın
landing-text = { $app }, Bitrix24’ünüzün içinde çalışır; bu yüzden bu adreste görülecek bir şey yok.
landing-step-sign-in = Bitrix24’ünüzde oturum açın.
landing-step-open = Sol menüden { $app } uygulamasını açın veya Market’teki kurulu uygulamalarınız arasında bulun.
landing-step-install = Henüz kurulmadı mı? Bir yönetici Market’ten kurabilir.

## Signing in outside Bitrix24

sign-in-title = Bitrix24’ünüze kanal bağlayın
sign-in-lead = Bitrix24’ünüzün adresini girin. Orada oturum açmanız istenir; parolanız Bitrix24’te kalır.
portal-label = Bitrix24’ünüzün adresi
portal-hint = Şöyle görünür: acme.bitrix24.com. Bitrix24’ünüzün herhangi bir sayfasının adresi de olur.
sign-in-button = Devam et
sign-in-from-link = Buraya bir bağlantıyla geldiniz. Yalnızca bu, kendi Bitrix24’ünüzün adresiyse devam edin.
portal-empty = Henüz adres girilmedi.
    .next = Bitrix24’ünüzün adresini girin, ardından “{ sign-in-button }” düğmesine basın.
portal-unreadable = Bu, bir Bitrix24 adresine benzemiyor.
    .next = Bitrix24’ünüzü açın, tarayıcının adres çubuğunda yazanı kopyalayıp buraya yapıştırın.
portal-incomplete = Bu, adresin yalnızca bir kısmı.
    .next = Adresin tamamını girin; örneğin acme.bitrix24.com.
portal-private = Bu adrese internetten ulaşılamıyor, bu yüzden uygulama onunla çalışamaz.
    .next = Bitrix24’ünüze dışarıdan ulaşılabilen adresi girin veya yöneticinizden isteyin.
sign-in-elsewhere = Sizin değil mi?
sign-in-failed-title = Oturum açılmadı
sign-in-again = Yeniden oturum aç
sign-in-again-next = Bitrix24’ünüzle bir kez daha oturum açın. Bağladığınız kanallar bağlı kalır.
sign-in-state = Bu oturum açma işlemi daha önce kullanılmış veya bu tarayıcıda başlatılmamış. Hiçbir işlem yapmadık.
    .next = Buradan bir kez daha oturum açın; bu sayfayı yenilemek işe yaramaz. Bu her seferinde oluyorsa tarayıcınızın bu adresten gelen çerezleri kabul etmesine izin verin.
sign-in-too-late = Oturum açmaya başlamanızın üzerinden on dakikadan fazla geçti.
    .next = Bir kez daha oturum açın. Güvenliğiniz için her deneme on dakika geçerlidir.
sign-in-another-portal = Bu oturum açma işlemi, adresini girdiğiniz Bitrix24’e değil, başka bir Bitrix24’e ait. Hiçbir işlem yapmadık.
    .next = Bitrix24’ünüzün yeni bir adresi varsa onu girin. Bu sayfayı neden gördüğünüzü bilmiyorsanız kapatmanız yeterli.
sign-in-code = Bitrix24 bu oturum açma işlemini artık kabul etmiyor: daha önce kullanılmış veya çok uzun sürmüş.
    .next = Bir kez daha oturum açın.
sign-in-incomplete = Bu sayfa, Bitrix24’ün oturum açıldıktan sonra gönderdiği bilgiler olmadan açıldı.
    .next = Bitrix24’ünüzün adresini girerek başlayın.

## Titles of pages that only say what went wrong

notice-title-open = Uygulama açılamadı
notice-title-install = Uygulama kurulamadı
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = Henüz kanal kodu girilmedi.
    .next = Size verilen kodu veya bağlantıyı yapıştırın, ardından “{ connect-button }” düğmesine basın.
code-not-hex = Bu, bir kanal koduna benzemiyor: kodda yalnızca rakamlar ve a, b, c, d, e, f harfleri bulunur.
    .next = Kodu veya bağlantıyı size gönderildiği biçimiyle yeniden kopyalayıp buraya yapıştırın.
code-wrong-length = Bu kod çok kısa veya çok uzun: bir kanal kodu tam olarak 32 karakterdir.
    .next = Kopyalarken bir kısmı eksik kalmış olabilir. Kodun veya bağlantının tamamını kopyalayıp yeniden yapıştırın.
code-several = Yapıştırdığınız metinde birden fazla kanal kodu var.
    .next = Kanalları sırayla bağlayın: her seferinde tek bir kod veya bağlantı yapıştırın.

## Bitrix24 says no to the channel

invalid-code = Bitrix24 bu kanal kodunu kabul etmedi.
    .next = Kanalı yöneten şirketten güncel kodu veya bağlantıyı isteyip onu yapıştırın.
not-found = Bitrix24 bu koda sahip bir kanal bulamadı.
    .next = Kodun eksiksiz olup olmadığını kontrol edin. Eksiksizse kanal kaldırılmış olabilir: kanalı yöneten şirketten yeni bir kod isteyin.
inactive = Bu kanal var, ancak kanalı yöneten şirket onu kapatmış.
    .next = Şirketten kanalı açmasını isteyin, ardından tekrar deneyin.
refused-bot = Bitrix24’ünüz bu kanal için sohbet oluşturamadı.
    .next = Birkaç dakika sonra tekrar deneyin. Sorun yinelenirse Bitrix24 destek ekibi nedenini bulabilir.
refused-network = Bitrix24’ünüz, kanalın bulunduğu Bitrix24.Network’e ulaşamadı.
    .next = Birkaç dakika sonra tekrar deneyin. Kodun kendisi doğru olabilir.
refused-answer = Bitrix24.Network, Bitrix24’ünüzün okuyamadığı bir yanıt gönderdi.
    .next = Birkaç dakika sonra tekrar deneyin. Sorun yinelenirse lütfen Bitrix24 destek ekibine bildirin.
refused-module = Açık kanallar Bitrix24’ünüzde kullanılamıyor.
    .next = Bir yöneticiden Bitrix24’ünüzde Açık Kanalları etkinleştirmesini isteyin, ardından tekrar deneyin.
refused-unknown = Bitrix24 kanalı bağlamadı ve size gösterebileceğimiz bir neden belirtmedi.
    .next = Kodu kontrol edip tekrar deneyin. Yine olmazsa lütfen destek ekibimize yazın.
offered-gone = Bitrix24 bu kanalı artık tanımıyor.
    .next = Kanalı bu uygulamanın yayıncısı sunuyor ve sorunu giderebilir: lütfen destek ekibimize yazın.
offered-refused =
    .next = Birkaç dakika sonra tekrar deneyin. Yine olmazsa lütfen destek ekibimize yazın.
offered-not-admin =
    .next = Bir yöneticiden bu uygulamayı açıp kanalı bağlamasını isteyin.
refused-not-offered = Bu uygulamada, burada sunulanlar dışındaki kodların kullanımı kapalı.
    .next = Hangi kanalların sizin için olduğunu, size bu uygulamayı veren şirkete sorun.

## Who may

session-expired = Bu sayfa uzun süredir açık ve güvenliğiniz için artık geçerli değil.
    .next = Uygulamayı kapatıp Bitrix24’ünüzde yeniden açın. Bağladığınız kanallar bağlı kalır.
reopen-app = Bitrix24, sizin adınıza bu uygulamaya verdiği erişimi sonlandırdı.
    .next = Uygulamayı kapatıp Bitrix24’ünüzde yeniden açın: böylece erişim yenilenir.
forged = Bu sayfayı Bitrix24’ünüzün açtığını doğrulayamadık, bu yüzden hiçbir işlem yapmadık.
    .next = Uygulamayı başka bir yerdeki bağlantıdan değil, Bitrix24’ünüzün menüsünden açın.
not-admin = Yalnızca Bitrix24’ünüzün yöneticileri kanal bağlayabilir.
    .next = Kodu bir yöneticiye gönderin ve kanalı buradan bağlamasını isteyin.
missing-scope = Bu uygulamaya açık kanalları kullanma izni verilmemiş. Bu sizin değil, bizim hatamız.
    .next = Lütfen destek ekibimize yazın ve “imopenlines” iznini belirtin. Bu izin verilene kadar tekrar denemek işe yaramaz.
missing-credentials = Bitrix24 hesabınızın kanal bağlama yetkisi yok.
    .next = Bir yöneticiden açık kanalları kullanma yetkisi vermesini veya kanalı bağlamasını isteyin.
access-restricted = Bitrix24’ünüz bu uygulamayı kullanmanıza izin vermiyor.
    .next = Bir yöneticiden, uygulamanın ayarlarında size erişim vermesini isteyin.
wrong-auth-type = Bitrix24’ünüz kanal bağlamak için bu erişim türünü kabul etmiyor.
    .next = Uygulamayı kapatıp Bitrix24’ünüzde yeniden açın. Sorun yinelenirse lütfen destek ekibimize yazın.
plan-required = Bitrix24’ünüzün planı, uygulamaların ona bağlanmasına izin vermiyor.
    .next = Bir yönetici, Bitrix24 ayarlarında uygulamaları içeren bir plan seçebilir veya deneme süresi başlatabilir.
payment-required = Bu uygulamanın ücretli kullanım veya deneme süresi doldu.
    .next = Bir yönetici aboneliği Bitrix24 Market’te yenileyebilir.
not-installed = Bitrix24, bu uygulamanın kurulu olmadığını bildiriyor.
    .next = Bir yöneticiden uygulamayı Market’ten kurmasını isteyin, ardından yeniden açın.

## Not now

rate-limited = Bitrix24’ünüz çok sayıda istek alıyor ve uygulamalardan daha seyrek istek göndermelerini istedi.
    .next =
        { $seconds ->
            [one] { $seconds } saniye sonra tekrar deneyin.
           *[other] { $seconds } saniye sonra tekrar deneyin.
        }
too-many-refusals = Son zamanlarda bu uygulamayı açmaya yönelik çok fazla deneme doğrulanamadı. Bu denemeler sizin ağınızdan veya Bitrix24’ünüz adına yapıldı.
    .next =
        { $seconds ->
            [one] { $seconds } saniye sonra tekrar deneyin. Bağladığınız kanallar bağlı kalır.
           *[other] { $seconds } saniye sonra tekrar deneyin. Bağladığınız kanallar bağlı kalır.
        }
overloaded = Şu anda bu uygulamayı, aynı anda hizmet verebileceğinden daha fazla kişi kullanıyor.
    .next = Birkaç saniye sonra tekrar deneyin. Hiçbir şey kaybolmadı.
operation-limited = Bitrix24’ünüz, uygulamaların isteklerine ayırdığı süreyi sınırlıyor ve bu süre şimdilik doldu.
    .next =
        { $minutes ->
            [one] { $minutes } dakika sonra tekrar deneyin.
           *[other] { $minutes } dakika sonra tekrar deneyin.
        }
portal-overloaded = Bitrix24, aşırı yük nedeniyle uygulamalardan Bitrix24’ünüze gelen tüm istekleri durdurdu.
    .next = Tekrar denemek işe yaramaz. Bir yönetici, isteklere yeniden ne zaman izin verileceğini Bitrix24 destek ekibine sorabilir.
portal-closed = Bitrix24’ünüz geçici olarak kapalı.
    .next = Yeniden açıldığında tekrar gelin. Hiçbir şey kaybolmadı.
portal-licence = Uygulamalar şu anda Bitrix24’ünüzü kullanamıyor: Bitrix24’ünüz yanıt olarak lisansıyla ilgili bir sayfa gösteriyor.
    .next = Bir yöneticiden Bitrix24’ünüzü açıp aboneliğini kontrol etmesini isteyin.
portal-failed = Bitrix24’ünüzde bir iç hata oluştu.
    .next = Birkaç dakika sonra tekrar deneyin. Sorun yinelenirse lütfen Bitrix24 destek ekibine bildirin.
portal-unreachable = Bitrix24’ünüze ulaşamadık.
    .next = Birkaç dakika sonra tekrar deneyin. Bitrix24’ünüz kendi sunucunuzda çalışıyorsa bir yönetici, ona internetten ulaşılıp ulaşılamadığını kontrol edebilir.
bitrix24-unavailable = Kimliğinizi doğrulayan Bitrix24 hizmeti şu anda yanıt vermiyor.
    .next = Birkaç dakika sonra tekrar deneyin. Hiçbir şeyi yeniden kurmanız gerekmiyor.
storage-unavailable = Veritabanımız şu anda yanıt vermiyor. Bu bizim hatamız.
    .next = Birkaç dakika sonra tekrar deneyin. Bunun nedeni sizin yaptığınız bir şey değil.
timeout = Bitrix24’ünüz zamanında yanıt vermedi.
    .next = Kanal yine de bağlanmış olabilir. Tekrar denemek güvenlidir: kanal iki kez bağlanamaz.
internal = Bizim tarafımızda bir sorun oluştu.
    .next = Tekrar deneyin. Sorun yinelenirse lütfen destek ekibimize yazın.
bad-request = Bu sayfanın bize gönderdiğini anlayamadık.
    .next = Uygulamayı kapatın, Bitrix24’ünüzde yeniden açın ve bir kez daha deneyin.
too-large = Gönderdiğiniz metin bir kanal kodu için fazlasıyla uzun.
    .next = Mesajın geri kalanını değil, yalnızca kodu veya bağlantıyı yapıştırın.
