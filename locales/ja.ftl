### Channel Connect in Japanese (ja).
# Bitrix24’s own Japanese interface leaves the name “Market” in English.

## The app

app-name = Channel Connect
footer-label = このアプリについて
footer-privacy = プライバシーポリシー
footer-license = 使用許諾契約
footer-support = サポート
theme-dark = ダークモード

## Connecting a channel

connect-title = オープンチャネルを接続
connect-lead = ベンダー、パートナー、サポートチームのチャットを、お使いのBitrix24に追加できます。同僚の皆さんは、ほかの人に送るのと同じように、メッセンジャーからメッセージを送れます。
connect-portal = お使いのBitrix24：{ $portal }
connect-form-title = チャネルを追加
code-label = チャネルのコードまたはリンク
code-hint = コードは、数字とa～fの英字からなる32文字です。コードを含むリンクもそのまま使えます。
connect-button = チャネルを接続
connect-scope = チャネルは、ご自身だけでなく、お使いのBitrix24全体に接続されます。
connect-form-other-title = 別のチャネルを追加
connect-admins-only = このアプリでチャネルを接続できるのは、お使いのBitrix24の管理者だけです。
offered-title = ご利用いただけるチャネル
offered-wanted = 開いたリンクは、このチャネル用のものです。
offered-connected = 接続済み
offered-connect-again = もう一度接続
custom-codes-off-title = ここで入力するものはありません
custom-codes-off = チャネルのコードを自由に指定する機能は、このアプリの提供元によって無効にされています。

## While a code is being typed

code-recognized = チャネルのコードを認識しました：
code-typed = 32文字中{ $typed }文字を入力済み

## While Bitrix24 is working

busy = チャネルを接続しています…
busy-still = Bitrix24でまだ処理中です。異常ではありません。最長で1分ほどかかることがあります。
busy-long = まだBitrix24の応答を待っています。このページを開いたままお待ちください。結果はここに表示されます。

## Where the code comes from

help-title = コードはどこで確認できますか？
help-ask = 接続したいチャネルを運営している会社にお問い合わせください。コードまたはリンクを送ってもらえます。
help-link = リンクは通常、次のような形です。そのまま貼り付けてください。「networkLines」の後ろの部分がコードです。
help-paste = ここに貼り付けて、「{ connect-button }」を押してください。
help-picture = 図：コンタクトセンターのBitrix24.Networkチャネル。チャネルのコードとリンクに印が付いています。
help-picture-code = コード
help-picture-link = リンク
help-own-title = 自社のチャネルを共有したい場合
help-own = コードとリンクは、お使いのBitrix24のコンタクトセンターにあるBitrix24.Networkチャネルで確認できます。

## After connecting

connected-title = チャネルを接続しました
connected-text = お使いのBitrix24全体に接続されました。社内の全員がメッセンジャーでこのチャネルを見つけ、メッセージを送れます。
connected-next = メッセージは誰にも送信されていません。誰かが初めてチャットを開いたときに、チャネルのあいさつが表示されます。
connected-next-welcome = チャネルからウェルカムメッセージが届くことがあります。ほかの人には何も送信されていません。
open-chat = チャットを開く
open-chat-label = チャットを開く：チャネル{ $code }
not-connected-title = チャネルを接続できませんでした
connect-unsure-title = チャネルが接続されたかどうか確認できません
retry-button = 再試行
reopen-button = アプリを開き直す
page-offline = このページからアプリに接続できませんでした。
    .next = インターネット接続を確認してから、もう一度お試しください。再試行しても、同じチャネルが二重に接続されることはありません。

## The list of connected channels

connections-title = 接続済みのチャネル
connected-on = 接続日時：{ $date }
connected-by = 接続した人：
connected-by-you = あなた
connected-by-user = ユーザー{ $id }
connections-range = { $total }件中{ $first }～{ $last }件目
connections-newer = 新しい項目
connections-older = 古い項目
connections-pages = 一覧のページ
connections-empty-title = チャネルはまだありません
connections-empty = 接続したチャネルが、チャットへのリンクとともにここに表示されます。
disconnect-title = チャネルの接続を解除するには？
disconnect-text = お使いのBitrix24の管理者がチャネルのチャットを開き、「/unregister」というメッセージを送信します。このアプリを削除しても、チャネルの接続は解除されません。

## Installing

install-title = { app-name }のインストール
install-lead = { app-name }は、ベンダー、パートナー、サポートチームのチャットを、お使いのBitrix24に接続します。必要なのは、チャネルのコードまたはリンクだけです。
install-verified = Bitrix24によるアプリの確認
install-prepared = お使いのBitrix24に合わせたアプリの準備
install-finishing = Bitrix24によるインストールの完了処理
install-done = 完了しました。Bitrix24がアプリを開いています。
install-wait = まもなくアプリが自動的に開きます。操作は必要ありません。
install-stuck-title = Bitrix24からまだ応答がありません
install-stuck = インストールの準備はできましたが、完了したことをこのページからBitrix24に伝えられませんでした。
    .next = このページを閉じて、お使いのBitrix24で{ app-name }を開き直してください。インストールは中断したところから続行されます。
install-failed-title = インストールを完了できませんでした
install-again = お使いのBitrix24で{ app-name }をもう一度開いても、インストールが最初からやり直されます。
unbound = このアプリは、更新または削除されたときに通知を受け取る必要がありますが、お使いのBitrix24に通知を依頼できませんでした。
    .next = 数分後にもう一度お試しください。同じ問題が続く場合は、当社のサポートにご連絡ください。
step-done = 完了
step-running = 進行中
step-waiting = 未開始
step-failed = 失敗

## Outside Bitrix24

landing-title = このアプリはBitrix24で開いてください
landing-title-or = または、Bitrix24で開いてください
landing-text = { $app }はお使いのBitrix24の中で動作するため、このアドレスに表示するものはありません。
landing-step-sign-in = お使いのBitrix24にログインします。
landing-step-open = 左側のメニューから{ $app }を開くか、Marketのインストール済みアプリから探します。
landing-step-install = まだインストールしていない場合は、管理者がMarketからインストールできます。

## Signing in outside Bitrix24

sign-in-title = お使いのBitrix24にチャネルを接続
sign-in-lead = お使いのBitrix24のアドレスを入力してください。ログインはBitrix24側で行います。パスワードがBitrix24の外に渡ることはありません。
portal-label = お使いのBitrix24のアドレス
portal-hint = 「acme.bitrix24.com」のような形式です。Bitrix24内のどのページのアドレスでもかまいません。
sign-in-button = 続ける
sign-in-from-link = リンクからこのページに移動しました。これがご自身のBitrix24のアドレスである場合にのみ、続けてください。
portal-empty = アドレスがまだ入力されていません。
    .next = お使いのBitrix24のアドレスを入力し、「{ sign-in-button }」を押してください。
portal-unreadable = Bitrix24のアドレスではないようです。
    .next = お使いのBitrix24を開き、ブラウザのアドレスバーの内容をコピーして、ここに貼り付けてください。
portal-incomplete = アドレスの一部しか入力されていません。
    .next = 「acme.bitrix24.com」のように、アドレス全体を入力してください。
portal-private = このアドレスにはインターネットからアクセスできないため、このアプリでは使用できません。
    .next = お使いのBitrix24に外部からアクセスできるアドレスを入力するか、管理者に確認してください。
sign-in-elsewhere = 違う場合はこちら
sign-in-failed-title = ログインしていません
sign-in-again = もう一度ログイン
sign-in-again-next = お使いのBitrix24でもう一度ログインしてください。接続済みのチャネルは、接続されたままです。
sign-in-state = このログインはすでに使用されたか、このブラウザで開始されたものではありません。処理は何も行っていません。
    .next = ここからもう一度ログインしてください。このページを再読み込みしても解決しません。毎回表示される場合は、このアドレスのCookieをブラウザで許可してください。
sign-in-too-late = ログインを開始してから10分を過ぎました。
    .next = もう一度ログインしてください。安全のため、1回のログイン手続きの有効時間は10分です。
sign-in-another-portal = このログインは、入力されたアドレスとは別のBitrix24のものです。処理は何も行っていません。
    .next = お使いのBitrix24のアドレスが変わった場合は、新しいアドレスを入力してください。このページが表示された理由に心当たりがない場合は、そのまま閉じてください。
sign-in-code = このログインはBitrix24で受け付けられなくなりました。すでに使用されたか、時間がかかりすぎたためです。
    .next = もう一度ログインしてください。
sign-in-incomplete = ログイン後にBitrix24から送られる情報がないまま、このページが開かれました。
    .next = まず、お使いのBitrix24のアドレスを入力してください。

## Titles of pages that only say what went wrong

notice-title-open = アプリを開けませんでした
notice-title-install = アプリをインストールできませんでした
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = チャネルのコードがまだ入力されていません。
    .next = 受け取ったコードまたはリンクを貼り付けて、「{ connect-button }」を押してください。
code-not-hex = チャネルのコードではないようです。コードに含まれるのは、数字とa～fの英字だけです。
    .next = コードまたはリンクを、受け取ったとおりにもう一度コピーして、ここに貼り付けてください。
code-wrong-length = このコードは短すぎるか、長すぎます。チャネルのコードはちょうど32文字です。
    .next = コピーしたときに一部が抜けた可能性があります。コード全体またはリンク全体をコピーして、もう一度貼り付けてください。
code-several = 貼り付けたテキストに、チャネルのコードが複数含まれています。
    .next = チャネルは1つずつ接続してください。1回に貼り付けられるコードまたはリンクは1つです。

## Bitrix24 says no to the channel

invalid-code = このチャネルのコードは、Bitrix24で受け付けられませんでした。
    .next = チャネルを運営している会社に現在のコードまたはリンクを問い合わせて、それを貼り付けてください。
not-found = このコードのチャネルは、Bitrix24で見つかりませんでした。
    .next = コードがすべて入力されているか確認してください。すべて入力されている場合は、チャネルが削除された可能性があります。運営している会社に新しいコードを問い合わせてください。
inactive = このチャネルは存在しますが、運営している会社によって無効にされています。
    .next = チャネルを有効にするようその会社に依頼してから、もう一度お試しください。
refused-bot = お使いのBitrix24で、このチャネルのチャットを作成できませんでした。
    .next = 数分後にもう一度お試しください。同じ問題が続く場合は、Bitrix24サポートで原因を調査できます。
refused-network = お使いのBitrix24から、このチャネルがあるBitrix24.Networkに接続できませんでした。
    .next = 数分後にもう一度お試しください。コード自体は正しい可能性があります。
refused-answer = Bitrix24.Networkからの応答を、お使いのBitrix24が読み取れませんでした。
    .next = 数分後にもう一度お試しください。同じ問題が続く場合は、Bitrix24サポートにお知らせください。
refused-module = お使いのBitrix24では、オープンチャネルを利用できません。
    .next = お使いのBitrix24でオープンチャネルを有効にするよう管理者に依頼してから、もう一度お試しください。
refused-unknown = Bitrix24はチャネルを接続しませんでした。お伝えできる理由も示されませんでした。
    .next = コードを確認して、もう一度お試しください。それでも接続できない場合は、当社のサポートにご連絡ください。
offered-gone = このチャネルは、Bitrix24に存在しなくなりました。
    .next = このチャネルはアプリの提供元が案内しているもので、提供元で修正できます。当社のサポートにご連絡ください。
offered-refused =
    .next = 数分後にもう一度お試しください。それでも接続できない場合は、当社のサポートにご連絡ください。
offered-not-admin =
    .next = 管理者に、このアプリを開いてチャネルを接続するよう依頼してください。
refused-not-offered = このアプリで使えるのはここに表示されているコードだけで、それ以外は無効にされています。
    .next = どのチャネルを利用できるか、このアプリを案内した会社にお問い合わせください。

## Who may

session-expired = このページは長時間開かれていたため、安全のために無効になりました。
    .next = アプリを閉じて、お使いのBitrix24で開き直してください。接続済みのチャネルは、接続されたままです。
reopen-app = このアプリがお客様に代わってBitrix24にアクセスする権限は、Bitrix24側で失効しました。
    .next = アプリを閉じて、お使いのBitrix24で開き直してください。アクセス権が更新されます。
forged = このページがお使いのBitrix24から開かれたことを確認できなかったため、何も行いませんでした。
    .next = ほかの場所にあるリンクからではなく、お使いのBitrix24のメニューからアプリを開いてください。
not-admin = チャネルを接続できるのは、お使いのBitrix24の管理者だけです。
    .next = 管理者にコードを送り、ここで接続するよう依頼してください。
missing-scope = このアプリには、オープンチャネルを使用する権限が与えられていません。これは当社の不備であり、お客様の誤りではありません。
    .next = 当社のサポートに、「imopenlines」権限の件としてご連絡ください。権限が追加されるまで、再試行しても解決しません。
missing-credentials = お客様のBitrix24アカウントには、チャネルを接続する権限がありません。
    .next = オープンチャネルを使用する権限の付与、またはチャネルの接続を、管理者に依頼してください。
access-restricted = お使いのBitrix24では、お客様によるこのアプリの使用が許可されていません。
    .next = アプリの設定でアクセスを許可するよう、管理者に依頼してください。
wrong-auth-type = お使いのBitrix24では、この種類のアクセスによるチャネルの接続は受け付けられません。
    .next = アプリを閉じて、お使いのBitrix24で開き直してください。同じ問題が続く場合は、当社のサポートにご連絡ください。
plan-required = お使いのBitrix24のプランでは、アプリからの接続が許可されていません。
    .next = 管理者は、Bitrix24の設定で、アプリを利用できるプランを選択するか、トライアルを開始できます。
payment-required = このアプリの有料期間またはトライアル期間が終了しました。
    .next = 管理者は、Bitrix24 Marketでサブスクリプションを更新できます。
not-installed = Bitrix24によると、このアプリはインストールされていません。
    .next = Marketからインストールするよう管理者に依頼してから、アプリを開き直してください。

## Not now

rate-limited = お使いのBitrix24が大量のリクエストを受け取っており、アプリにリクエストの頻度を下げるよう求めています。
    .next =
        { $seconds ->
           *[other] { $seconds }秒後にもう一度お試しください。
        }
too-many-refusals = 最近、このアプリを開こうとする操作のうち、確認できなかったものが多すぎました。お使いのネットワークから、またはお使いのBitrix24の名前で行われたものです。
    .next =
        { $seconds ->
           *[other] { $seconds }秒後にもう一度お試しください。接続済みのチャネルは、接続されたままです。
        }
overloaded = 現在、このアプリの利用者数が、同時に対応できる人数を超えています。
    .next = 数秒後にもう一度お試しください。失われたものはありません。
operation-limited = お使いのBitrix24では、アプリが処理に使える時間に上限があり、現在その時間を使い切っています。
    .next =
        { $minutes ->
           *[other] { $minutes }分後にもう一度お試しください。
        }
portal-overloaded = 負荷が高すぎるため、Bitrix24は、お使いのBitrix24に対するアプリからのリクエストをすべて停止しました。
    .next = 再試行しても解決しません。リクエストがいつ再び許可されるかは、管理者がBitrix24サポートに問い合わせることができます。
portal-closed = お使いのBitrix24は一時的に停止しています。
    .next = 再開後にもう一度お越しください。失われたものはありません。
portal-licence = 現在、アプリはお使いのBitrix24を利用できません。ライセンスに関するページが返されています。
    .next = お使いのBitrix24を開いてサブスクリプションを確認するよう、管理者に依頼してください。
portal-failed = お使いのBitrix24の内部でエラーが発生しました。
    .next = 数分後にもう一度お試しください。同じ問題が続く場合は、Bitrix24サポートにお知らせください。
portal-unreachable = お使いのBitrix24に接続できませんでした。
    .next = 数分後にもう一度お試しください。Bitrix24を自社サーバーで運用している場合は、インターネットからアクセスできるかどうかを管理者が確認できます。
bitrix24-unavailable = ユーザーを確認するBitrix24のサービスが、現在応答していません。
    .next = 数分後にもう一度お試しください。再インストールは必要ありません。
storage-unavailable = 当社のデータベースが現在応答していません。これは当社側の問題です。
    .next = 数分後にもう一度お試しください。お客様の操作が原因ではありません。
timeout = お使いのBitrix24から時間内に応答がありませんでした。
    .next = それでも、チャネルは接続されている可能性があります。再試行しても、二重に接続されることはありません。
internal = 当社側で問題が発生しました。
    .next = もう一度お試しください。同じ問題が続く場合は、当社のサポートにご連絡ください。
bad-request = このページから送信された内容を処理できませんでした。
    .next = アプリを閉じて、お使いのBitrix24で開き直してから、もう一度お試しください。
too-large = 送信されたテキストは、チャネルのコードとしては長すぎます。
    .next = 前後のメッセージを含めず、コードまたはリンクだけを貼り付けてください。
