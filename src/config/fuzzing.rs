//! What must hold for every file of offered channels.

use std::collections::BTreeSet;

use super::channels;
use crate::bitrix24::OpenChannelCode;

/// `CHANNELS_FILE`.
pub(crate) fn channels_file(input: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(input) else {
        return false;
    };
    match channels::parse(text) {
        Ok(channels) => {
            let codes: BTreeSet<_> = channels.iter().map(|channel| &channel.code).collect();
            assert_eq!(codes.len(), channels.len(), "a code twice");
            assert!(channels.len() <= channels::MOST_CHANNELS, "too many channels");
            for code in codes {
                assert_eq!(OpenChannelCode::find(code.as_str()).as_ref(), Ok(code));
            }
            true
        }
        Err(fault) => {
            let lines = text.lines().count().max(1) + 1;
            let line = fault
                .strip_prefix("line ")
                .and_then(|rest| rest.split(':').next());
            let line: Option<usize> = line.and_then(|line| line.parse().ok());
            assert!(line.is_some_and(|line| (1..=lines).contains(&line)), "{fault}");
            assert!(!fault.contains('\n'), "a fault of several lines: {fault}");
            false
        }
    }
}
