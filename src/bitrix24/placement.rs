//! Where in the portal an app can be added beside its own page: `placement.bind`.

/// A place in the portal that opens the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// `REST_APP_URI`: links of the form `/marketplace/view/APP_CODE/?params[code]=…`.
    RestAppUri,
    /// `CONTACT_CENTER`: a tile in the Contact Center; needs the scope `contact_center`.
    ContactCenter,
}

impl Placement {
    /// Reads the configuration's word, such as `rest_app_uri`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::RestAppUri, Self::ContactCenter]
            .into_iter()
            .find(|placement| placement.as_str().eq_ignore_ascii_case(text))
    }

    /// The platform's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RestAppUri => "REST_APP_URI",
            Self::ContactCenter => "CONTACT_CENTER",
        }
    }
}
