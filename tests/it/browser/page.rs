//! What people do on the pages of the app, and what they see and hear there.

use std::time::Duration;

use fantoccini::key::Key;
use serde_json::{Value, json};

use super::chromium::Browser;

impl Browser {
    pub async fn type_code(&self, text: &str) {
        let field = self.find("form input[type=\"text\"][name=\"code\"]").await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Types a portal's address into the form of the app's first page, and sends it.
    pub async fn enter_portal(&self, address: &str) {
        let field = self.find("form [name=\"portal\"]").await;
        field.clear().await.unwrap();
        field.send_keys(address).await.unwrap();
        self.click("form[action=\"/oauth/start\"] button[type=\"submit\"]")
            .await;
    }

    pub async fn press_connect(&self) {
        self.find("form[action$=\"/connect\"]:has(input[type=\"text\"]) button[type=\"submit\"]")
            .await
            .click()
            .await
            .unwrap();
    }

    /// Two clicks with nothing between them, as impatient people do.
    pub async fn double_press_connect(&self) {
        let twice = "const b = document.querySelector('form button[type=\"submit\"]'); b.click(); b.click();";
        self.client.execute(twice, vec![]).await.unwrap();
    }

    /// Presses the button on an offered channel's card.
    pub async fn press_card(&self, code: &str) {
        self.click(&format!("#offer-{code} button[type=\"submit\"]"))
            .await;
    }

    /// Two presses on two cards with nothing between them; gives what the first card says meanwhile.
    pub async fn press_cards(&self, one: &str, other: &str) -> String {
        let press = "for (const code of arguments) { document.querySelector(`#offer-${code} button`).click(); } \
                     return document.querySelector(`#offer-${arguments[0]} .busy`).textContent;";
        let said = self.client.execute(press, vec![json!(one), json!(other)]).await;
        said.unwrap().as_str().unwrap().to_owned()
    }

    /// Waits for the outcome with this slug; gives the bot's id, empty for a refusal.
    pub async fn outcome(&self, slug: &str) -> String {
        let outcome = self.find(&format!("[data-slug=\"{slug}\"]")).await;
        outcome.attr("data-bot-id").await.unwrap().unwrap_or_default()
    }

    /// Waits until the portal has made the frame as high as the page: no scrollbars inside.
    pub async fn fits_its_frame(&self) {
        let fits = "const page = document.documentElement; \
                    return page.scrollHeight <= page.clientHeight && page.scrollWidth <= page.clientWidth;";
        for _ in 0..100 {
            if self.client.execute(fits, vec![]).await.unwrap() == json!(true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let sizes = "[document.documentElement, document.body].map((of) => `${of.clientWidth}x${of.clientHeight} of ${of.scrollWidth}x${of.scrollHeight}`).join(', ')";
        panic!("the page scrolls inside its frame: {}", self.tells(sizes).await);
    }

    /// Waits until an expression of the page is true.
    pub async fn becomes(&self, expression: &str) {
        let script = format!("return {expression};");
        for _ in 0..300 {
            // A page that is just being replaced has no answer.
            if matches!(self.client.execute(&script, vec![]).await, Ok(Value::Bool(true))) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!(
            "never true: {expression}\n{}\n{:#?}",
            self.client.source().await.unwrap_or_default(),
            self.console().await
        );
    }

    /// The value of an expression of the page, as text.
    pub async fn tells(&self, expression: &str) -> String {
        let value = self.run(&format!("return String({expression});")).await;
        value.as_str().unwrap().to_owned()
    }

    /// What stands in the code field.
    pub async fn typed(&self) -> String {
        self.tells("document.getElementById('code').value").await
    }

    /// The id of what has the focus, or the name of its tag.
    pub async fn focused(&self) -> String {
        self.tells("document.activeElement.id || document.activeElement.localName")
            .await
    }

    /// Presses keys wherever the focus is.
    pub async fn press(&self, keys: &str) {
        let focused = self.client.active_element().await.unwrap();
        focused.send_keys(keys).await.unwrap();
    }

    pub async fn press_key(&self, key: Key) {
        self.press(&char::from(key).to_string()).await;
    }

    /// Copies a text somewhere, and pastes it where the focus is.
    pub async fn paste(&self, text: &str) {
        let copy = "const area = document.createElement('textarea'); area.value = arguments[0]; \
                    const focused = document.activeElement; \
                    document.body.append(area); area.select(); \
                    const copied = document.execCommand('copy'); area.remove(); focused.focus(); return copied;";
        let copied = self.client.execute(copy, vec![json!(text)]).await.unwrap();
        assert_eq!(copied, json!(true));
        self.press(&format!("{}v{}", char::from(Key::Control), char::from(Key::Null)))
            .await;
    }

    /// Presses a button that opens the app afresh: the portal's page is loaded anew, and the app with it.
    pub async fn reopen(&self, button: &str) {
        self.leave_frame().await;
        self.run("window.before = true;").await;
        self.enter_frame().await;
        self.click_away(button).await;
        self.leave_frame().await;
        self.becomes("!window.before").await;
        self.enter_app().await;
    }

    /// Keeps what is read out to people from now on.
    pub async fn listen(&self) {
        let listen = "const said = document.getElementById('announcement'); window.heard = []; \
                      new MutationObserver(() => said.textContent && window.heard.push(said.textContent)) \
                      .observe(said, {childList: true, characterData: true, subtree: true});";
        self.client.execute(listen, vec![]).await.unwrap();
    }

    /// What was read out since then.
    pub async fn heard(&self) -> Vec<String> {
        let heard = self.run("return window.heard;").await;
        serde_json::from_value(heard).unwrap()
    }

    /// What axe-core finds wrong with the page as it is now: nothing.
    pub async fn is_accessible(&self) {
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/frontend/node_modules/axe-core/axe.min.js"
        );
        let axe = std::fs::read_to_string(file).expect("axe-core: run scripts/test");
        if self.run("return typeof axe;").await == "undefined" {
            self.client.execute(&axe, vec![]).await.unwrap();
        }
        let found = self
            .run("const { violations } = await axe.run(); return violations.map((found) => [found.id, found.nodes.map((node) => node.html)]);")
            .await;
        assert_eq!(found, json!([]));
    }
}
