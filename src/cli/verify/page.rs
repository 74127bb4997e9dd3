//! What stands in a page.

/// Names of attributes that are script begin so.
const HANDLER: &str = "on";

/// The first inline script or style of a page, named; none in what has no tags.
pub(super) fn inline(page: &str) -> Option<&'static str> {
    let page = page.to_ascii_lowercase();
    page.split('<').skip(1).find_map(|rest| {
        let tag = rest.split('>').next().unwrap_or_default();
        let name = tag
            .split(|letter: char| letter.is_whitespace() || letter == '/')
            .next();
        match name.unwrap_or_default() {
            "style" => return Some("a style element"),
            "script" if !attributes(tag).any(|name| name == "src") => return Some("an inline script"),
            _ => {}
        }
        attributes(tag).find_map(|name| match name {
            "style" => Some("a style attribute"),
            _ if name.len() > HANDLER.len() && name.starts_with(HANDLER) => Some("a script attribute"),
            _ => None,
        })
    })
}

/// The names of a tag's attributes that have a value; what stands in quotes is none.
fn attributes(tag: &str) -> impl Iterator<Item = &str> {
    let outside = tag.split('"').step_by(2);
    let named = outside.filter_map(|part| part.trim_end().strip_suffix('='));
    named.filter_map(|part| part.split_whitespace().last())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_script_and_style_are_seen_and_nothing_else() {
        for (page, found) in [
            ("<script>alert(1)</script>", true),
            ("<SCRIPT type=\"module\">x</SCRIPT>", true),
            ("<style>p{}</style>", true),
            ("<p style=\"color:red\">x</p>", true),
            ("<p class=\"x\" onclick=\"x()\">x</p>", true),
            ("<script type=\"module\" src=\"/a.js\"></script>", false),
            ("<link rel=\"stylesheet\" href=\"/style.css\">", false),
            (
                "<a href=\"/?onclick=x style=y\" title=\"on style=\">style=\"x\"</a>",
                false,
            ),
            ("{\"error\":\"<\"}", false),
            ("", false),
        ] {
            assert_eq!(inline(page).is_some(), found, "{page}");
        }
    }
}
