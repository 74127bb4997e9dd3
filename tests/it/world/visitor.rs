//! A browser as far as a sign-in needs one: keeps the cookies it is given, and follows nothing by itself.

use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::header::{COOKIE, HOST, SET_COOKIE};
use url::Url;

use super::{Answer, World};

pub struct Visitor<'w> {
    world: &'w World,
    pub cookies: Mutex<BTreeMap<String, String>>,
}

impl World {
    /// Somebody with a fresh browser.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor {
            world: self,
            cookies: Mutex::default(),
        }
    }

    /// A portal's host and port.
    pub fn portal_host(&self, name: &str) -> String {
        let url = self.emulator.portal_url(name);
        url.split_once("://").unwrap().1.to_owned()
    }

    /// A portal's page: the system's resolver does not know its host, the emulator tells portals by the header.
    pub async fn portal_page(&self, url: &str) -> Answer {
        let mut url = Url::parse(url).unwrap();
        let host = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
        url.set_host(Some("127.0.0.1")).unwrap();
        self.send(self.http.get(url).header(HOST, host)).await
    }
}

impl Visitor<'_> {
    /// Opens a page of the app, by its path or whole address.
    pub async fn visit(&self, address: &str) -> Answer {
        self.visit_with(address, &[]).await
    }

    /// The same with further headers.
    pub async fn visit_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let path = address.strip_prefix(&self.world.app_url).unwrap_or(address);
        let cookies: Vec<_> = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = self.world.request("GET", path);
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.world.send(request).await;
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let (pair, attributes) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let mut cookies = self.cookies.lock().unwrap();
            if attributes.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// Enters a portal's address; gives the portal's page to which the app sends the browser.
    pub async fn start(&self, portal: &str) -> String {
        let query: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("portal", portal)
            .finish();
        let answer = self.visit(&format!("/oauth/start?{query}")).await.expect(302);
        answer.header("location").to_owned()
    }

    /// Signs in at the portal's page as one of its users; gives the address to which the portal sends back.
    pub async fn agree(&self, authorize_url: &str, user: i64) -> String {
        let page = self
            .world
            .portal_page(&format!("{authorize_url}&user={user}"))
            .await;
        page.expect(302).header("location").to_owned()
    }

    /// The whole way; the page at its end.
    pub async fn sign_in(&self, portal: &str, user: i64) -> Answer {
        let back = self.agree(&self.start(portal).await, user).await;
        self.visit(&back).await
    }
}

/// An address with one of its parameters changed, or taken away.
pub fn with_parameter(address: &str, name: &str, value: Option<&str>) -> String {
    let mut url = Url::parse(address).unwrap();
    let others: Vec<_> = url
        .query_pairs()
        .into_owned()
        .filter(|(given, _)| given != name)
        .collect();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(others)
        .extend_pairs(value.map(|value| (name, value)));
    url.into()
}

/// One parameter of an address.
pub fn parameter(address: &str, name: &str) -> String {
    let url = Url::parse(address).unwrap();
    let found = url.query_pairs().find(|(given, _)| given == name);
    found.unwrap().1.into_owned()
}
