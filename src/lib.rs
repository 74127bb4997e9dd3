//! Placeholder.
pub mod web;
pub mod words;
