//! The list of connected channels, ten at a time.

use std::ops::Range;

use crate::words::Words;

/// Channels on one page of the list: what is seen without scrolling far.
const PAGE: usize = 10;

/// One page of the list of connected channels.
#[derive(Debug, Clone, Default)]
pub struct ChannelList {
    /// The channels on this page, newest first.
    pub channels: Vec<ConnectedChannel>,
    /// Where in the list they stand.
    pub paging: Paging,
}

/// Which page of a list is shown, and which others there are. Pages count from 1, the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    number: usize,
    total: usize,
}

impl ChannelList {
    /// Which of all channels are on this page: `11–20 of 57`.
    pub(super) fn range(&self, words: &Words) -> String {
        let range = self.paging.range();
        let (first, last, total) = (range.start + 1, range.end, self.paging.total);
        words.connections_range(&first.to_string(), &last.to_string(), &total.to_string())
    }
}

impl Default for Paging {
    fn default() -> Self {
        Self::new(0, 1)
    }
}

impl Paging {
    /// Page `number` of a list of `total`: the last one for a number that is past it, the first one for none.
    #[must_use]
    pub fn new(total: usize, number: usize) -> Self {
        let last = total.div_ceil(PAGE).max(1);
        Self {
            number: number.clamp(1, last),
            total,
        }
    }

    /// What of the list is on the page, counted from 0.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        let first = (self.number - 1) * PAGE;
        first..self.total.min(first + PAGE)
    }

    /// How many channels the list has.
    #[must_use]
    pub fn total(self) -> usize {
        self.total
    }

    /// The page before this one, with newer channels.
    pub(super) fn newer(self) -> Option<usize> {
        (self.number > 1).then(|| self.number - 1)
    }

    /// The page after this one, with older channels.
    pub(super) fn older(self) -> Option<usize> {
        (self.range().end < self.total).then(|| self.number + 1)
    }

    /// Whether there is more than one page.
    pub(super) fn is_needed(self) -> bool {
        self.total > PAGE
    }
}

/// One line in the list of connected channels.
#[derive(Debug, Clone)]
pub struct ConnectedChannel {
    /// The channel's name, if the publisher offers it.
    pub title: Option<String>,
    /// The channel's code.
    pub code: String,
    /// Who connected it; unknown after an uninstall.
    pub by: Option<ConnectedBy>,
    /// When it was connected, for people.
    pub connected_at: String,
    /// The same moment for machines: RFC 3339.
    pub connected_at_datetime: String,
    /// The bot that stands for the channel: the chat's `dialogId`.
    pub bot_id: String,
    /// The chat's plain address.
    pub dialog_url: String,
}

/// Who connected a channel. The app keeps numbers, not names: who may see a name sees it in Bitrix24.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectedBy {
    /// Whoever looks at the page.
    You,
    /// Somebody else of the portal.
    Colleague {
        /// The user's number.
        id: String,
        /// Address of the user's page in the portal.
        url: String,
    },
}

impl ConnectedChannel {
    /// What people call it.
    pub(super) fn name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_shown_ten_at_a_time_and_every_channel_on_exactly_one_page() {
        for total in [0, 1, 10, 11, 57, 100] {
            let mut seen = 0;
            let mut number = Some(1);
            while let Some(page) = number.map(|number| Paging::new(total, number)) {
                assert_eq!(page.range().start, seen, "{total}");
                assert!(page.range().len() <= PAGE);
                seen = page.range().end;
                number = page.older();
            }
            assert_eq!(seen, total);
        }
    }

    #[test]
    fn a_page_that_is_not_there_is_the_nearest_that_is() {
        let last = Paging::new(57, 6);
        assert_eq!((Paging::new(57, usize::MAX), last.range()), (last, 50..57));
        assert_eq!((last.older(), last.newer()), (None, Some(5)));
        assert_eq!(Paging::new(57, 0), Paging::new(57, 1));
        assert_eq!(
            (Paging::new(0, 3).range(), Paging::new(0, 3).newer()),
            (0..0, None)
        );
        assert!(!Paging::new(10, 1).is_needed() && Paging::new(11, 1).is_needed());
    }
}
