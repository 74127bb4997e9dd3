//! What pages look like once somebody has done something on them, which their script alone shows.

/// A state of the gallery, and what is done on it.
pub(crate) struct Deed {
    /// Unique among the states, too.
    pub(crate) name: &'static str,
    /// The state that it begins with.
    pub(crate) on: &'static str,
    /// The body of a function of the page (`page`), its window (`view`), and the code on the page's drawing (`code`).
    pub(crate) script: &'static str,
}

/// A press whose answer never comes; what the page would say after so many milliseconds it says at once.
macro_rules! pressed {
    ($after:literal) => {
        concat!(
            "const real = view.setTimeout; \
             view.setTimeout = (deed, ms) => real.call(view, deed, ms <= ",
            $after,
            " ? 0 : ms); \
             view.fetch = () => new view.Promise(() => {}); \
             const form = page.querySelector('form[action=\"/connect\"]'); \
             form.requestSubmit(form.querySelector('button[type=submit]'));"
        )
    };
}

macro_rules! typed {
    ($text:literal) => {
        concat!(
            "const field = page.getElementById('code'); field.value = ",
            $text,
            "; field.dispatchEvent(new view.InputEvent('input'));"
        )
    };
}

/// All of them.
pub(crate) const DEEDS: [Deed; 12] = [
    deed("typed-code", "connect-empty", typed!("code")),
    deed("typed-half", "connect-empty", typed!("code.slice(0, 13)")),
    deed("typed-too-long", "connect-empty", typed!("code + 'ab'")),
    deed(
        "typed-other-letters",
        "connect-empty",
        typed!("`${code.slice(0, 31)}z`"),
    ),
    deed(
        "typed-two-codes",
        "connect-empty",
        typed!(
            "`https://www.bitrix24.net/?IM_DIALOG=networkLines${code} networkLines${code.replace('5', '6')}`"
        ),
    ),
    deed("waiting", "connect-prefilled", pressed!("0")),
    deed("waiting-3-seconds", "connect-prefilled", pressed!("3000")),
    deed("waiting-10-seconds", "connect-prefilled", pressed!("10000")),
    deed("waiting-offered", "offered", pressed!("3000")),
    deed(
        "no-connection",
        "connect-prefilled",
        "view.fetch = () => view.Promise.reject(new view.TypeError()); page.getElementById('connect').requestSubmit();",
    ),
    deed(
        "how-to-disconnect",
        "connect",
        "page.querySelector('details').open = true;",
    ),
    deed(
        "install-stuck",
        "install",
        "page.getElementById('install-stuck').removeAttribute('hidden'); page.getElementById('install-wait').hidden = true;",
    ),
];

const fn deed(name: &'static str, on: &'static str, script: &'static str) -> Deed {
    Deed { name, on, script }
}
