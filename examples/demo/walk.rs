//! The walk: install, open, connect with an expired token, connect again, open again. Each step says what it
//! does, shows what crossed the wire and checks what must hold.

use std::fmt::Debug;

use anyhow::bail;
use bitrix24_emulator::DEFAULT_CODE;
use serde_json::{Value, json};

use crate::portal_page::{Launch, Page, PortalPage};
use crate::stage::{PORTAL, Stage};
use crate::wire::{Call, Wire};

const JOIN: &str = "imopenlines.network.join";

struct Walk {
    page: PortalPage,
    wire: Wire,
    portal_url: String,
}

/// Walks the whole path, or says what was expected and what was seen.
pub(crate) async fn walk(stage: &Stage) -> anyhow::Result<()> {
    let walk = Walk {
        page: PortalPage::visit(stage)?,
        wire: Wire::of(stage)?,
        portal_url: stage.portal_url(),
    };
    walk.install().await?;
    let (launch, page) = walk.open().await?;
    let bot_id = walk.connect_with_an_expired_token(&launch, &page).await?;
    walk.connect_again(&launch, &page, bot_id).await?;
    walk.open_again(bot_id).await
}

impl Walk {
    async fn install(&self) -> anyhow::Result<()> {
        println!(
            "1  An administrator opens the portal. The app is not installed yet: the install wizard runs."
        );
        let launch = self.page.load().await?;
        holds("the portal opens the installer", &launch.install, &true)?;
        let page = self.post(&launch).await?;
        self.show_calls().await?;
        self.framed(&page)?;
        holds("the page is the installer", &page.has("data-install"), &true)?;
        self.page.say(&launch, "getInitData::1").await?;
        let does = self.page.say(&launch, "setInstallFinish:").await?;
        holds(
            "the installer finishes by itself and the portal reloads",
            &does,
            &json!("reload"),
        )?;
        let installed = self.wire.portal(PORTAL).await?["installed"].take();
        holds("the portal counts the app as installed", &installed, &json!(true))
    }

    async fn open(&self) -> anyhow::Result<(Launch, Page)> {
        println!("\n2  The portal reloads and opens the app.");
        self.wire.forget().await?;
        let launch = self.page.load().await?;
        holds("the portal opens the app", &launch.install, &false)?;
        let page = self.post(&launch).await?;
        self.show_calls().await?;
        self.framed(&page)?;
        holds("no channel is connected yet", &page.has(DEFAULT_CODE), &false)?;
        Ok((launch, page))
    }

    async fn connect_with_an_expired_token(&self, launch: &Launch, page: &Page) -> anyhow::Result<i64> {
        println!(
            "\n3  An hour passes: the access token expires. Then the code is pasted and Connect channel pressed."
        );
        self.wire.control("expire", &json!({"portal": PORTAL})).await?;
        self.wire.forget().await?;
        let page = self.press(launch, page).await?;
        let calls = self.show_calls().await?;
        let seen: Vec<_> = calls.iter().map(|call| (call.name(), call.status)).collect();
        let wanted = [(JOIN, Some(401)), ("token", Some(200)), (JOIN, Some(200))];
        holds(
            "refused as expired, refreshed once, repeated once",
            &seen[..],
            &wanted,
        )?;
        self.framed(&page)?;
        let bot_id = self.joined_bot().await?;
        connected(&page, bot_id)?;
        Ok(bot_id)
    }

    async fn connect_again(&self, launch: &Launch, page: &Page, bot_id: i64) -> anyhow::Result<()> {
        println!("\n4  The same page, the same button once more.");
        self.wire.forget().await?;
        let page = self.press(launch, page).await?;
        let calls = self.show_calls().await?;
        let seen: Vec<_> = calls.iter().map(|call| (call.name(), call.status)).collect();
        holds(
            "one call: the refreshed tokens were kept",
            &seen[..],
            &[(JOIN, Some(200))],
        )?;
        connected(&page, bot_id)
    }

    async fn open_again(&self, bot_id: i64) -> anyhow::Result<()> {
        println!("\n5  The app is opened once more.");
        self.wire.forget().await?;
        let launch = self.page.load().await?;
        let page = self.post(&launch).await?;
        self.show_calls().await?;
        self.framed(&page)?;
        holds("the channel is listed", &page.has(DEFAULT_CODE), &true)?;
        let chat = page.attribute("data-dialog-id");
        holds("its chat is the bot's", &chat, &Some(bot_id.to_string().as_str()))
    }

    async fn post(&self, launch: &Launch) -> anyhow::Result<Page> {
        Ok(shown(self.page.post(launch).await?))
    }

    async fn press(&self, launch: &Launch, page: &Page) -> anyhow::Result<Page> {
        Ok(shown(self.page.press(launch, page, DEFAULT_CODE).await?))
    }

    async fn show_calls(&self) -> anyhow::Result<Vec<Call>> {
        let calls = self.wire.calls().await?;
        for call in &calls {
            println!("   wire   {call}");
        }
        Ok(calls)
    }

    /// The page is there, and the portal alone may show it in a frame.
    fn framed(&self, page: &Page) -> anyhow::Result<()> {
        holds("the app answers with a page", &page.status, &200)?;
        let only = "only the verified portal may frame it";
        holds(only, page.frame_ancestors.as_str(), self.portal_url.as_str())
    }

    /// The bot by which the portal knows the channel.
    async fn joined_bot(&self) -> anyhow::Result<i64> {
        let joined = self.wire.portal(PORTAL).await?["joined"].take();
        let codes = joined
            .as_array()
            .map(|all| all.iter().map(|one| &one["code"]).collect());
        let codes: Vec<&Value> = codes.unwrap_or_default();
        holds(
            "the portal has joined exactly this channel",
            &codes[..],
            &[&json!(DEFAULT_CODE)],
        )?;
        Ok(joined[0]["bot_id"].as_i64().unwrap_or_default())
    }
}

/// Prints what was posted into the frame, and how it was answered.
fn shown(page: Page) -> Page {
    println!("   frame  {:<51} {}", page.posted, page.status);
    page
}

/// The page says that the channel is connected, and which bot stands for it.
fn connected(page: &Page, bot_id: i64) -> anyhow::Result<()> {
    holds(
        "the page says that the channel is connected",
        &page.attribute("data-slug"),
        &Some("connected"),
    )?;
    let bot = page.attribute("data-bot-id");
    let named = format!("it names the portal's bot, {bot_id}");
    holds(&named, &bot, &Some(bot_id.to_string().as_str()))
}

/// One check: prints that it held, or ends the walk.
fn holds<T: PartialEq + Debug + ?Sized>(what: &str, seen: &T, wanted: &T) -> anyhow::Result<()> {
    if seen != wanted {
        bail!("{what}\n   expected  {wanted:?}\n   seen      {seen:?}");
    }
    println!("   ✓ {what}");
    Ok(())
}
