//! Tour to follow.
pub mod bitrix24;
