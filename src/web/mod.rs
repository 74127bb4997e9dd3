//! Placeholder.
pub mod assets;
pub mod pages;

/// Placeholder.
pub fn routes() -> axum::Router {
    axum::Router::new().route(assets::ROUTE, axum::routing::get(assets::serve))
}
