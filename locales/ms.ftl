### Every sentence of Channel Connect, in Malay.

## The app

app-name = Channel Connect
footer-label = Perihal aplikasi ini
footer-privacy = Dasar privasi
footer-license = Perjanjian lesen
footer-support = Sokongan
theme-dark = Mod gelap

## Connecting a channel

connect-title = Sambungkan saluran terbuka
connect-lead = Bawa masuk sembang vendor, rakan kongsi atau pasukan sokongan ke dalam Bitrix24 anda. Rakan sekerja anda boleh menghantar mesej di situ seperti kepada orang lain di Messenger.
connect-portal = Bitrix24 anda: { $portal }
connect-form-title = Tambah saluran
code-label = Kod atau pautan saluran
code-hint = Kod mengandungi 32 aksara: angka dan huruf a hingga f. Pautan yang mengandungi kod itu juga boleh digunakan.
connect-button = Sambungkan saluran
connect-scope = Saluran ini akan disambungkan untuk seluruh Bitrix24 anda, bukan untuk anda sahaja.
connect-form-other-title = Tambah saluran lain
connect-admins-only = Dalam aplikasi ini, hanya pentadbir Bitrix24 anda boleh menyambungkan saluran.
offered-title = Saluran untuk anda
offered-wanted = Pautan yang anda buka adalah untuk saluran ini.
offered-connected = Disambungkan
offered-connect-again = Sambungkan semula
custom-codes-off-title = Tiada apa-apa yang perlu diisi di sini
custom-codes-off = Penerbit aplikasi ini telah menyahaktifkan penggunaan kod saluran pilihan anda sendiri.

## While a code is being typed

code-recognized = Kod saluran dikenal pasti:
code-typed = Bilangan aksara setakat ini: { $typed } daripada 32

## While Bitrix24 is working

busy = Menyambungkan saluran…
busy-still = Bitrix24 masih memprosesnya. Ini perkara biasa dan boleh mengambil masa sehingga seminit.
busy-long = Masih menunggu Bitrix24. Sila biarkan halaman ini terbuka: hasilnya akan dipaparkan di sini.

## Where the code comes from

help-title = Di manakah saya boleh mendapatkan kod?
help-ask = Tanya syarikat yang salurannya ingin anda sambungkan. Mereka akan menghantar kod atau pautan kepada anda.
help-link = Pautan biasanya kelihatan begini. Tampalkannya tanpa mengubah apa-apa; kodnya ialah bahagian selepas “networkLines”.
help-paste = Tampalkannya di sini dan tekan “{ connect-button }”.
help-picture = Gambar rajah: saluran Bitrix24.Network di Pusat Hubungan, dengan kod dan pautan saluran ditandakan.
help-picture-code = Kod
help-picture-link = Pautan
help-own-title = Ingin berkongsi saluran anda sendiri?
help-own = Kod dan pautannya boleh didapati dalam Bitrix24 anda, di Pusat Hubungan, pada saluran Bitrix24.Network.

## After connecting

connected-title = Saluran telah disambungkan
connected-text = Saluran ini disambungkan untuk seluruh Bitrix24 anda: semua rakan sekerja anda boleh mencarinya di Messenger dan menghantar mesej kepadanya.
connected-next = Tiada mesej dihantar kepada sesiapa. Mesej alu-aluan saluran akan muncul apabila seseorang membuka sembang itu buat kali pertama.
connected-next-welcome = Saluran ini mungkin akan menghantar mesej selamat datang kepada anda. Tiada mesej dihantar kepada orang lain.
open-chat = Buka sembang
open-chat-label = Buka sembang dengan saluran { $code }
not-connected-title = Saluran tidak berjaya disambungkan
connect-unsure-title = Belum pasti sama ada saluran sudah disambungkan
retry-button = Cuba lagi
reopen-button = Buka semula aplikasi
page-offline = Halaman ini tidak dapat menghubungi aplikasi.
    .next = Semak sambungan internet anda, kemudian cuba lagi. Anda boleh mencuba lagi dengan selamat: saluran tidak boleh disambungkan dua kali.

## The list of connected channels

connections-title = Saluran yang disambungkan
connected-on = Disambungkan pada { $date }
connected-by = Disambungkan oleh:
connected-by-you = Anda
connected-by-user = Pengguna { $id }
connections-range = { $first }–{ $last } daripada { $total }
connections-newer = Lebih baharu
connections-older = Lebih lama
connections-pages = Halaman senarai
connections-empty-title = Belum ada saluran
connections-empty = Saluran yang anda sambungkan akan disenaraikan di sini, setiap satu dengan pautan ke sembangnya.
disconnect-title = Bagaimanakah cara memutuskan sambungan saluran?
disconnect-text = Pentadbir Bitrix24 anda perlu membuka sembang saluran itu dan menghantar mesej /unregister. Mengalih keluar aplikasi ini tidak memutuskan sambungan saluran.

## Installing

install-title = Memasang { app-name }
install-lead = { app-name } menyambungkan sembang vendor, rakan kongsi dan pasukan sokongan anda ke Bitrix24 anda. Anda hanya memerlukan kod atau pautan saluran.
install-verified = Bitrix24 mengesahkan aplikasi
install-prepared = Aplikasi bersiap sedia untuk Bitrix24 anda
install-finishing = Bitrix24 menyelesaikan pemasangan
install-done = Selesai. Bitrix24 sedang membuka aplikasi.
install-wait = Aplikasi akan terbuka sendiri sebentar lagi. Anda tidak perlu melakukan apa-apa.
install-stuck-title = Bitrix24 belum memberikan respons
install-stuck = Pemasangan sudah disediakan, tetapi halaman ini tidak dapat memaklumkan kepada Bitrix24 bahawa ia telah selesai.
    .next = Tutup halaman ini dan buka { app-name } semula dalam Bitrix24 anda. Pemasangan akan diteruskan dari tempat ia terhenti.
install-failed-title = Pemasangan tidak dapat diselesaikan
install-again = Membuka { app-name } sekali lagi dalam Bitrix24 anda juga akan memulakan pemasangan dari awal.
unbound = Aplikasi ini perlu dimaklumkan apabila ia dikemas kini atau dialih keluar, tetapi permintaan supaya Bitrix24 anda berbuat demikian tidak berjaya.
    .next = Cuba lagi dalam beberapa minit. Jika ia berlaku lagi, sila hubungi pasukan sokongan kami.
step-done = Selesai
step-running = Sedang berjalan
step-waiting = Belum bermula
step-failed = Tidak berjaya

## Outside Bitrix24

landing-title = Buka aplikasi ini di dalam Bitrix24
landing-title-or = Atau buka aplikasi ini di dalam Bitrix24
landing-text = { $app } berfungsi di dalam Bitrix24 anda, jadi tiada apa-apa untuk dilihat pada alamat ini.
landing-step-sign-in = Log masuk ke Bitrix24 anda.
landing-step-open = Buka { $app } dari menu kiri, atau cari di Market dalam senarai aplikasi yang telah anda pasang.
landing-step-install = Belum dipasang? Pentadbir boleh memasangnya dari Market.

## Signing in outside Bitrix24

sign-in-title = Sambungkan saluran ke Bitrix24 anda
sign-in-lead = Masukkan alamat Bitrix24 anda. Anda akan diminta untuk log masuk di sana; kata laluan anda kekal dengan Bitrix24.
portal-label = Alamat Bitrix24 anda
portal-hint = Contohnya acme.bitrix24.com. Alamat mana-mana halaman di dalamnya juga boleh digunakan.
sign-in-button = Teruskan
sign-in-from-link = Anda tiba di sini melalui pautan. Teruskan hanya jika ini alamat Bitrix24 anda sendiri.
portal-empty = Belum ada alamat.
    .next = Masukkan alamat Bitrix24 anda, kemudian tekan “{ sign-in-button }”.
portal-unreadable = Ini nampaknya bukan alamat Bitrix24.
    .next = Buka Bitrix24 anda, salin kandungan bar alamat pelayar, dan tampalkannya di sini.
portal-incomplete = Ini hanya sebahagian daripada alamat.
    .next = Masukkan alamat penuh, seperti acme.bitrix24.com.
portal-private = Alamat ini tidak dapat dicapai dari internet, jadi aplikasi ini tidak dapat menggunakannya.
    .next = Masukkan alamat Bitrix24 anda yang boleh dicapai dari luar, atau tanya pentadbir anda.
sign-in-elsewhere = Bukan milik anda?
sign-in-failed-title = Anda belum log masuk
sign-in-again = Log masuk semula
sign-in-again-next = Log masuk sekali lagi dengan Bitrix24 anda. Saluran yang telah anda sambungkan kekal disambungkan.
sign-in-state = Log masuk ini telah digunakan, atau tidak dimulakan dalam pelayar ini. Kami tidak membuat sebarang perubahan.
    .next = Log masuk sekali lagi dari sini; memuat semula halaman ini tidak membantu. Jika ini muncul setiap kali, benarkan pelayar anda menerima kuki dari alamat ini.
sign-in-too-late = Lebih daripada sepuluh minit telah berlalu sejak anda mula log masuk.
    .next = Log masuk sekali lagi. Demi keselamatan anda, setiap percubaan sah selama sepuluh minit.
sign-in-another-portal = Log masuk ini milik Bitrix24 lain, bukan Bitrix24 yang alamatnya anda masukkan. Kami tidak membuat sebarang perubahan.
    .next = Jika Bitrix24 anda mempunyai alamat baharu, masukkan alamat itu. Jika anda tidak tahu mengapa halaman ini muncul, tutup sahaja.
sign-in-code = Bitrix24 tidak lagi menerima log masuk ini: ia telah digunakan atau mengambil masa terlalu lama.
    .next = Log masuk sekali lagi.
sign-in-incomplete = Halaman ini dibuka tanpa maklumat yang dihantar oleh Bitrix24 selepas log masuk.
    .next = Mulakan dengan memasukkan alamat Bitrix24 anda.

## Titles of pages that only say what went wrong

notice-title-open = Aplikasi tidak dapat dibuka
notice-title-install = Aplikasi tidak dapat dipasang
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = Belum ada kod saluran.
    .next = Tampalkan kod atau pautan yang anda terima, kemudian tekan “{ connect-button }”.
code-not-hex = Ini nampaknya bukan kod saluran: kod hanya mengandungi angka dan huruf a hingga f.
    .next = Salin kod atau pautan sekali lagi, tepat seperti yang dihantar kepada anda, dan tampalkannya di sini.
code-wrong-length = Kod ini terlalu pendek atau terlalu panjang: kod saluran mengandungi tepat 32 aksara.
    .next = Mungkin ada bahagian yang tertinggal semasa menyalin. Salin keseluruhan kod, atau keseluruhan pautan, dan tampalkannya semula.
code-several = Terdapat lebih daripada satu kod saluran dalam teks yang anda tampalkan.
    .next = Sambungkan saluran satu demi satu: tampalkan satu kod atau pautan sahaja setiap kali.

## Bitrix24 says no to the channel

invalid-code = Bitrix24 tidak menerima kod saluran ini.
    .next = Minta kod atau pautan terkini daripada syarikat yang mengendalikan saluran ini, dan tampalkannya.
not-found = Bitrix24 tidak menemui saluran dengan kod ini.
    .next = Pastikan kod itu lengkap. Jika sudah lengkap, saluran itu mungkin telah dialih keluar: minta kod baharu daripada syarikat yang mengendalikannya.
inactive = Saluran ini wujud, tetapi syarikat yang mengendalikannya telah menyahaktifkannya.
    .next = Minta mereka mengaktifkan saluran ini, kemudian cuba lagi.
refused-bot = Bitrix24 anda tidak dapat menyediakan sembang untuk saluran ini.
    .next = Cuba lagi dalam beberapa minit. Jika ia berlaku lagi, pasukan sokongan Bitrix24 boleh mencari puncanya.
refused-network = Bitrix24 anda tidak dapat menghubungi Bitrix24.Network, tempat saluran ini berada.
    .next = Cuba lagi dalam beberapa minit. Kod itu sendiri mungkin betul.
refused-answer = Bitrix24.Network menghantar jawapan yang tidak dapat dibaca oleh Bitrix24 anda.
    .next = Cuba lagi dalam beberapa minit. Jika ia berlaku lagi, sila maklumkan kepada pasukan sokongan Bitrix24.
refused-module = Saluran terbuka tidak tersedia dalam Bitrix24 anda.
    .next = Minta pentadbir mengaktifkan Saluran Terbuka dalam Bitrix24 anda, kemudian cuba lagi.
refused-unknown = Bitrix24 tidak menyambungkan saluran ini dan tidak memberikan sebab yang boleh kami tunjukkan kepada anda.
    .next = Semak kod dan cuba lagi. Jika masih tidak berjaya, sila hubungi pasukan sokongan kami.
offered-gone = Bitrix24 tidak lagi mengenali saluran ini.
    .next = Saluran ini ditawarkan oleh penerbit aplikasi ini, yang boleh membetulkannya: sila hubungi pasukan sokongan kami.
offered-refused =
    .next = Cuba lagi dalam beberapa minit. Jika masih tidak berjaya, sila hubungi pasukan sokongan kami.
offered-not-admin =
    .next = Minta pentadbir membuka aplikasi ini dan menyambungkan saluran.
refused-not-offered = Kod selain yang ditawarkan di sini dinyahaktifkan dalam aplikasi ini.
    .next = Tanya syarikat yang memberikan aplikasi ini kepada anda tentang saluran yang disediakan untuk anda.

## Who may

session-expired = Halaman ini telah terbuka terlalu lama, dan demi keselamatan anda ia tidak lagi sah.
    .next = Tutup aplikasi dan buka semula dalam Bitrix24 anda. Saluran yang telah anda sambungkan kekal disambungkan.
reopen-app = Bitrix24 telah menamatkan akses yang diberikan kepada aplikasi ini untuk anda.
    .next = Tutup aplikasi dan buka semula dalam Bitrix24 anda: akses itu akan diperbaharui.
forged = Kami tidak dapat mengesahkan bahawa halaman ini dibuka oleh Bitrix24 anda, jadi kami tidak membuat sebarang perubahan.
    .next = Buka aplikasi dari menu Bitrix24 anda, bukan melalui pautan dari tempat lain.
not-admin = Hanya pentadbir Bitrix24 anda boleh menyambungkan saluran.
    .next = Hantar kod kepada pentadbir dan minta mereka menyambungkan saluran di sini.
missing-scope = Aplikasi ini belum diberi kebenaran untuk menggunakan saluran terbuka. Ini kesilapan kami, bukan kesilapan anda.
    .next = Sila hubungi pasukan sokongan kami dan nyatakan kebenaran “imopenlines”. Mencuba lagi tidak akan membantu selagi kebenaran itu belum diberikan.
missing-credentials = Akaun anda dalam Bitrix24 tidak mempunyai hak untuk menyambungkan saluran.
    .next = Minta hak untuk menggunakan saluran terbuka daripada pentadbir, atau minta mereka menyambungkan saluran itu.
access-restricted = Bitrix24 anda tidak membenarkan anda menggunakan aplikasi ini.
    .next = Minta pentadbir memberi anda akses dalam tetapan aplikasi.
wrong-auth-type = Bitrix24 anda tidak menerima jenis akses ini untuk menyambungkan saluran.
    .next = Tutup aplikasi dan buka semula dalam Bitrix24 anda. Jika ia berlaku lagi, sila hubungi pasukan sokongan kami.
plan-required = Pelan Bitrix24 anda tidak membenarkan aplikasi bersambung dengannya.
    .next = Pentadbir boleh memilih pelan yang merangkumi aplikasi, atau memulakan tempoh percubaan, dalam tetapan Bitrix24.
payment-required = Tempoh berbayar atau tempoh percubaan aplikasi ini telah tamat.
    .next = Pentadbir boleh memperbaharui langganan di Bitrix24 Market.
not-installed = Menurut Bitrix24, aplikasi ini belum dipasang.
    .next = Minta pentadbir memasangnya dari Market, kemudian buka semula.

## Not now

rate-limited = Bitrix24 anda sedang menerima banyak permintaan dan telah meminta aplikasi mengurangkan permintaannya.
    .next =
        { $seconds ->
           *[other] Cuba lagi dalam { $seconds } saat.
        }
too-many-refusals = Kebelakangan ini, terlalu banyak percubaan membuka aplikasi ini tidak dapat disahkan. Percubaan itu datang daripada rangkaian anda, atau atas nama Bitrix24 anda.
    .next =
        { $seconds ->
           *[other] Cuba lagi dalam { $seconds } saat. Saluran yang telah anda sambungkan kekal disambungkan.
        }
overloaded = Pada masa ini, lebih ramai orang menggunakan aplikasi ini daripada yang dapat dilayan serentak.
    .next = Cuba lagi dalam beberapa saat. Tiada apa-apa yang hilang.
operation-limited = Bitrix24 anda mengehadkan masa pemprosesan yang boleh digunakan oleh aplikasi, dan buat masa ini masa itu telah habis.
    .next =
        { $minutes ->
           *[other] Cuba lagi dalam { $minutes } minit.
        }
portal-overloaded = Bitrix24 telah menghentikan semua permintaan daripada aplikasi ke Bitrix24 anda kerana bebannya terlalu tinggi.
    .next = Mencuba lagi tidak membantu. Pentadbir boleh bertanya kepada pasukan sokongan Bitrix24 bila permintaan akan dibenarkan semula.
portal-closed = Bitrix24 anda ditutup buat sementara waktu.
    .next = Kembali semula apabila ia dibuka lagi. Tiada apa-apa yang hilang.
portal-licence = Bitrix24 anda tidak dapat digunakan oleh aplikasi sekarang: jawapannya ialah halaman tentang lesennya.
    .next = Minta pentadbir membuka Bitrix24 anda dan menyemak langganannya.
portal-failed = Bitrix24 anda mengalami ralat dalaman.
    .next = Cuba lagi dalam beberapa minit. Jika ia berlaku lagi, sila maklumkan kepada pasukan sokongan Bitrix24.
portal-unreachable = Kami tidak dapat menghubungi Bitrix24 anda.
    .next = Cuba lagi dalam beberapa minit. Jika Bitrix24 anda berjalan pada pelayan anda sendiri, pentadbir boleh menyemak sama ada ia boleh dicapai dari internet.
bitrix24-unavailable = Perkhidmatan Bitrix24 yang mengesahkan identiti anda tidak memberikan respons pada masa ini.
    .next = Cuba lagi dalam beberapa minit. Anda tidak perlu memasang semula apa-apa.
storage-unavailable = Pangkalan data kami tidak memberikan respons pada masa ini. Ini kesilapan kami.
    .next = Cuba lagi dalam beberapa minit. Ini bukan disebabkan oleh apa-apa yang anda lakukan.
timeout = Bitrix24 anda tidak memberikan respons dalam masa yang ditetapkan.
    .next = Walau bagaimanapun, saluran itu mungkin telah disambungkan. Anda boleh mencuba lagi dengan selamat: ia tidak boleh disambungkan dua kali.
internal = Berlaku masalah di pihak kami.
    .next = Cuba lagi. Jika ia berlaku lagi, sila hubungi pasukan sokongan kami.
bad-request = Kami tidak dapat memahami maklumat yang dihantar oleh halaman ini.
    .next = Tutup aplikasi, buka semula dalam Bitrix24 anda, dan cuba sekali lagi.
too-large = Teks yang anda hantar terlalu panjang untuk kod saluran.
    .next = Tampalkan kod atau pautan sahaja, tanpa mesej di sekelilingnya.
