### Channel Connect in Traditional Chinese, Taiwan (zh-TW).
# Bitrix24’s own Chinese (Taiwan) interface leaves the names “Open Channel” and “Market” in English; a channel, for short, is 頻道 (渠道 is mainland usage).

## The app

app-name = Channel Connect
footer-label = 關於此應用程式
footer-privacy = 隱私權政策
footer-license = 授權合約
footer-support = 技術支援
theme-dark = 深色模式

## Connecting a channel

connect-title = 連接 Open Channel 頻道
connect-lead = 將廠商、合作夥伴或支援團隊的聊天帶進您的 Bitrix24。同事在即時通訊中傳訊息給它，就和傳給其他人一樣。
connect-portal = 您的 Bitrix24：{ $portal }
connect-form-title = 新增頻道
code-label = 頻道代碼或連結
code-hint = 代碼共有 32 個字元，由數字和字母 a 到 f 組成。直接貼上含有代碼的連結也可以。
connect-button = 連接頻道
connect-scope = 頻道會連接到您的整個 Bitrix24，而不是只供您個人使用。
connect-form-other-title = 新增其他頻道
connect-admins-only = 在此應用程式中，只有您的 Bitrix24 管理員可以連接頻道。
offered-title = 提供給您的頻道
offered-wanted = 您開啟的連結就是這個頻道的連結。
offered-connected = 已連接
offered-connect-again = 重新連接
custom-codes-off-title = 這裡不需要輸入任何內容
custom-codes-off = 此應用程式的發行者已關閉自行輸入頻道代碼的功能。

## While a code is being typed

code-recognized = 已辨識頻道代碼：
code-typed = 已輸入 { $typed } 個字元，共需 32 個

## While Bitrix24 is working

busy = 正在連接頻道…
busy-still = Bitrix24 仍在處理中。這是正常現象，最久可能需要一分鐘。
busy-long = 仍在等待 Bitrix24 回應。請勿關閉此頁面，結果會顯示在這裡。

## Where the code comes from

help-title = 在哪裡可以找到代碼？
help-ask = 想連接哪家公司的頻道，就請向那家公司索取。對方會傳送代碼或連結給您。
help-link = 連結通常如下所示。請原封不動貼上；「networkLines」後面的部分就是代碼。
help-paste = 將它貼在這裡，然後按「{ connect-button }」。
help-picture = 示意圖：聯絡中心裡的 Bitrix24.Network 頻道，並標示出該頻道的代碼和連結。
help-picture-code = 代碼
help-picture-link = 連結
help-own-title = 想分享自己的頻道嗎？
help-own = 在您的 Bitrix24 開啟聯絡中心，進入 Bitrix24.Network 頻道，就能找到它的代碼和連結。

## After connecting

connected-title = 頻道已連接
connected-text = 頻道已連接到您的整個 Bitrix24：所有同事都能在即時通訊中找到它，並傳送訊息給它。
connected-next = 尚未傳送訊息給任何人。有人第一次開啟聊天時，才會顯示頻道的歡迎詞。
connected-next-welcome = 頻道可能會傳送一則歡迎訊息給您。除此之外，沒有傳送訊息給任何人。
open-chat = 開啟聊天
open-chat-label = 開啟聊天：頻道 { $code }
not-connected-title = 頻道未能連接
connect-unsure-title = 尚無法確定頻道是否已連接
retry-button = 再試一次
reopen-button = 重新開啟應用程式
page-offline = 此頁面無法連線到應用程式。
    .next = 請檢查您的網路連線，然後再試一次。您可以放心重試：同一個頻道不會重複連接。

## The list of connected channels

connections-title = 已連接的頻道
connected-on = 連接時間：{ $date }
connected-by = 連接者：
connected-by-you = 您
connected-by-user = 使用者 { $id }
connections-range = 第 { $first }–{ $last } 個，共 { $total } 個
connections-newer = 較新
connections-older = 較舊
connections-pages = 清單分頁
connections-empty-title = 還沒有頻道
connections-empty = 您連接的頻道會列在這裡，每個頻道都附有聊天的連結。
disconnect-title = 如何中斷頻道連線？
disconnect-text = 由您的 Bitrix24 管理員開啟該頻道的聊天，並傳送 /unregister 這則訊息。移除此應用程式並不會中斷頻道連線。

## Installing

install-title = 正在安裝 { app-name }
install-lead = { app-name } 可將廠商、合作夥伴和支援團隊的聊天連接到您的 Bitrix24。您只需要頻道的代碼或連結。
install-verified = Bitrix24 確認應用程式
install-prepared = 應用程式為您的 Bitrix24 做準備
install-finishing = Bitrix24 完成安裝
install-done = 安裝完成。Bitrix24 正在開啟應用程式。
install-wait = 應用程式稍後會自動開啟，您不需要進行任何操作。
install-stuck-title = Bitrix24 尚未回應
install-stuck = 安裝已準備就緒，但此頁面未能通知 Bitrix24 安裝已完成。
    .next = 請關閉此頁面，然後在您的 Bitrix24 重新開啟 { app-name }。安裝會從中斷的地方繼續。
install-failed-title = 安裝未能完成
install-again = 在您的 Bitrix24 再次開啟 { app-name }，也會重新開始安裝。
unbound = 此應用程式必須在更新或移除時收到通知，但我們無法請您的 Bitrix24 傳送這類通知。
    .next = 請過幾分鐘再試一次。如果問題再次發生，請聯絡我們的支援團隊。
step-done = 已完成
step-running = 進行中
step-waiting = 尚未開始
step-failed = 未成功

## Outside Bitrix24

landing-title = 請在 Bitrix24 中開啟此應用程式
landing-title-or = 或者在 Bitrix24 中開啟此應用程式
landing-text = { $app } 是在您的 Bitrix24 中運作，因此這個網址沒有可顯示的內容。
landing-step-sign-in = 登入您的 Bitrix24。
landing-step-open = 從左側選單開啟 { $app }，或在 Market 的已安裝應用程式中找到它。
landing-step-install = 還沒安裝嗎？管理員可以從 Market 安裝。

## Signing in outside Bitrix24

sign-in-title = 將頻道連接到您的 Bitrix24
sign-in-lead = 請輸入您的 Bitrix24 網址。您會在那裡登入，密碼只會留在 Bitrix24。
portal-label = 您的 Bitrix24 網址
portal-hint = 格式類似 acme.bitrix24.com。輸入其中任何一個頁面的網址也可以。
sign-in-button = 繼續
sign-in-from-link = 您是透過連結來到這裡的。請確定這是您自己的 Bitrix24 網址後再繼續。
portal-empty = 尚未輸入網址。
    .next = 請輸入您的 Bitrix24 網址，然後按「{ sign-in-button }」。
portal-unreadable = 這看起來不像 Bitrix24 的網址。
    .next = 請開啟您的 Bitrix24，複製瀏覽器網址列中的內容，然後貼在這裡。
portal-incomplete = 這只是網址的一部分。
    .next = 請輸入完整的網址，例如 acme.bitrix24.com。
portal-private = 無法從網際網路連線到這個網址，所以此應用程式無法使用這個網址。
    .next = 請輸入可從外部連線到您 Bitrix24 的網址，或向管理員詢問該網址。
sign-in-elsewhere = 不是您的嗎？
sign-in-failed-title = 您尚未登入
sign-in-again = 重新登入
sign-in-again-next = 請再次使用您的 Bitrix24 登入。您已連接的頻道會維持連接。
sign-in-state = 這次登入已經使用過，或不是從這個瀏覽器開始的。我們沒有執行任何操作。
    .next = 請從這裡重新登入；重新整理此頁面沒有作用。如果每次都出現這個訊息，請讓瀏覽器接受此網址的 Cookie。
sign-in-too-late = 從您開始登入到現在已超過十分鐘。
    .next = 請重新登入。為了您的安全，每次登入的有效時間為十分鐘。
sign-in-another-portal = 這次登入的 Bitrix24 與您輸入的網址不同。我們沒有執行任何操作。
    .next = 如果您的 Bitrix24 已更換網址，請輸入新網址。如果您不清楚為什麼會看到此頁面，直接關閉即可。
sign-in-code = Bitrix24 不再接受這次登入：它已經使用過，或耗時太久。
    .next = 請重新登入。
sign-in-incomplete = 開啟此頁面時，缺少 Bitrix24 在登入後附上的資訊。
    .next = 請先輸入您的 Bitrix24 網址。

## Titles of pages that only say what went wrong

notice-title-open = 無法開啟應用程式
notice-title-install = 無法安裝應用程式
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = 尚未輸入頻道代碼。
    .next = 請貼上您收到的代碼或連結，然後按「{ connect-button }」。
code-not-hex = 這看起來不像頻道代碼：代碼只會有數字和字母 a 到 f。
    .next = 請重新複製代碼或連結，內容須與您收到的完全相同，然後貼在這裡。
code-wrong-length = 這個代碼太短或太長：頻道代碼剛好有 32 個字元。
    .next = 複製時可能遺漏了一部分。請複製完整的代碼或完整的連結，然後重新貼上。
code-several = 您貼上的文字中有多個頻道代碼。
    .next = 請逐一連接頻道：每次只貼上一個代碼或連結。

## Bitrix24 says no to the channel

invalid-code = Bitrix24 未接受這個頻道代碼。
    .next = 請向經營該頻道的公司索取目前的代碼或連結，然後貼上。
not-found = Bitrix24 中沒有使用這個代碼的頻道。
    .next = 請檢查代碼是否完整。如果完整，頻道可能已遭移除：請向經營該頻道的公司索取新的代碼。
inactive = 這個頻道存在，但經營它的公司已將它停用。
    .next = 請對方啟用頻道，然後再試一次。
refused-bot = 您的 Bitrix24 無法為這個頻道建立聊天。
    .next = 請過幾分鐘再試一次。如果問題再次發生，Bitrix24 支援團隊可以查明原因。
refused-network = 您的 Bitrix24 無法連線到頻道所在的 Bitrix24.Network。
    .next = 請過幾分鐘再試一次。代碼本身很可能沒有問題。
refused-answer = 您的 Bitrix24 無法讀取 Bitrix24.Network 傳來的回應。
    .next = 請過幾分鐘再試一次。如果問題再次發生，請告知 Bitrix24 支援團隊。
refused-module = 您的 Bitrix24 無法使用 Open Channel。
    .next = 請管理員在您的 Bitrix24 啟用 Open Channel，然後再試一次。
refused-unknown = Bitrix24 沒有連接頻道，也沒有提供我們能向您顯示的原因。
    .next = 請檢查代碼並再試一次。如果還是不行，請聯絡我們的支援團隊。
offered-gone = Bitrix24 中已經沒有這個頻道。
    .next = 這個頻道由此應用程式的發行者提供，發行者可以修正這個問題：請聯絡我們的支援團隊。
offered-refused =
    .next = 請過幾分鐘再試一次。如果還是不行，請聯絡我們的支援團隊。
offered-not-admin =
    .next = 請管理員開啟此應用程式並連接該頻道。
refused-not-offered = 此應用程式只接受這裡提供的代碼，其他代碼已關閉。
    .next = 請向提供此應用程式給您的公司詢問，哪些頻道是給您使用的。

## Who may

session-expired = 此頁面已經開啟很久，為了您的安全，現已失效。
    .next = 請關閉應用程式，然後在您的 Bitrix24 重新開啟。您已連接的頻道會維持連接。
reopen-app = Bitrix24 已終止此應用程式以您的身分取得的存取權。
    .next = 請關閉應用程式，然後在您的 Bitrix24 重新開啟，這樣就會更新存取權。
forged = 我們無法確認此頁面是由您的 Bitrix24 開啟的，因此沒有執行任何操作。
    .next = 請從您的 Bitrix24 選單開啟應用程式，不要透過其他地方的連結開啟。
not-admin = 只有您的 Bitrix24 管理員可以連接頻道。
    .next = 請將代碼傳給管理員，請對方在這裡連接頻道。
missing-scope = 此應用程式尚未取得使用 Open Channel 的權限。這是我們的疏失，與您無關。
    .next = 請聯絡我們的支援團隊，並說明缺少「imopenlines」權限。在取得該權限之前，重試沒有作用。
missing-credentials = 您在 Bitrix24 的帳號沒有連接頻道的權限。
    .next = 請向管理員申請使用 Open Channel 的權限，或請管理員連接頻道。
access-restricted = 您的 Bitrix24 不允許您使用此應用程式。
    .next = 請管理員在應用程式的設定中授予您存取權。
wrong-auth-type = 您的 Bitrix24 不接受以這種存取方式連接頻道。
    .next = 請關閉應用程式，然後在您的 Bitrix24 重新開啟。如果問題再次發生，請聯絡我們的支援團隊。
plan-required = 您的 Bitrix24 方案不允許應用程式連線。
    .next = 管理員可以在 Bitrix24 設定中選擇支援應用程式的方案，或開始試用。
payment-required = 此應用程式的付費期或試用期已結束。
    .next = 管理員可以在 Bitrix24 Market 續訂。
not-installed = Bitrix24 表示此應用程式尚未安裝。
    .next = 請管理員從 Market 安裝，然後重新開啟。

## Not now

rate-limited = 您的 Bitrix24 正在接收大量請求，已要求應用程式降低請求頻率。
    .next =
        { $seconds ->
           *[other] 請在 { $seconds } 秒後再試一次。
        }
too-many-refusals = 最近有太多次開啟此應用程式的嘗試無法確認。這些嘗試來自您的網路，或是以您的 Bitrix24 的名義進行。
    .next =
        { $seconds ->
           *[other] 請在 { $seconds } 秒後再試一次。您已連接的頻道會維持連接。
        }
overloaded = 目前使用此應用程式的人數，超過它能同時服務的人數。
    .next = 請過幾秒再試一次。沒有遺失任何內容。
operation-limited = 您的 Bitrix24 限制應用程式可占用的處理時間，目前這段時間已用完。
    .next =
        { $minutes ->
           *[other] 請在 { $minutes } 分鐘後再試一次。
        }
portal-overloaded = 由於負載過高，Bitrix24 已停止受理應用程式傳送到您 Bitrix24 的所有請求。
    .next = 重試沒有作用。管理員可以向 Bitrix24 支援團隊詢問何時會重新允許請求。
portal-closed = 您的 Bitrix24 已暫時關閉。
    .next = 請等它重新開放後再回來。沒有遺失任何內容。
portal-licence = 應用程式目前無法使用您的 Bitrix24：它回應的是有關其授權的頁面。
    .next = 請管理員開啟您的 Bitrix24，並檢查訂閱。
portal-failed = 您的 Bitrix24 本身發生錯誤。
    .next = 請過幾分鐘再試一次。如果問題再次發生，請告知 Bitrix24 支援團隊。
portal-unreachable = 我們無法連線到您的 Bitrix24。
    .next = 請過幾分鐘再試一次。如果您的 Bitrix24 是在自有伺服器上運作，管理員可以檢查是否能從網際網路連線到它。
bitrix24-unavailable = 負責確認您身分的 Bitrix24 服務目前沒有回應。
    .next = 請過幾分鐘再試一次。您不需要重新安裝任何東西。
storage-unavailable = 我們的資料庫目前沒有回應。這是我們的問題。
    .next = 請過幾分鐘再試一次。這不是您的操作造成的。
timeout = 您的 Bitrix24 未能及時回應。
    .next = 儘管如此，頻道可能已經連接成功。您可以放心重試：同一個頻道不會重複連接。
internal = 我們這邊發生了問題。
    .next = 請再試一次。如果問題再次發生，請聯絡我們的支援團隊。
bad-request = 我們無法辨識此頁面傳來的內容。
    .next = 請關閉應用程式，在您的 Bitrix24 重新開啟，然後再試一次。
too-large = 您傳送的文字太長，不可能是頻道代碼。
    .next = 請只貼上代碼或連結，不要包含前後的訊息文字。
