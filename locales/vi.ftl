### Every sentence of Channel Connect, in Vietnamese.

## The app

app-name = Channel Connect
footer-label = Giới thiệu về ứng dụng này
footer-privacy = Chính sách quyền riêng tư
footer-license = Thỏa thuận cấp phép
footer-support = Hỗ trợ
theme-dark = Chế độ tối

## Connecting a channel

connect-title = Kết nối Kênh Mở
connect-lead = Đưa cuộc trò chuyện của nhà cung cấp, đối tác hoặc đội hỗ trợ vào Bitrix24 của bạn. Đồng nghiệp có thể nhắn tin cho họ như với bất kỳ ai khác trong trình nhắn tin.
connect-portal = Bitrix24 của bạn: { $portal }
connect-form-title = Thêm kênh
code-label = Mã hoặc liên kết của kênh
code-hint = Mã gồm 32 ký tự: chữ số và các chữ cái từ a đến f. Bạn cũng có thể dùng liên kết có chứa mã.
connect-button = Kết nối kênh
connect-scope = Kênh sẽ được kết nối cho toàn bộ Bitrix24 của bạn, không chỉ cho riêng bạn.
connect-form-other-title = Thêm kênh khác
connect-admins-only = Trong ứng dụng này, chỉ quản trị viên Bitrix24 của bạn mới có thể kết nối kênh.
offered-title = Kênh dành cho bạn
offered-wanted = Liên kết bạn vừa mở là dành cho kênh này.
offered-connected = Đã kết nối
offered-connect-again = Kết nối lại
custom-codes-off-title = Bạn không cần nhập gì ở đây
custom-codes-off = Nhà phát hành ứng dụng này đã tắt tính năng tự chọn mã kênh.

## While a code is being typed

code-recognized = Đã nhận ra mã kênh:
code-typed = Số ký tự đã nhập: { $typed }/32

## While Bitrix24 is working

busy = Đang kết nối kênh…
busy-still = Bitrix24 vẫn đang xử lý. Đây là điều bình thường và có thể mất tới một phút.
busy-long = Vẫn đang chờ Bitrix24. Vui lòng giữ trang này mở, kết quả sẽ hiển thị tại đây.

## Where the code comes from

help-title = Tìm mã ở đâu?
help-ask = Hãy hỏi công ty có kênh mà bạn muốn kết nối. Họ sẽ gửi cho bạn mã hoặc liên kết.
help-link = Liên kết thường có dạng như sau. Hãy dán nguyên vẹn; mã là phần đứng sau “networkLines”.
help-paste = Dán vào đây rồi nhấn “{ connect-button }”.
help-picture = Hình minh họa: kênh Bitrix24.Network trong Trung tâm Liên hệ, có đánh dấu mã và liên kết của kênh.
help-picture-code = Mã
help-picture-link = Liên kết
help-own-title = Bạn muốn chia sẻ kênh của mình?
help-own = Bạn có thể tìm thấy mã và liên kết của kênh trong Bitrix24 của mình: mở Trung tâm Liên hệ, rồi vào kênh Bitrix24.Network.

## After connecting

connected-title = Kênh đã được kết nối
connected-text = Kênh đã được kết nối cho toàn bộ Bitrix24 của bạn: mọi đồng nghiệp đều có thể tìm thấy kênh trong trình nhắn tin và nhắn tin cho kênh.
connected-next = Chưa có tin nhắn nào được gửi cho bất kỳ ai. Lời chào của kênh sẽ xuất hiện khi có người mở cuộc trò chuyện lần đầu.
connected-next-welcome = Kênh có thể gửi lời chào mừng cho bạn. Ngoài ra, không ai khác nhận được tin nhắn nào.
open-chat = Mở trò chuyện
open-chat-label = Mở trò chuyện với kênh { $code }
not-connected-title = Kênh chưa được kết nối
connect-unsure-title = Chưa chắc kênh đã được kết nối
retry-button = Thử lại
reopen-button = Mở lại ứng dụng
page-offline = Trang này không kết nối được với ứng dụng.
    .next = Hãy kiểm tra kết nối internet rồi thử lại. Bạn có thể yên tâm thử lại: một kênh không thể bị kết nối hai lần.

## The list of connected channels

connections-title = Kênh đã kết nối
connected-on = Đã kết nối { $date }
connected-by = Người kết nối:
connected-by-you = Bạn
connected-by-user = Người dùng { $id }
connections-range = { $first }–{ $last } trong tổng số { $total }
connections-newer = Mới hơn
connections-older = Cũ hơn
connections-pages = Các trang của danh sách
connections-empty-title = Chưa có kênh nào
connections-empty = Các kênh bạn kết nối sẽ được liệt kê tại đây, mỗi kênh kèm theo liên kết đến cuộc trò chuyện.
disconnect-title = Làm thế nào để ngắt kết nối kênh?
disconnect-text = Quản trị viên Bitrix24 của bạn cần mở cuộc trò chuyện của kênh và gửi tin nhắn /unregister. Việc gỡ ứng dụng này không ngắt kết nối kênh.

## Installing

install-title = Đang cài đặt { app-name }
install-lead = { app-name } kết nối cuộc trò chuyện của nhà cung cấp, đối tác và đội hỗ trợ với Bitrix24 của bạn. Bạn chỉ cần mã hoặc liên kết của kênh.
install-verified = Bitrix24 xác nhận ứng dụng
install-prepared = Chuẩn bị ứng dụng cho Bitrix24 của bạn
install-finishing = Bitrix24 hoàn tất cài đặt
install-done = Đã xong. Bitrix24 đang mở ứng dụng.
install-wait = Ứng dụng sẽ tự mở sau giây lát. Bạn không cần làm gì thêm.
install-stuck-title = Bitrix24 chưa phản hồi
install-stuck = Bước chuẩn bị cài đặt đã xong, nhưng trang này không thể báo cho Bitrix24 biết là đã hoàn tất.
    .next = Hãy đóng trang này và mở lại { app-name } trong Bitrix24 của bạn. Quá trình cài đặt sẽ tiếp tục từ chỗ đã dừng.
install-failed-title = Không thể hoàn tất cài đặt
install-again = Mở lại { app-name } trong Bitrix24 của bạn cũng sẽ bắt đầu cài đặt lại từ đầu.
unbound = Ứng dụng này cần được thông báo khi được cập nhật hoặc bị gỡ, nhưng chúng tôi chưa thể yêu cầu Bitrix24 của bạn gửi thông báo đó.
    .next = Hãy thử lại sau vài phút. Nếu lỗi lặp lại, vui lòng liên hệ bộ phận hỗ trợ của chúng tôi.
step-done = Đã xong
step-running = Đang thực hiện
step-waiting = Chưa bắt đầu
step-failed = Không thành công

## Outside Bitrix24

landing-title = Hãy mở ứng dụng này trong Bitrix24
landing-title-or = Hoặc mở ứng dụng này trong Bitrix24
landing-text = { $app } hoạt động bên trong Bitrix24 của bạn, vì vậy không có nội dung nào tại địa chỉ này.
landing-step-sign-in = Đăng nhập vào Bitrix24 của bạn.
landing-step-open = Mở { $app } từ menu bên trái, hoặc tìm trong Market, ở mục ứng dụng đã cài đặt.
landing-step-install = Chưa cài đặt? Quản trị viên có thể cài đặt ứng dụng từ Market.

## Signing in outside Bitrix24

sign-in-title = Kết nối kênh với Bitrix24 của bạn
sign-in-lead = Hãy nhập địa chỉ Bitrix24 của bạn. Bạn sẽ được yêu cầu đăng nhập tại đó; chỉ Bitrix24 mới nhận mật khẩu của bạn.
portal-label = Địa chỉ Bitrix24 của bạn
portal-hint = Địa chỉ có dạng acme.bitrix24.com. Bạn cũng có thể dùng địa chỉ của bất kỳ trang nào trong đó.
sign-in-button = Tiếp tục
sign-in-from-link = Một liên kết đã đưa bạn đến đây. Chỉ tiếp tục nếu đây đúng là địa chỉ Bitrix24 của bạn.
portal-empty = Chưa có địa chỉ nào.
    .next = Hãy nhập địa chỉ Bitrix24 của bạn rồi nhấn “{ sign-in-button }”.
portal-unreadable = Đây có vẻ không phải là địa chỉ Bitrix24.
    .next = Hãy mở Bitrix24 của bạn, sao chép nội dung trên thanh địa chỉ của trình duyệt rồi dán vào đây.
portal-incomplete = Đây chỉ là một phần của địa chỉ.
    .next = Hãy nhập địa chỉ đầy đủ, ví dụ acme.bitrix24.com.
portal-private = Không thể truy cập địa chỉ này từ internet, vì vậy ứng dụng này không dùng được địa chỉ đó.
    .next = Hãy nhập địa chỉ có thể truy cập Bitrix24 của bạn từ bên ngoài, hoặc hỏi quản trị viên của bạn.
sign-in-elsewhere = Không phải của bạn?
sign-in-failed-title = Bạn chưa đăng nhập
sign-in-again = Đăng nhập lại
sign-in-again-next = Hãy đăng nhập lại bằng Bitrix24 của bạn. Các kênh bạn đã kết nối vẫn giữ nguyên kết nối.
sign-in-state = Lượt đăng nhập này đã được sử dụng, hoặc không được bắt đầu trong trình duyệt này. Chúng tôi chưa thực hiện thao tác nào.
    .next = Hãy đăng nhập lại từ đây; tải lại trang này sẽ không có tác dụng. Nếu lần nào cũng thấy thông báo này, hãy cho phép trình duyệt nhận cookie từ địa chỉ này.
sign-in-too-late = Đã hơn mười phút kể từ khi bạn bắt đầu đăng nhập.
    .next = Hãy đăng nhập lại. Để bảo vệ bạn, mỗi lượt đăng nhập chỉ có hiệu lực trong mười phút.
sign-in-another-portal = Lượt đăng nhập này thuộc về một Bitrix24 khác với địa chỉ bạn đã nhập. Chúng tôi chưa thực hiện thao tác nào.
    .next = Nếu Bitrix24 của bạn có địa chỉ mới, hãy nhập địa chỉ đó. Nếu không biết vì sao mình thấy trang này, bạn chỉ cần đóng trang lại.
sign-in-code = Bitrix24 không còn chấp nhận lượt đăng nhập này: lượt đăng nhập đã được sử dụng hoặc mất quá nhiều thời gian.
    .next = Hãy đăng nhập lại.
sign-in-incomplete = Trang này được mở mà thiếu thông tin Bitrix24 gửi kèm sau khi đăng nhập.
    .next = Trước tiên, hãy nhập địa chỉ Bitrix24 của bạn.

## Titles of pages that only say what went wrong

notice-title-open = Không thể mở ứng dụng
notice-title-install = Không thể cài đặt ứng dụng
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = Chưa có mã kênh nào.
    .next = Hãy dán mã hoặc liên kết bạn nhận được rồi nhấn “{ connect-button }”.
code-not-hex = Đây có vẻ không phải là mã kênh: mã chỉ gồm chữ số và các chữ cái từ a đến f.
    .next = Hãy sao chép lại mã hoặc liên kết, đúng như khi bạn nhận được, rồi dán vào đây.
code-wrong-length = Mã này quá ngắn hoặc quá dài: mã kênh có đúng 32 ký tự.
    .next = Có thể một phần đã bị sót khi sao chép. Hãy sao chép toàn bộ mã hoặc toàn bộ liên kết rồi dán lại.
code-several = Có nhiều hơn một mã kênh trong nội dung bạn đã dán.
    .next = Hãy kết nối lần lượt từng kênh: mỗi lần chỉ dán một mã hoặc một liên kết.

## Bitrix24 says no to the channel

invalid-code = Bitrix24 không chấp nhận mã kênh này.
    .next = Hãy hỏi công ty vận hành kênh để lấy mã hoặc liên kết hiện hành, rồi dán vào.
not-found = Bitrix24 không tìm thấy kênh nào có mã này.
    .next = Hãy kiểm tra xem mã đã đầy đủ chưa. Nếu đã đầy đủ, có thể kênh đã bị xóa: hãy hỏi công ty vận hành kênh để lấy mã mới.
inactive = Kênh này có tồn tại, nhưng công ty vận hành đã tắt kênh.
    .next = Hãy đề nghị họ bật kênh rồi thử lại.
refused-bot = Bitrix24 của bạn không thể tạo cuộc trò chuyện cho kênh này.
    .next = Hãy thử lại sau vài phút. Nếu lỗi lặp lại, bộ phận hỗ trợ của Bitrix24 có thể tìm ra nguyên nhân.
refused-network = Bitrix24 của bạn không kết nối được với Bitrix24.Network, nơi đặt kênh này.
    .next = Hãy thử lại sau vài phút. Rất có thể bản thân mã vẫn đúng.
refused-answer = Bitrix24 của bạn không đọc được phản hồi từ Bitrix24.Network.
    .next = Hãy thử lại sau vài phút. Nếu lỗi lặp lại, vui lòng báo cho bộ phận hỗ trợ của Bitrix24.
refused-module = Kênh Mở không khả dụng trong Bitrix24 của bạn.
    .next = Hãy đề nghị quản trị viên bật Kênh Mở trong Bitrix24 của bạn rồi thử lại.
refused-unknown = Bitrix24 không kết nối kênh và không nêu lý do nào mà chúng tôi có thể hiển thị cho bạn.
    .next = Hãy kiểm tra mã rồi thử lại. Nếu vẫn không được, vui lòng liên hệ bộ phận hỗ trợ của chúng tôi.
offered-gone = Bitrix24 không còn tìm thấy kênh này nữa.
    .next = Kênh này do nhà phát hành ứng dụng cung cấp và họ có thể khắc phục: vui lòng liên hệ bộ phận hỗ trợ của chúng tôi.
offered-refused =
    .next = Hãy thử lại sau vài phút. Nếu vẫn không được, vui lòng liên hệ bộ phận hỗ trợ của chúng tôi.
offered-not-admin =
    .next = Hãy nhờ quản trị viên mở ứng dụng này và kết nối kênh.
refused-not-offered = Ứng dụng này chỉ chấp nhận các mã được cung cấp tại đây; những mã khác đã bị tắt.
    .next = Hãy hỏi công ty đã cung cấp ứng dụng này cho bạn xem những kênh nào dành cho bạn.

## Who may

session-expired = Trang này đã mở trong thời gian dài nên không còn hiệu lực, để bảo đảm an toàn cho bạn.
    .next = Hãy đóng ứng dụng và mở lại trong Bitrix24 của bạn. Các kênh bạn đã kết nối vẫn giữ nguyên kết nối.
reopen-app = Bitrix24 đã chấm dứt quyền truy cập mà Bitrix24 cấp cho ứng dụng này thay mặt bạn.
    .next = Hãy đóng ứng dụng và mở lại trong Bitrix24 của bạn để gia hạn quyền truy cập.
forged = Chúng tôi không thể xác nhận trang này do Bitrix24 của bạn mở, nên chưa thực hiện thao tác nào.
    .next = Hãy mở ứng dụng từ menu trong Bitrix24 của bạn, đừng mở qua liên kết từ nơi khác.
not-admin = Chỉ quản trị viên Bitrix24 của bạn mới được phép kết nối kênh.
    .next = Hãy gửi mã cho quản trị viên và đề nghị họ kết nối kênh tại đây.
missing-scope = Ứng dụng này chưa được cấp quyền sử dụng Kênh Mở. Đây là lỗi của chúng tôi, không phải của bạn.
    .next = Vui lòng liên hệ bộ phận hỗ trợ của chúng tôi và nêu rõ quyền “imopenlines”. Thử lại sẽ không có tác dụng cho đến khi có quyền này.
missing-credentials = Tài khoản của bạn trong Bitrix24 không có quyền kết nối kênh.
    .next = Hãy đề nghị quản trị viên cấp quyền sử dụng Kênh Mở, hoặc nhờ họ kết nối kênh.
access-restricted = Bitrix24 của bạn không cho phép bạn sử dụng ứng dụng này.
    .next = Hãy đề nghị quản trị viên cấp quyền truy cập cho bạn trong phần cài đặt của ứng dụng.
wrong-auth-type = Bitrix24 của bạn không chấp nhận kiểu truy cập này để kết nối kênh.
    .next = Hãy đóng ứng dụng và mở lại trong Bitrix24 của bạn. Nếu lỗi lặp lại, vui lòng liên hệ bộ phận hỗ trợ của chúng tôi.
plan-required = Gói dịch vụ Bitrix24 của bạn không cho phép ứng dụng kết nối.
    .next = Quản trị viên có thể chọn gói dịch vụ có hỗ trợ ứng dụng, hoặc bắt đầu dùng thử, trong phần cài đặt Bitrix24.
payment-required = Thời hạn trả phí hoặc dùng thử của ứng dụng này đã kết thúc.
    .next = Quản trị viên có thể gia hạn gói đăng ký trong Bitrix24 Market.
not-installed = Bitrix24 cho biết ứng dụng này chưa được cài đặt.
    .next = Hãy đề nghị quản trị viên cài đặt ứng dụng từ Market, rồi mở lại.

## Not now

rate-limited = Bitrix24 của bạn đang nhận rất nhiều yêu cầu và đã đề nghị các ứng dụng gửi ít yêu cầu hơn.
    .next =
        { $seconds ->
           *[other] Hãy thử lại sau { $seconds } giây.
        }
too-many-refusals = Gần đây có quá nhiều lượt mở ứng dụng này không xác nhận được. Các lượt đó đến từ mạng của bạn, hoặc nhân danh Bitrix24 của bạn.
    .next =
        { $seconds ->
           *[other] Hãy thử lại sau { $seconds } giây. Các kênh bạn đã kết nối vẫn giữ nguyên kết nối.
        }
overloaded = Hiện có nhiều người dùng ứng dụng này hơn mức ứng dụng có thể phục vụ cùng lúc.
    .next = Hãy thử lại sau vài giây. Không có gì bị mất.
operation-limited = Bitrix24 của bạn giới hạn thời gian xử lý dành cho ứng dụng, và hiện thời gian đó đã dùng hết.
    .next =
        { $minutes ->
           *[other] Hãy thử lại sau { $minutes } phút.
        }
portal-overloaded = Bitrix24 đã dừng mọi yêu cầu từ ứng dụng đến Bitrix24 của bạn vì tải quá cao.
    .next = Thử lại sẽ không có tác dụng. Quản trị viên có thể hỏi bộ phận hỗ trợ của Bitrix24 khi nào các yêu cầu được cho phép trở lại.
portal-closed = Bitrix24 của bạn đang tạm đóng.
    .next = Hãy quay lại khi Bitrix24 mở trở lại. Không có gì bị mất.
portal-licence = Hiện ứng dụng không thể sử dụng Bitrix24 của bạn: Bitrix24 trả về một trang về giấy phép.
    .next = Hãy đề nghị quản trị viên mở Bitrix24 của bạn và kiểm tra gói đăng ký.
portal-failed = Bitrix24 của bạn đã gặp lỗi nội bộ.
    .next = Hãy thử lại sau vài phút. Nếu lỗi lặp lại, vui lòng báo cho bộ phận hỗ trợ của Bitrix24.
portal-unreachable = Chúng tôi không kết nối được với Bitrix24 của bạn.
    .next = Hãy thử lại sau vài phút. Nếu Bitrix24 của bạn chạy trên máy chủ riêng, quản trị viên có thể kiểm tra xem có truy cập được từ internet hay không.
bitrix24-unavailable = Dịch vụ Bitrix24 dùng để xác nhận danh tính của bạn hiện không phản hồi.
    .next = Hãy thử lại sau vài phút. Bạn không cần cài đặt lại gì cả.
storage-unavailable = Cơ sở dữ liệu của chúng tôi hiện không phản hồi. Đây là lỗi của chúng tôi.
    .next = Hãy thử lại sau vài phút. Nguyên nhân không phải do thao tác của bạn.
timeout = Bitrix24 của bạn không phản hồi kịp thời.
    .next = Dù vậy, có thể kênh đã được kết nối. Bạn có thể yên tâm thử lại: kênh không thể bị kết nối hai lần.
internal = Đã xảy ra lỗi ở phía chúng tôi.
    .next = Hãy thử lại. Nếu lỗi lặp lại, vui lòng liên hệ bộ phận hỗ trợ của chúng tôi.
bad-request = Chúng tôi không hiểu được nội dung trang này đã gửi.
    .next = Hãy đóng ứng dụng, mở lại trong Bitrix24 của bạn rồi thử lần nữa.
too-large = Nội dung bạn gửi quá dài so với một mã kênh.
    .next = Chỉ dán mã hoặc liên kết, không kèm phần tin nhắn xung quanh.
