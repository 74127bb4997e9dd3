//! What a check has found.

use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    /// As it should be.
    Ok,
    /// Works, and should be looked at.
    Warn,
    /// Does not work, or must not stay so.
    Fail,
}

impl Verdict {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "FAIL",
        }
    }
}

/// One line of the report.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Finding {
    /// What was looked at.
    pub(super) check: &'static str,
    /// How bad it is.
    pub(super) verdict: Verdict,
    /// What was found; never a secret.
    pub(super) says: String,
    /// What to do about it.
    pub(super) mend: Option<String>,
}

impl Finding {
    pub(super) fn ok(check: &'static str, says: impl Into<String>) -> Self {
        Self {
            check,
            verdict: Verdict::Ok,
            says: says.into(),
            mend: None,
        }
    }

    pub(super) fn warn(check: &'static str, says: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Warn,
            mend: Some(mend.into()),
            ..Self::ok(check, says)
        }
    }

    pub(super) fn fail(check: &'static str, says: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Fail,
            ..Self::warn(check, says, mend)
        }
    }

    /// Cannot be looked at before something else is mended, which has a line of its own.
    pub(super) fn skipped(check: &'static str, because: impl std::fmt::Display) -> Self {
        Self {
            verdict: Verdict::Warn,
            ..Self::ok(check, format!("not looked at: {because}"))
        }
    }
}
