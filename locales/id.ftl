### Every sentence of Channel Connect, in Indonesian.

## The app

app-name = Channel Connect
footer-label = Tentang aplikasi ini
footer-privacy = Kebijakan privasi
footer-license = Perjanjian lisensi
footer-support = Dukungan
theme-dark = Mode gelap

## Connecting a channel

connect-title = Hubungkan saluran terbuka
connect-lead = Hadirkan obrolan vendor, mitra, atau tim dukungan di Bitrix24 Anda. Rekan kerja Anda dapat mengirim pesan ke sana seperti ke orang lain di Messenger.
connect-portal = Bitrix24 Anda: { $portal }
connect-form-title = Tambahkan saluran
code-label = Kode atau tautan saluran
code-hint = Kode terdiri dari 32 karakter: angka dan huruf a sampai f. Tautan yang memuat kode itu juga bisa digunakan.
connect-button = Hubungkan saluran
connect-scope = Saluran akan terhubung untuk seluruh Bitrix24 Anda, bukan hanya untuk Anda.
connect-form-other-title = Tambahkan saluran lain
connect-admins-only = Di aplikasi ini, hanya administrator Bitrix24 Anda yang dapat menghubungkan saluran.
offered-title = Saluran untuk Anda
offered-wanted = Tautan yang Anda buka adalah untuk saluran ini.
offered-connected = Terhubung
offered-connect-again = Hubungkan lagi
custom-codes-off-title = Tidak ada yang perlu diisi di sini
custom-codes-off = Penerbit aplikasi ini menonaktifkan penggunaan kode saluran pilihan Anda sendiri.

## While a code is being typed

code-recognized = Kode saluran dikenali:
code-typed = Jumlah karakter saat ini: { $typed } dari 32

## While Bitrix24 is working

busy = Menghubungkan saluran…
busy-still = Bitrix24 masih memprosesnya. Ini wajar dan bisa memakan waktu hingga satu menit.
busy-long = Masih menunggu Bitrix24. Biarkan halaman ini tetap terbuka: hasilnya akan muncul di sini.

## Where the code comes from

help-title = Di mana saya bisa mendapatkan kode?
help-ask = Tanyakan kepada perusahaan yang salurannya ingin Anda hubungkan. Mereka akan mengirimkan kode atau tautan kepada Anda.
help-link = Tautan biasanya terlihat seperti ini. Tempelkan apa adanya; kodenya adalah bagian setelah “networkLines”.
help-paste = Tempelkan di sini, lalu tekan “{ connect-button }”.
help-picture = Gambar: saluran Bitrix24.Network di Pusat Kontak, dengan kode dan tautan saluran yang ditandai.
help-picture-code = Kode
help-picture-link = Tautan
help-own-title = Ingin membagikan saluran Anda sendiri?
help-own = Kode dan tautannya dapat Anda temukan di Bitrix24 Anda, di bagian Pusat Kontak, pada saluran Bitrix24.Network.

## After connecting

connected-title = Saluran sudah terhubung
connected-text = Saluran ini terhubung untuk seluruh Bitrix24 Anda: semua rekan kerja Anda dapat menemukannya di Messenger dan mengirim pesan ke sana.
connected-next = Tidak ada pesan yang dikirim kepada siapa pun. Salam dari saluran akan muncul saat seseorang membuka obrolannya untuk pertama kali.
connected-next-welcome = Saluran ini mungkin akan mengirimkan sambutan kepada Anda. Tidak ada pesan yang dikirim kepada orang lain.
open-chat = Buka obrolan
open-chat-label = Buka obrolan dengan saluran { $code }
not-connected-title = Saluran tidak berhasil terhubung
connect-unsure-title = Belum pasti apakah saluran sudah terhubung
retry-button = Coba lagi
reopen-button = Buka kembali aplikasi
page-offline = Halaman ini tidak dapat menghubungi aplikasi.
    .next = Periksa koneksi internet Anda, lalu coba lagi. Mencoba lagi tetap aman: saluran tidak bisa terhubung dua kali.

## The list of connected channels

connections-title = Saluran yang terhubung
connected-on = Dihubungkan pada { $date }
connected-by = Dihubungkan oleh:
connected-by-you = Anda
connected-by-user = Pengguna { $id }
connections-range = { $first }–{ $last } dari { $total }
connections-newer = Lebih baru
connections-older = Lebih lama
connections-pages = Halaman daftar
connections-empty-title = Belum ada saluran
connections-empty = Saluran yang Anda hubungkan akan tercantum di sini, masing-masing dengan tautan ke obrolannya.
disconnect-title = Bagaimana cara memutuskan sambungan saluran?
disconnect-text = Administrator Bitrix24 Anda perlu membuka obrolan saluran tersebut dan mengirim pesan /unregister. Menghapus aplikasi ini tidak memutuskan sambungan saluran.

## Installing

install-title = Menginstal { app-name }
install-lead = { app-name } menghubungkan obrolan vendor, mitra, dan tim dukungan Anda ke Bitrix24 Anda. Yang dibutuhkan hanya kode atau tautan saluran.
install-verified = Bitrix24 mengonfirmasi aplikasi
install-prepared = Aplikasi disiapkan untuk Bitrix24 Anda
install-finishing = Bitrix24 menyelesaikan instalasi
install-done = Selesai. Bitrix24 sedang membuka aplikasi.
install-wait = Aplikasi akan terbuka sendiri sebentar lagi. Anda tidak perlu melakukan apa pun.
install-stuck-title = Bitrix24 belum merespons
install-stuck = Instalasi sudah disiapkan, tetapi halaman ini tidak dapat memberi tahu Bitrix24 bahwa prosesnya selesai.
    .next = Tutup halaman ini dan buka kembali { app-name } di Bitrix24 Anda. Instalasi akan dilanjutkan dari titik terakhir.
install-failed-title = Instalasi tidak dapat diselesaikan
install-again = Membuka { app-name } sekali lagi di Bitrix24 Anda juga akan memulai instalasi dari awal.
unbound = Aplikasi ini perlu diberi tahu saat diperbarui atau dihapus, tetapi permintaan itu tidak dapat disampaikan ke Bitrix24 Anda.
    .next = Coba lagi dalam beberapa menit. Jika terjadi lagi, hubungi tim dukungan kami.
step-done = Selesai
step-running = Sedang berlangsung
step-waiting = Belum dimulai
step-failed = Tidak berhasil

## Outside Bitrix24

landing-title = Buka aplikasi ini di dalam Bitrix24
landing-title-or = Atau buka aplikasi ini di dalam Bitrix24
landing-text = { $app } berjalan di dalam Bitrix24 Anda, jadi tidak ada yang dapat dilihat di alamat ini.
landing-step-sign-in = Masuk ke Bitrix24 Anda.
landing-step-open = Buka { $app } dari menu kiri, atau temukan di Market di antara aplikasi yang sudah Anda instal.
landing-step-install = Belum diinstal? Administrator dapat menginstalnya dari Market.

## Signing in outside Bitrix24

sign-in-title = Hubungkan saluran ke Bitrix24 Anda
sign-in-lead = Masukkan alamat Bitrix24 Anda. Anda akan diminta masuk di sana; kata sandi Anda tetap berada di Bitrix24.
portal-label = Alamat Bitrix24 Anda
portal-hint = Bentuknya seperti acme.bitrix24.com. Alamat halaman mana pun di dalamnya juga bisa digunakan.
sign-in-button = Lanjutkan
sign-in-from-link = Anda sampai di sini melalui sebuah tautan. Lanjutkan hanya jika ini alamat Bitrix24 Anda sendiri.
portal-empty = Belum ada alamat.
    .next = Masukkan alamat Bitrix24 Anda, lalu tekan “{ sign-in-button }”.
portal-unreadable = Ini sepertinya bukan alamat Bitrix24.
    .next = Buka Bitrix24 Anda, salin yang tertera di bilah alamat browser, lalu tempelkan di sini.
portal-incomplete = Ini hanya sebagian dari alamat.
    .next = Masukkan alamat lengkap, seperti acme.bitrix24.com.
portal-private = Alamat ini tidak dapat diakses dari internet, sehingga aplikasi ini tidak dapat menggunakannya.
    .next = Masukkan alamat Bitrix24 Anda yang dapat diakses dari luar, atau tanyakan kepada administrator Anda.
sign-in-elsewhere = Bukan milik Anda?
sign-in-failed-title = Anda belum masuk
sign-in-again = Masuk lagi
sign-in-again-next = Masuk sekali lagi dengan Bitrix24 Anda. Saluran yang sudah Anda hubungkan tetap terhubung.
sign-in-state = Proses masuk ini sudah pernah digunakan, atau tidak dimulai di browser ini. Tidak ada perubahan yang kami lakukan.
    .next = Masuk sekali lagi dari sini; memuat ulang halaman ini tidak membantu. Jika ini terus muncul, izinkan browser Anda menerima cookie dari alamat ini.
sign-in-too-late = Sudah lebih dari sepuluh menit sejak Anda mulai masuk.
    .next = Masuk sekali lagi. Demi keamanan Anda, setiap percobaan berlaku selama sepuluh menit.
sign-in-another-portal = Proses masuk ini milik Bitrix24 lain, bukan Bitrix24 yang alamatnya Anda masukkan. Tidak ada perubahan yang kami lakukan.
    .next = Jika Bitrix24 Anda memiliki alamat baru, masukkan alamat itu. Jika Anda tidak tahu mengapa halaman ini muncul, tutup saja.
sign-in-code = Bitrix24 tidak lagi menerima proses masuk ini: sudah pernah digunakan atau terlalu lama.
    .next = Masuk sekali lagi.
sign-in-incomplete = Halaman ini dibuka tanpa data yang dikirim Bitrix24 setelah proses masuk.
    .next = Mulailah dengan memasukkan alamat Bitrix24 Anda.

## Titles of pages that only say what went wrong

notice-title-open = Aplikasi tidak dapat dibuka
notice-title-install = Aplikasi tidak dapat diinstal
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = Belum ada kode saluran.
    .next = Tempelkan kode atau tautan yang Anda terima, lalu tekan “{ connect-button }”.
code-not-hex = Ini sepertinya bukan kode saluran: kode hanya berisi angka dan huruf a sampai f.
    .next = Salin kode atau tautan sekali lagi, persis seperti yang dikirimkan kepada Anda, lalu tempelkan di sini.
code-wrong-length = Kode ini terlalu pendek atau terlalu panjang: kode saluran terdiri dari tepat 32 karakter.
    .next = Mungkin ada bagian yang hilang saat menyalin. Salin seluruh kode, atau seluruh tautan, lalu tempelkan lagi.
code-several = Ada lebih dari satu kode saluran dalam teks yang Anda tempelkan.
    .next = Hubungkan saluran satu per satu: tempelkan satu kode atau tautan saja setiap kali.

## Bitrix24 says no to the channel

invalid-code = Bitrix24 tidak menerima kode saluran ini.
    .next = Mintalah kode atau tautan terbaru kepada perusahaan yang mengelola saluran ini, lalu tempelkan.
not-found = Bitrix24 tidak menemukan saluran dengan kode ini.
    .next = Periksa apakah kodenya lengkap. Jika sudah, mungkin saluran itu telah dihapus: mintalah kode baru kepada perusahaan yang mengelolanya.
inactive = Saluran ini ada, tetapi dinonaktifkan oleh perusahaan yang mengelolanya.
    .next = Minta mereka mengaktifkan saluran ini, lalu coba lagi.
refused-bot = Bitrix24 Anda tidak dapat menyiapkan obrolan untuk saluran ini.
    .next = Coba lagi dalam beberapa menit. Jika terjadi lagi, tim dukungan Bitrix24 dapat mencari tahu penyebabnya.
refused-network = Bitrix24 Anda tidak dapat menghubungi Bitrix24.Network, tempat saluran ini berada.
    .next = Coba lagi dalam beberapa menit. Kodenya sendiri mungkin saja benar.
refused-answer = Bitrix24.Network mengirimkan jawaban yang tidak dapat dibaca oleh Bitrix24 Anda.
    .next = Coba lagi dalam beberapa menit. Jika terjadi lagi, beri tahu tim dukungan Bitrix24.
refused-module = Saluran terbuka tidak tersedia di Bitrix24 Anda.
    .next = Minta administrator mengaktifkan Saluran Terbuka di Bitrix24 Anda, lalu coba lagi.
refused-unknown = Bitrix24 tidak menghubungkan saluran ini dan tidak memberikan alasan yang dapat kami tampilkan.
    .next = Periksa kodenya dan coba lagi. Jika tetap tidak berhasil, hubungi tim dukungan kami.
offered-gone = Bitrix24 tidak lagi mengenali saluran ini.
    .next = Saluran ini ditawarkan oleh penerbit aplikasi ini, yang dapat memperbaikinya: hubungi tim dukungan kami.
offered-refused =
    .next = Coba lagi dalam beberapa menit. Jika tetap tidak berhasil, hubungi tim dukungan kami.
offered-not-admin =
    .next = Minta administrator membuka aplikasi ini dan menghubungkan saluran.
refused-not-offered = Kode selain yang ditawarkan di sini dinonaktifkan di aplikasi ini.
    .next = Tanyakan kepada perusahaan yang memberi Anda aplikasi ini saluran mana yang disediakan untuk Anda.

## Who may

session-expired = Halaman ini sudah terlalu lama terbuka, dan demi keamanan Anda kini tidak berlaku lagi.
    .next = Tutup aplikasi dan buka kembali di Bitrix24 Anda. Saluran yang sudah Anda hubungkan tetap terhubung.
reopen-app = Bitrix24 telah mengakhiri akses yang diberikannya kepada aplikasi ini untuk Anda.
    .next = Tutup aplikasi dan buka kembali di Bitrix24 Anda: aksesnya akan diperbarui.
forged = Kami tidak dapat memastikan bahwa halaman ini dibuka oleh Bitrix24 Anda, jadi tidak ada perubahan yang kami lakukan.
    .next = Buka aplikasi dari menu Bitrix24 Anda, bukan melalui tautan dari tempat lain.
not-admin = Hanya administrator Bitrix24 Anda yang boleh menghubungkan saluran.
    .next = Kirimkan kode kepada administrator dan minta mereka menghubungkan saluran di sini.
missing-scope = Aplikasi ini belum diberi izin untuk menggunakan saluran terbuka. Ini kesalahan kami, bukan kesalahan Anda.
    .next = Hubungi tim dukungan kami dan sebutkan izin “imopenlines”. Mencoba lagi tidak akan membantu sebelum izin itu diberikan.
missing-credentials = Akun Anda di Bitrix24 tidak memiliki hak untuk menghubungkan saluran.
    .next = Mintalah hak untuk menggunakan saluran terbuka kepada administrator, atau minta mereka menghubungkan saluran itu.
access-restricted = Bitrix24 Anda tidak mengizinkan Anda menggunakan aplikasi ini.
    .next = Minta administrator memberi Anda akses di pengaturan aplikasi.
wrong-auth-type = Bitrix24 Anda tidak menerima jenis akses ini untuk menghubungkan saluran.
    .next = Tutup aplikasi dan buka kembali di Bitrix24 Anda. Jika terjadi lagi, hubungi tim dukungan kami.
plan-required = Paket Bitrix24 Anda tidak mengizinkan aplikasi untuk terhubung.
    .next = Administrator dapat memilih paket yang mencakup aplikasi, atau memulai masa uji coba, di pengaturan Bitrix24.
payment-required = Masa berbayar atau masa uji coba aplikasi ini telah berakhir.
    .next = Administrator dapat memperpanjang langganan di Bitrix24 Market.
not-installed = Menurut Bitrix24, aplikasi ini belum diinstal.
    .next = Minta administrator menginstalnya dari Market, lalu buka kembali.

## Not now

rate-limited = Bitrix24 Anda sedang menerima banyak permintaan dan meminta aplikasi mengurangi permintaannya.
    .next =
        { $seconds ->
           *[other] Coba lagi dalam { $seconds } detik.
        }
too-many-refusals = Belakangan ini terlalu banyak upaya membuka aplikasi ini yang tidak dapat dikonfirmasi. Upaya itu berasal dari jaringan Anda, atau mengatasnamakan Bitrix24 Anda.
    .next =
        { $seconds ->
           *[other] Coba lagi dalam { $seconds } detik. Saluran yang sudah Anda hubungkan tetap terhubung.
        }
overloaded = Saat ini aplikasi digunakan oleh lebih banyak orang daripada yang dapat dilayani sekaligus.
    .next = Coba lagi dalam beberapa detik. Tidak ada yang hilang.
operation-limited = Bitrix24 Anda membatasi waktu pemrosesan yang boleh dipakai aplikasi, dan untuk saat ini waktu itu sudah habis.
    .next =
        { $minutes ->
           *[other] Coba lagi dalam { $minutes } menit.
        }
portal-overloaded = Bitrix24 menghentikan semua permintaan aplikasi ke Bitrix24 Anda karena bebannya terlalu besar.
    .next = Mencoba lagi tidak membantu. Administrator dapat menanyakan kepada tim dukungan Bitrix24 kapan permintaan akan diizinkan kembali.
portal-closed = Bitrix24 Anda sedang ditutup sementara.
    .next = Kembalilah saat sudah dibuka lagi. Tidak ada yang hilang.
portal-licence = Bitrix24 Anda saat ini tidak dapat digunakan oleh aplikasi: jawabannya berupa halaman tentang lisensinya.
    .next = Minta administrator membuka Bitrix24 Anda dan memeriksa langganannya.
portal-failed = Terjadi kesalahan internal di Bitrix24 Anda.
    .next = Coba lagi dalam beberapa menit. Jika terjadi lagi, beri tahu tim dukungan Bitrix24.
portal-unreachable = Kami tidak dapat menghubungi Bitrix24 Anda.
    .next = Coba lagi dalam beberapa menit. Jika Bitrix24 Anda berjalan di server sendiri, administrator dapat memeriksa apakah server itu dapat diakses dari internet.
bitrix24-unavailable = Layanan Bitrix24 yang memastikan identitas Anda saat ini tidak merespons.
    .next = Coba lagi dalam beberapa menit. Anda tidak perlu menginstal ulang apa pun.
storage-unavailable = Basis data kami saat ini tidak merespons. Ini kesalahan kami.
    .next = Coba lagi dalam beberapa menit. Ini bukan akibat dari apa pun yang Anda lakukan.
timeout = Bitrix24 Anda tidak merespons tepat waktu.
    .next = Meski begitu, saluran mungkin sudah terhubung. Mencoba lagi tetap aman: saluran tidak bisa terhubung dua kali.
internal = Terjadi kesalahan di pihak kami.
    .next = Coba lagi. Jika terjadi lagi, hubungi tim dukungan kami.
bad-request = Kami tidak dapat memahami data yang dikirim halaman ini.
    .next = Tutup aplikasi, buka kembali di Bitrix24 Anda, lalu coba sekali lagi.
too-large = Teks yang Anda kirim terlalu panjang untuk sebuah kode saluran.
    .next = Tempelkan kode atau tautannya saja, tanpa pesan di sekitarnya.
