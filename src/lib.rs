//! Tour to follow.
pub mod app;
pub mod bitrix24;
pub mod seal;
pub mod store;
pub mod web;
pub mod words;
