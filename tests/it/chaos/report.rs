//! A section of the report that `scripts/chaos` makes, if it is what runs this; else nothing is written.

use std::io::Write as _;

/// Writes lines below a heading.
pub fn section(heading: &str, lines: &[String]) {
    let text = format!("## {heading}\n\n{}\n\n", lines.join("\n"));
    let Some(file) = std::env::var_os("CHAOS_SECTIONS") else {
        return;
    };
    let mut file = std::fs::File::options()
        .create(true)
        .append(true)
        .open(file)
        .unwrap();
    file.write_all(text.as_bytes()).unwrap();
}
