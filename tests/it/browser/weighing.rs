//! How heavy a page in the portal's frame is, and what happens in it from its first moment on.

use serde::Deserialize;
use serde_json::json;

use super::chromium::Browser;

/// Looks on from before a page's own scripts. An installer that has finished is replaced at once, so its last word is
/// kept back.
const OBSERVE: &str = "
    if (window !== window.parent) {
      const seen = window.observed = { shift: 0, moved: [], script: 0, frame: 0 };
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) { seen.shift += value; seen.moved.push(...sources.map(({ node, previousRect: a, currentRect: b }) => `${node?.id || node?.className || node?.nodeName} ${a.x},${a.y},${a.width},${a.height} to ${b.x},${b.y},${b.width},${b.height}`)); }
      }).observe({ type: 'layout-shift', buffered: true });
      new MutationObserver(() => {
        if (!seen.script && document.querySelector('#theme:not([hidden])')) { seen.script = performance.now(); }
      }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['hidden'] });
      window.addEventListener('message', () => { seen.frame ||= performance.now(); });
      let library;
      Object.defineProperty(window, 'BX24', {
        get: () => library,
        set: (given) => { library = given; library.installFinish = () => {}; },
      });
    }";

const WEIGH: &str = "
    const [done] = arguments;
    const weigh = () => {
      const { shift, moved, script, frame } = window.observed;
      const of = ({ name, initiatorType, transferSize, renderBlockingStatus }) =>
        ({ name, kind: initiatorType, bytes: transferSize, blocking: renderBlockingStatus === 'blocking' });
      const [page] = performance.getEntriesByType('navigation');
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      done({
        requests: [{ ...of(page), kind: 'page' }, ...performance.getEntriesByType('resource').map(of)],
        shift, moved, script, frame, paint: paint?.startTime ?? 0,
        elements: document.querySelectorAll('*').length, cookies: document.cookie,
      });
    };
    const wait = () => (window.observed.frame && performance.getEntriesByName('first-contentful-paint').length
      ? setTimeout(weigh, 400) : setTimeout(wait, 20));
    wait();";

/// What a page weighed, in bytes and milliseconds.
#[derive(Debug, Deserialize)]
pub struct Weight {
    /// Everything that was asked for, the page itself first.
    pub requests: Vec<Request>,
    /// How far things have moved that people look at: 0 is nothing.
    pub shift: f64,
    /// What has moved, from where to where.
    pub moved: Vec<String>,
    /// When there was something to see.
    pub paint: f64,
    /// When the page's own script had run.
    pub script: f64,
    /// When the portal had answered the platform's library.
    pub frame: f64,
    /// How many elements the page has.
    pub elements: usize,
    /// What the page can read of cookies.
    pub cookies: String,
}

/// One request of a page.
#[derive(Debug, Deserialize)]
pub struct Request {
    /// The address.
    pub name: String,
    /// What asked for it: `page`, `link`, `script`, `other`.
    pub kind: String,
    /// Transferred, headers included; 0 for what another origin keeps to itself.
    pub bytes: u64,
    /// Whether nothing is shown before it has come.
    pub blocking: bool,
}

impl Request {
    /// Who was asked.
    pub fn origin(&self) -> String {
        url::Url::parse(&self.name)
            .unwrap()
            .origin()
            .ascii_serialization()
    }
}

impl Browser {
    /// A browser that looks on. Frames of other sites are in one process with the page: only so it can look into them.
    pub async fn observing() -> Self {
        let browser = Self::start_with(&[
            "--disable-site-isolation-trials",
            "--disable-features=IsolateOrigins,site-per-process",
        ])
        .await;
        browser.bring_along(OBSERVE).await;
        // The portal's own page gets no scrollbar, which would make the frame narrower and is not ours.
        browser.resize(1280, 3000).await;
        browser
    }

    /// Weighs what stands in the portal's frame.
    pub async fn weigh(&self, frame: &str) -> Weight {
        self.enter(frame).await;
        let weight = self.ask(WEIGH, vec![]).await;
        self.leave_frame().await;
        serde_json::from_value(weight).unwrap()
    }

    /// Cookies of a host, by name.
    pub async fn cookies(&self, host: &str) -> Vec<String> {
        let all = self.devtools("Network.getAllCookies", json!({})).await;
        let cookies = all["cookies"].as_array().unwrap().iter();
        let own = cookies.filter(|cookie| cookie["domain"] == host);
        own.map(|cookie| cookie["name"].as_str().unwrap().to_owned())
            .collect()
    }
}
