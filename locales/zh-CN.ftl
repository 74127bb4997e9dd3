### Channel Connect in Simplified Chinese (zh-CN).
# Bitrix24’s own Chinese interface leaves the names “Open Channel” and “Market” in English; a channel, for short, is 渠道.

## The app

app-name = Channel Connect
footer-label = 关于本应用
footer-privacy = 隐私政策
footer-license = 许可协议
footer-support = 技术支持
theme-dark = 深色模式

## Connecting a channel

connect-title = 连接 Open Channel 渠道
connect-lead = 将供应商、合作伙伴或支持团队的聊天接入您的 Bitrix24。同事们在即时通讯中即可直接与对方沟通。
connect-portal = 您的 Bitrix24：{ $portal }
connect-form-title = 添加渠道
code-label = 渠道代码或链接
code-hint = 代码共 32 个字符，由数字和字母 a 至 f 组成。也可以直接粘贴包含该代码的链接。
connect-button = 连接渠道
connect-scope = 渠道面向整个 Bitrix24，而不只是您个人。
connect-form-other-title = 添加其他渠道
connect-admins-only = 只有您的 Bitrix24 管理员才能连接渠道。
offered-title = 为您提供的渠道
offered-wanted = 您打开的链接对应此渠道。
offered-connected = 已连接
offered-connect-again = 重新连接
custom-codes-off-title = 此处无需输入任何内容
custom-codes-off = 本应用的发布方已关闭自行输入渠道代码的功能。

## While a code is being typed

code-recognized = 已识别渠道代码：
code-typed = 已输入 { $typed } 个字符，共需 32 个

## While Bitrix24 is working

busy = 正在连接渠道…
busy-still = Bitrix24 仍在处理。这是正常现象，最长可能需要一分钟。
busy-long = 仍在等待 Bitrix24 响应。请不要关闭此页面，结果会显示在这里。

## Where the code comes from

help-title = 在哪里可以找到代码？
help-ask = 您想连接哪家公司的渠道，就请向哪家公司索取。对方会把代码或链接发给您。
help-link = 链接通常如下所示。请原样粘贴；“networkLines”后面的部分就是代码。
help-paste = 粘贴到此处，再点击“{ connect-button }”。
help-picture = 示意图：联络中心里的 Bitrix24.Network 渠道，其中标出了该渠道的代码和链接。
help-picture-code = 代码
help-picture-link = 链接
help-own-title = 想分享自己的渠道？
help-own = 在您的 Bitrix24 中打开联络中心，进入 Bitrix24.Network 渠道，即可找到它的代码和链接。

## After connecting

connected-title = 渠道已连接
connected-text = 该渠道已接入您的整个 Bitrix24：所有同事都可以在即时通讯中找到它，并给它发消息。
connected-next = 尚未向任何人发送消息。首次打开聊天时才会显示欢迎语。
connected-next-welcome = 渠道可能会给您发送一条欢迎消息。除此之外，没有向任何人发送消息。
open-chat = 打开聊天
open-chat-label = 打开聊天：渠道 { $code }
not-connected-title = 渠道未能连接
connect-unsure-title = 尚不确定渠道是否已连接
retry-button = 重试
reopen-button = 重新打开应用
page-offline = 此页面无法连接到应用。
    .next = 请检查您的网络连接，然后重试。您可以放心重试：同一渠道不会被重复连接。

## The list of connected channels

connections-title = 已连接的渠道
connected-on = 连接时间：{ $date }
connected-by = 连接人：
connected-by-you = 您
connected-by-user = 用户 { $id }
connections-range = 第 { $first }–{ $last } 个，共 { $total } 个
connections-newer = 较新
connections-older = 较早
connections-pages = 列表分页
connections-empty-title = 暂无渠道
connections-empty = 您连接的渠道会列在这里，每个渠道都附有其聊天的链接。
disconnect-title = 如何断开渠道连接？
disconnect-text = 请由 Bitrix24 管理员打开该渠道的聊天，发送消息 /unregister。卸载本应用不会断开渠道。

## Installing

install-title = 正在安装 { app-name }
install-lead = { app-name } 可将供应商、合作伙伴和支持团队的聊天接入您的 Bitrix24。您只需要渠道的代码或链接。
install-verified = Bitrix24 确认应用
install-prepared = 应用为您的 Bitrix24 做准备
install-finishing = Bitrix24 完成安装
install-done = 安装完成。Bitrix24 正在打开应用。
install-wait = 应用稍后会自动打开，您无需进行任何操作。
install-stuck-title = Bitrix24 尚未响应
install-stuck = 安装已准备就绪，但此页面未能通知 Bitrix24 安装已完成。
    .next = 请关闭此页面，然后在您的 Bitrix24 中重新打开 { app-name }。安装会从中断处继续。
install-failed-title = 安装未能完成
install-again = 在您的 Bitrix24 中再次打开 { app-name }，也会重新开始安装。
unbound = 本应用在被更新或卸载时需要收到通知，但我们未能请求您的 Bitrix24 发送此类通知。
    .next = 请过几分钟后重试。如果问题再次出现，请联系我们的支持团队。
step-done = 已完成
step-running = 进行中
step-waiting = 未开始
step-failed = 未成功

## Outside Bitrix24

landing-title = 请在 Bitrix24 中打开本应用
landing-title-or = 或者在 Bitrix24 中打开本应用
landing-text = { $app } 在您的 Bitrix24 中运行，因此这个网址没有可显示的内容。
landing-step-sign-in = 登录您的 Bitrix24。
landing-step-open = 从左侧菜单打开 { $app }，或在 Market 的已安装应用中找到它。
landing-step-install = 尚未安装？管理员可以从 Market 安装。

## Signing in outside Bitrix24

sign-in-title = 将渠道连接到您的 Bitrix24
sign-in-lead = 请输入您的 Bitrix24 地址，然后在那里登录。本应用不会获得您的密码。
portal-label = 您的 Bitrix24 地址
portal-hint = 如 acme.bitrix24.com，或其中任意页面的地址。
sign-in-button = 继续
sign-in-from-link = 您是通过链接打开的。请先确认这是您自己的 Bitrix24 地址。
portal-empty = 尚未输入地址。
    .next = 请输入地址，然后点击“{ sign-in-button }”。
portal-unreadable = 这不像是 Bitrix24 的地址。
    .next = 请打开您的 Bitrix24，复制浏览器地址栏中的内容，然后粘贴到此处。
portal-incomplete = 这只是地址的一部分。
    .next = 请输入完整的地址，例如 acme.bitrix24.com。
portal-private = 此地址无法从互联网访问，因此本应用无法使用该地址。
    .next = 请输入您的 Bitrix24 可从外部访问的地址，或向管理员询问该地址。
sign-in-elsewhere = 不是您的？
sign-in-failed-title = 您尚未登录
sign-in-again = 重新登录
sign-in-again-next = 请再次使用您的 Bitrix24 登录。您已连接的渠道会保持连接。
sign-in-state = 此次登录已被使用过，或者不是在此浏览器中开始的。我们没有执行任何操作。
    .next = 请从这里重新登录；刷新此页面没有作用。如果每次都出现此提示，请在浏览器中允许此网址使用 Cookie。
sign-in-too-late = 从您开始登录到现在已超过十分钟。
    .next = 请重新登录。为了您的安全，每次登录的有效时间为十分钟。
sign-in-another-portal = 此次登录的 Bitrix24 与您输入的地址不符。我们没有执行任何操作。
    .next = 如果您的 Bitrix24 已更换地址，请输入新地址。如果您不清楚为何会看到此页面，直接关闭即可。
sign-in-code = Bitrix24 不再接受此次登录：它已被使用过，或耗时过长。
    .next = 请重新登录。
sign-in-incomplete = 打开此页面时，缺少登录后由 Bitrix24 附带的信息。
    .next = 请先输入您的 Bitrix24 地址。

## Titles of pages that only say what went wrong

notice-title-open = 无法打开应用
notice-title-install = 无法安装应用
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = 尚未输入渠道代码。
    .next = 请粘贴代码或链接，然后点击“{ connect-button }”。
code-not-hex = 这不像是渠道代码：代码只包含数字和字母 a 至 f。
    .next = 请按收到的原样重新复制代码或链接，然后粘贴到此处。
code-wrong-length = 代码长度不对：渠道代码共 32 个字符。
    .next = 复制时可能遗漏了一部分。请复制完整的代码或完整的链接，然后重新粘贴。
code-several = 您粘贴的文本中包含多个渠道代码。
    .next = 请逐个连接渠道：每次只粘贴一个代码或链接。

## Bitrix24 says no to the channel

invalid-code = Bitrix24 未接受此渠道代码。
    .next = 请向运营该渠道的公司索取当前的代码或链接，然后粘贴。
not-found = Bitrix24 中没有使用此代码的渠道。
    .next = 请检查代码是否完整。如果完整，则该渠道可能已被删除：请向运营该渠道的公司索取新代码。
inactive = 此渠道存在，但运营它的公司已将其停用。
    .next = 请让对方启用该渠道，然后重试。
refused-bot = 您的 Bitrix24 无法为此渠道创建聊天。
    .next = 请过几分钟后重试。如果问题再次出现，Bitrix24 支持团队可以查明原因。
refused-network = 您的 Bitrix24 无法连接到该渠道所在的 Bitrix24.Network。
    .next = 请过几分钟后重试。代码本身很可能没有问题。
refused-answer = 您的 Bitrix24 无法读取 Bitrix24.Network 返回的响应。
    .next = 请过几分钟后重试。如果问题再次出现，请告知 Bitrix24 支持团队。
refused-module = 您的 Bitrix24 无法使用 Open Channel。
    .next = 请让管理员在您的 Bitrix24 中启用 Open Channel，然后重试。
refused-unknown = Bitrix24 没有连接该渠道，也没有给出我们可以向您显示的原因。
    .next = 请检查代码并重试。如果仍然不行，请联系我们的支持团队。
offered-gone = Bitrix24 中已没有此渠道。
    .next = 此渠道由本应用的发布方提供，发布方可以修复此问题：请联系我们的支持团队。
offered-refused =
    .next = 请过几分钟后重试。如果仍然不行，请联系我们的支持团队。
offered-not-admin =
    .next = 请让管理员打开本应用并连接该渠道。
refused-not-offered = 本应用只接受此处提供的渠道。
    .next = 请向提供本应用的公司咨询可用的渠道。

## Who may

session-expired = 此页面打开过久，为安全起见已失效。
    .next = 请关闭应用，然后在您的 Bitrix24 中重新打开。您已连接的渠道会保持连接。
reopen-app = Bitrix24 已撤销本应用代表您访问的权限。
    .next = 请关闭应用，然后在您的 Bitrix24 中重新打开，这样即可更新访问权限。
forged = 我们无法确认此页面是由您的 Bitrix24 打开的，因此没有执行任何操作。
    .next = 请从您的 Bitrix24 菜单中打开应用，不要通过其他地方的链接打开。
not-admin = 只有您的 Bitrix24 管理员才可以连接渠道。
    .next = 请将代码发送给管理员，请其在此处连接渠道。
missing-scope = 本应用未获得使用 Open Channel 的权限。这是我们的失误，与您无关。
    .next = 请联系我们的支持团队，并说明缺少“imopenlines”权限。在获得该权限之前，重试没有作用。
missing-credentials = 您在 Bitrix24 中的账户没有连接渠道的权限。
    .next = 请向管理员申请使用 Open Channel 的权限，或请管理员连接该渠道。
access-restricted = 您的 Bitrix24 不允许您使用本应用。
    .next = 请让管理员在应用的设置中为您授予访问权限。
wrong-auth-type = 您的 Bitrix24 不接受以这种访问方式连接渠道。
    .next = 请关闭应用，然后在您的 Bitrix24 中重新打开。如果问题再次出现，请联系我们的支持团队。
plan-required = 您的 Bitrix24 订阅计划不允许应用接入。
    .next = 管理员可以在 Bitrix24 设置中选择支持应用的订阅计划，或开始试用。
payment-required = 本应用的付费期或试用期已结束。
    .next = 管理员可以在 Bitrix24 Market 中续订。
not-installed = Bitrix24 表示本应用尚未安装。
    .next = 请让管理员从 Market 安装本应用后再打开。

## Not now

rate-limited = 您的 Bitrix24 正在接收大量请求，已要求应用降低请求频率。
    .next =
        { $seconds ->
           *[other] 请在 { $seconds } 秒后重试。
        }
too-many-refusals = 近期有多次打开本应用的请求未通过验证，这些请求来自您的网络，或使用了您的 Bitrix24 的名义。
    .next =
        { $seconds ->
           *[other] 请在 { $seconds } 秒后重试。您已连接的渠道会保持连接。
        }
overloaded = 当前使用本应用的人太多，暂时无法处理。
    .next = 请过几秒钟后重试。您的数据不会丢失。
operation-limited = 您的 Bitrix24 对应用的处理时间设有限额，目前已用完。
    .next =
        { $minutes ->
           *[other] 请在 { $minutes } 分钟后重试。
        }
portal-overloaded = 由于负载过高，Bitrix24 已停止受理应用发往您的 Bitrix24 的所有请求。
    .next = 重试没有作用。管理员可以向 Bitrix24 支持团队询问何时会重新允许请求。
portal-closed = 您的 Bitrix24 已暂时关闭。
    .next = 请等它恢复后再试。您的数据不会丢失。
portal-licence = 应用目前无法访问您的 Bitrix24：它返回了许可证提示页面。
    .next = 请让管理员打开您的 Bitrix24，并检查其订阅。
portal-failed = 您的 Bitrix24 自身出现了错误。
    .next = 请过几分钟后重试。如果问题再次出现，请告知 Bitrix24 支持团队。
portal-unreachable = 我们无法连接到您的 Bitrix24。
    .next = 请过几分钟后重试。如果您的 Bitrix24 运行在自有服务器上，管理员可以检查能否从互联网访问它。
bitrix24-unavailable = 用于确认您身份的 Bitrix24 服务目前没有响应。
    .next = 请过几分钟后重试。您无需重新安装任何内容。
storage-unavailable = 我们的数据库目前没有响应。这是我们的问题。
    .next = 请过几分钟后重试。这并非由您的操作引起。
timeout = 您的 Bitrix24 未能及时响应。
    .next = 尽管如此，渠道可能已经连接成功。您可以放心重试：同一渠道不会被重复连接。
internal = 我们这边出了问题。
    .next = 请重试。如果问题再次出现，请联系我们的支持团队。
bad-request = 我们无法识别此页面发送的内容。
    .next = 请关闭应用，在您的 Bitrix24 中重新打开，然后再试一次。
too-large = 您发送的文本太长，不可能是渠道代码。
    .next = 请只粘贴代码或链接，不要包含前后的消息文字。
