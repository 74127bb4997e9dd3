//! Every state of every page, in any language: made of the same view models that the doors fill, through what the
//! library shows to everybody. Stories look at all of them, and `examples/pictures` photographs them.

use channel_connect::bitrix24::Refusal;
use channel_connect::web::pages::{
    ChannelList, ConnectPage, ConnectedBy, ConnectedChannel, Outcome, Paging, Shell,
};
use channel_connect::words::{LANGUAGES, Words};
use jiff::{SignedDuration, Timestamp};

mod connecting;
mod notices;
mod offered;
mod outside;
mod refusals;
mod server;

pub use server::{Gallery, LIBRARY};

/// The code on the page's own drawing.
pub const CODE: &str = "5f2c8a1e90b74d36a1e80c5742d9f6b3";

/// A code that no channel of the list has.
const REFUSED: &str = "c0ffee1e90b74d36a1e80c5742d9f6b3";

/// One state of one page.
pub struct State {
    /// Unique, and fit for an address and a file.
    pub name: String,
    /// The page.
    pub html: String,
    /// Whether it is one of those that stand for the others where looking at all would take too long.
    pub main: bool,
    /// Whether Bitrix24 shows the page in a frame.
    pub framed: bool,
}

/// All of them, in one language.
pub fn states(words: &'static Words) -> Vec<State> {
    let pages = [
        connecting::states(words),
        offered::states(words),
        refusals::states(words),
        notices::states(words),
        outside::states(words),
    ];
    pages.into_iter().flatten().collect()
}

/// The languages there are words for.
pub fn languages() -> Vec<&'static Words> {
    let all = LANGUAGES.iter().map(|language| Words::for_lang(language.code));
    // English stands in for what there is not.
    let known = |(at, words): &(usize, &Words)| words.code() == LANGUAGES[*at].code;
    all.enumerate().filter(known).map(|(_, words)| words).collect()
}

impl State {
    fn of(name: impl Into<String>, html: Result<String, impl std::fmt::Display>) -> Self {
        let name = name.into();
        let html = html.unwrap_or_else(|error| panic!("{name}: {error}"));
        let framed = html.contains(" data-js-url=");
        Self {
            name,
            html,
            framed,
            main: false,
        }
    }

    fn main(self) -> Self {
        Self { main: true, ..self }
    }
}

/// What every page has that Bitrix24 shows; its library says nothing, as before a portal has answered.
fn shell(words: &'static Words) -> Shell {
    let mut shell = Shell::new(words);
    shell.js_url = Some(LIBRARY.to_owned());
    link(&mut shell);
    shell
}

/// What every page has that stands alone.
fn outside_shell(words: &'static Words) -> Shell {
    let mut shell = Shell::new(words);
    link(&mut shell);
    shell
}

fn link(shell: &mut Shell) {
    shell.privacy_url = Some("https://example.com/privacy".to_owned());
    shell.license_url = Some("https://example.com/license".to_owned());
    shell.support_url = Some("https://example.com/support".to_owned());
}

/// The page of the app with so many connected channels.
fn connect_page(words: &'static Words, channels: usize, outcome: Option<Outcome>) -> ConnectPage {
    ConnectPage {
        shell: shell(words),
        session: "sealed-session".into(),
        code: match &outcome {
            Some(Outcome::Failed { .. }) => REFUSED.to_owned(),
            _ => String::new(),
        },
        custom_codes: true,
        admins_only: false,
        offered: Vec::new(),
        connections: list(words, channels, 1),
        outcome,
        portal: "acme.bitrix24.com".to_owned(),
    }
}

/// One page of a list of connected channels.
fn list(words: &Words, channels: usize, page: usize) -> ChannelList {
    let paging = Paging::new(channels, page);
    ChannelList {
        channels: paging.range().map(|index| channel(words, index)).collect(),
        paging,
    }
}

fn channel(words: &Words, index: usize) -> ConnectedChannel {
    let bot = (603 + index).to_string();
    let turned = index % CODE.len();
    let step = SignedDuration::from_hours(31) * i32::try_from(index).unwrap_or(0);
    // The 23rd of November 2025, and earlier for each next one.
    let at = Timestamp::from_second(1_763_892_900).unwrap() - step;
    ConnectedChannel {
        title: (index % 4 == 1).then(|| title(words).to_owned()),
        code: CODE[turned..].to_owned() + &CODE[..turned],
        by: match index % 3 {
            0 => Some(ConnectedBy::You),
            1 => Some(ConnectedBy::Colleague {
                id: "12".to_owned(),
                url: "https://acme.bitrix24.com/company/personal/user/12/".to_owned(),
            }),
            _ => None,
        },
        connected_at: words.moment(at),
        connected_at_datetime: at.to_string(),
        dialog_url: chat(&bot),
        bot_id: bot,
    }
}

/// A channel's name as a company of that country would give it.
fn title(words: &Words) -> &'static str {
    match words.code() {
        "ar" => "خدمة عملاء نورث ويند",
        "de" => "Kundenservice Nordwind",
        "ru" => "Поддержка «Северный ветер»",
        "sc" => "北风客户服务",
        "tc" => "北風客戶服務",
        "ja" => "ノースウィンド サポート",
        "th" => "ฝ่ายบริการลูกค้านอร์ทวินด์",
        "in" => "नॉर्थविंड सहायता",
        _ => "Northwind Support",
    }
}

/// A chat's address.
fn chat(bot: &str) -> String {
    format!("https://acme.bitrix24.com/online/?IM_DIALOG={bot}")
}

/// A refusal of the portal.
fn refusal(code: &str) -> Refusal {
    Refusal::of_code(code)
}
