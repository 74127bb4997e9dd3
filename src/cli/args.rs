//! Arguments that several commands share.

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, civil};

use crate::app::Clock;
use crate::bitrix24::{MemberId, UserId};

/// Enough for a screen or two.
const USUAL_LIMIT: &str = "100";

/// What one statement may bring into memory.
const LARGEST_LIMIT: i64 = 1_000_000;

/// `--json`.
pub(super) fn json() -> Arg {
    Arg::new("json")
        .long("json")
        .action(ArgAction::SetTrue)
        .help("Prints a JSON array of objects")
}

/// `--limit`.
pub(super) fn limit() -> Arg {
    Arg::new("limit")
        .long("limit")
        .value_name("N")
        .default_value(USUAL_LIMIT)
        .value_parser(value_parser!(u32).range(1..=LARGEST_LIMIT))
        .help("How many, at most")
}

/// `--portal`, a filter.
pub(super) fn portal() -> Arg {
    Arg::new("portal")
        .long("portal")
        .value_name("MEMBER_ID")
        .value_parser(|text: &str| MemberId::parse(text).map_err(|_| "a MEMBER_ID has 32 hexadecimal digits"))
        .help("Only this portal's")
}

/// `--user`, a filter.
pub(super) fn user() -> Arg {
    Arg::new("user")
        .long("user")
        .value_name("USER_ID")
        .value_parser(|text: &str| UserId::parse(text).map_err(|_| "a USER_ID is a positive number"))
        .help("Only this user's")
}

/// `--since` and its kin.
pub(super) fn time(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("TIME")
        .value_parser(|text: &str| read_time(text, Clock::system().now()))
        .help(help)
}

/// An argument without a flag.
pub(super) fn word(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).value_name(value).required(true).help(help)
}

/// The text of an argument that clap has seen to be there.
pub(super) fn text<'a>(given: &'a ArgMatches, name: &str) -> &'a str {
    given.get_one::<String>(name).map_or("", String::as_str)
}

/// The `--limit`.
pub(super) fn limit_of(given: &ArgMatches) -> u32 {
    given.get_one("limit").copied().unwrap_or(1)
}

/// `2h` or `3d` (ago), a date, or a time; without a zone in UTC.
fn read_time(text: &str, now: Timestamp) -> Result<Timestamp, &'static str> {
    const FAULT: &str = "give a time such as 2h or 3d (ago), 2026-11-24, or 2026-11-24T09:30:00Z";
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    if let Ok(span) = text.parse::<Span>() {
        let then = now.to_zoned(TimeZone::UTC).checked_sub(span.abs());
        return then.map(|then| then.timestamp()).map_err(|_| FAULT);
    }
    let civil = text.parse::<civil::DateTime>().map_err(|_| FAULT)?;
    let zoned = civil.to_zoned(TimeZone::UTC).map_err(|_| FAULT)?;
    Ok(zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let now: Timestamp = "2026-11-24T09:30:00Z".parse().unwrap();
        for (text, at) in [
            ("2h", "2026-11-24T07:30:00Z"),
            ("3d", "2026-11-21T09:30:00Z"),
            ("90 minutes", "2026-11-24T08:00:00Z"),
            ("2026-11-20", "2026-11-20T00:00:00Z"),
            ("2026-11-20T08:15", "2026-11-20T08:15:00Z"),
            ("2026-11-20T08:15:00+02:00", "2026-11-20T06:15:00Z"),
        ] {
            assert_eq!(read_time(text, now).unwrap().to_string(), at, "{text}");
        }
        for text in ["", "yesterday", "24.11.2026", "99999999d"] {
            assert!(read_time(text, now).is_err(), "{text}");
        }
    }
}
