//! What modules import from each other. In `static/` they name each other as `./frame.js`, so that every tool reads
//! them; browsers get the address with the hash.

/// What stands before the name of an imported file; our modules import in no other way.
const BEFORE: &str = " from \"./";

/// The names of the files that a module imports, in its order.
pub(super) fn imports(text: &str) -> Vec<String> {
    let after = text.split(BEFORE).skip(1);
    after
        .filter_map(|rest| rest.split_once('"'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// The module with addresses in the place of names; a name without an address stays.
pub(super) fn readdressed<'a>(text: &str, address: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut parts = text.split(BEFORE);
    let mut readdressed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let known = part
            .split_once('"')
            .and_then(|(name, rest)| Some((address(name)?, rest)));
        if let Some((address, rest)) = known {
            readdressed.extend([" from \"", address, "\"", rest]);
        } else {
            readdressed.extend([BEFORE, part]);
        }
    }
    readdressed
}
