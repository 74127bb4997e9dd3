//! What commands print: lines, tables that fit the terminal, JSON. A reader that goes away (`| head`) is no fault.

use std::io::{ErrorKind, IsTerminal as _, Write as _};

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use serde::Serialize;

use super::Stop;

/// Between two columns of a table.
const GAP: u16 = 2;

/// How much of an id is left where there is no room for it.
const SHORT_ID: usize = 8;

/// Narrower terminals get tables of this width, and break the lines themselves.
const LEAST_WIDTH: u16 = 60;

/// A column that goes on in the next line is so wide at least, even if that makes lines longer than the terminal.
const LEAST_WRAP: u16 = 16;

/// How a column behaves where the terminal is too narrow for the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// Stays whole: it is what the next command needs.
    Whole,
    /// Is cut down to its beginning.
    Cut,
    /// Goes on in the next line.
    Wrap,
}

/// A column's heading, and how it behaves.
pub(super) type Column = (&'static str, Fit);

/// Prints a text as it is.
pub(super) fn text(text: &str) -> Result<(), Stop> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Stop::NobodyReads,
        _ => Stop::Failed(anyhow::anyhow!("the result cannot be written: {error}")),
    })
}

/// Prints a line.
pub(super) fn line(line: &str) -> Result<(), Stop> {
    text(&format!("{line}\n"))
}

/// Goes on where the result is not what was asked for, but what was done: nobody need read it for that.
pub(super) fn read_or_not(printed: Result<(), Stop>) -> Result<(), Stop> {
    match printed {
        Err(Stop::NobodyReads) => Ok(()),
        printed => printed,
    }
}

/// Says something that does not belong to the result. Where nobody hears it, the exit code still tells.
pub(super) fn aside(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Says that a list is not all there is.
pub(super) fn more_is_left(more: bool, limit: u32) {
    if more {
        aside(&format!(
            "There is more: these are the newest {limit}. --limit shows more."
        ));
    }
}

/// Prints a table, as wide as the terminal; whole lines where there is none.
pub(super) fn table(columns: &[Column], rows: Vec<Vec<String>>) -> Result<(), Stop> {
    if rows.is_empty() {
        aside("There is nothing of the kind.");
        return Ok(());
    }
    let width = std::io::stdout()
        .is_terminal()
        .then(terminal_size::terminal_size)
        .flatten()
        .map(|(width, _)| width.0);
    text(&laid_out(columns, rows, width))
}

/// One line of a report: the verdict, what was looked at, what there is to say, and what more below it.
pub(super) type Judged<'a> = (&'a str, &'a str, &'a str, Option<&'a str>);

/// Prints verdicts under the headings of what was looked at and what was found.
pub(super) fn report<'a>(
    (looked_at, found): (&'static str, &'static str),
    lines: impl IntoIterator<Item = Judged<'a>>,
) -> Result<(), Stop> {
    let row = |(verdict, name, says, more): Judged<'_>| {
        let more = more.map(|more| format!("\n→ {more}"));
        vec![
            verdict.to_owned(),
            name.to_owned(),
            format!("{says}{}", more.unwrap_or_default()),
        ]
    };
    let columns = [("", Fit::Whole), (looked_at, Fit::Whole), (found, Fit::Wrap)];
    table(&columns, lines.into_iter().map(row).collect())
}

/// A table within a width.
fn laid_out(columns: &[Column], mut rows: Vec<Vec<String>>, width: Option<u16>) -> String {
    let width = width.map(|width| width.max(LEAST_WIDTH));
    let widths = natural_widths(columns, &rows);
    let all = widths.iter().sum::<usize>() + usize::from(GAP) * columns.len().saturating_sub(1);
    if width.is_some_and(|width| all > usize::from(width)) {
        for row in &mut rows {
            for (cell, (_, fit)) in row.iter_mut().zip(columns) {
                if *fit == Fit::Cut && cell.chars().count() > SHORT_ID + 1 {
                    *cell = cell.chars().take(SHORT_ID).chain(['…']).collect();
                }
            }
        }
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(columns.iter().map(|(heading, _)| *heading));
    table.add_rows(rows);
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        // The last column's own gap may reach over the edge.
        table.set_width(width + GAP);
    }
    for ((column, (_, fit)), natural) in table.column_iter_mut().zip(columns).zip(widths) {
        column.set_padding((0, GAP));
        column.set_constraint(match fit {
            Fit::Whole | Fit::Cut => ColumnConstraint::ContentWidth,
            Fit::Wrap => {
                let least = u16::try_from(natural).map_or(LEAST_WRAP, |natural| natural.min(LEAST_WRAP));
                ColumnConstraint::LowerBoundary(Width::Fixed(least + GAP))
            }
        });
    }
    let lines = table.lines().map(|line| format!("{}\n", line.trim_end()));
    lines.collect()
}

/// How wide each column would be where there is room.
fn natural_widths(columns: &[Column], rows: &[Vec<String>]) -> Vec<usize> {
    let widest = |(at, (heading, _)): (usize, &Column)| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        let widths = cells.map(|cell| cell.chars().count());
        widths.max().unwrap_or_default().max(heading.chars().count())
    };
    columns.iter().enumerate().map(widest).collect()
}

/// A JSON array, an object a line: read by programs, and by people with `grep`.
#[derive(Debug, Default)]
pub(super) struct Array {
    begun: bool,
}

impl Array {
    /// Prints the next element.
    pub(super) fn push(&mut self, element: &impl Serialize) -> Result<(), Stop> {
        let element = serde_json::to_string(element)
            .map_err(|error| Stop::Failed(anyhow::anyhow!("a row does not become JSON: {error}")))?;
        let before = if self.begun { ",\n" } else { "[\n" };
        self.begun = true;
        text(&format!("{before}{element}"))
    }

    /// Ends the array, which may be empty.
    pub(super) fn end(self) -> Result<(), Stop> {
        text(if self.begun { "\n]\n" } else { "[]\n" })
    }
}

/// Prints a whole JSON array.
pub(super) fn json<T: Serialize>(elements: impl IntoIterator<Item = T>) -> Result<(), Stop> {
    let mut array = Array::default();
    for element in elements {
        array.push(&element)?;
    }
    array.end()
}

/// How long ago, in its largest unit: `12s`, `5m`, `3h`, `41d`.
pub(super) fn age(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.duration_since(at).as_secs().max(0);
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3600 => format!("{}m", seconds / 60),
        3600..86_400 => format!("{}h", seconds / 3600),
        _ => format!("{}d", seconds / 86_400),
    }
}

/// A time to the second, as people compare it with other logs.
pub(super) fn moment(at: Timestamp) -> String {
    let second = TimestampRound::new()
        .smallest(Unit::Second)
        .mode(RoundMode::Trunc);
    at.round(second).unwrap_or(at).to_string()
}

/// The same in a table, where there is no room for the year; in UTC.
pub(super) fn short_moment(at: Timestamp) -> String {
    at.strftime("%m-%d %H:%M:%S").to_string()
}

/// What is there, or a dash.
pub(super) fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 3] = [("ID", Fit::Whole), ("PORTAL", Fit::Cut), ("WHY", Fit::Wrap)];

    fn rows() -> Vec<Vec<String>> {
        let why = "a long story of what went wrong in the end";
        vec![vec!["1".repeat(36), "a".repeat(32), why.to_owned()]]
    }

    #[test]
    fn where_nobody_looks_rows_stay_in_their_lines() {
        let table = laid_out(&COLUMNS, rows(), None);
        assert_eq!(table.lines().count(), 2, "{table}");
        assert!(table.lines().last().unwrap().ends_with("in the end"), "{table}");
    }

    #[test]
    fn a_terminal_is_never_overrun_and_ids_that_are_needed_stay_whole() {
        let table = laid_out(&COLUMNS, rows(), Some(80));
        assert!(
            table.contains(&"1".repeat(36)) && table.contains("aaaaaaaa…"),
            "{table}"
        );
        assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
        assert!(table.lines().count() > 2, "the story goes on below: {table}");
    }

    #[test]
    fn what_goes_on_below_can_still_be_read_on_a_narrow_terminal() {
        let columns = [("ID", Fit::Whole), ("DOMAIN", Fit::Wrap), ("SEEN", Fit::Whole)];
        let row = vec!["1".repeat(52), "acme.bitrix24.com".into(), "2d".into()];
        let table = laid_out(&columns, vec![row], Some(60));
        assert!(
            table.contains("DOMAIN") && table.contains("acme.bitrix24"),
            "{table}"
        );
        let short = laid_out(
            &columns,
            vec![vec!["1".into(), "a.b".into(), "2d".into()]],
            Some(60),
        );
        assert!(short.ends_with("1   a.b     2d\n"), "{short}");
    }
}
