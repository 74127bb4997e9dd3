//! The doors, as the program's own source names them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The path of every route, public or the operator's; `{name}` stands for any file.
pub fn routes() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for route in text.split(".route(").skip(1) {
            let named = route.trim_start().split([',', '\n']).next().unwrap();
            let path = if let Some(path) = named.trim().strip_prefix('"') {
                path.trim_end_matches('"').to_owned()
            } else {
                let known = named.trim() == "assets::ROUTE";
                assert!(known, "a route whose path cannot be read here: {named}");
                channel_connect::web::assets::ROUTE.to_owned()
            };
            found.insert(path);
        }
    }
    found
}
