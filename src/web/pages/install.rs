//! The installer's page: says what the app does and finishes the installation by itself.

use askama::Template;

use super::Shell;
use crate::words::Words;

/// What an administrator sees while the app is being installed. Its script tells Bitrix24 that the
/// installation is done, unless a step failed.
#[derive(Debug, Clone, Template)]
#[template(path = "install.html")]
pub struct InstallPage {
    /// What every page has.
    pub shell: Shell,
    /// The steps in their order.
    pub steps: Vec<InstallStep>,
    /// Why one of them failed.
    pub fault: Option<InstallFault>,
}

/// Why a step failed, for people.
#[derive(Debug, Clone)]
pub struct InstallFault {
    /// The error's slug, as in the JSON answer.
    pub slug: &'static str,
    /// What happened.
    pub message: String,
    /// What to do now.
    pub next: String,
    /// Whether that is to write to the publisher's support: shows a button that does it.
    pub support: bool,
}

/// One step of the installation.
#[derive(Debug, Clone)]
pub struct InstallStep {
    /// What is done in it.
    pub text: String,
    /// How far it is.
    pub state: StepState,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// It is done.
    Done,
    /// It is being done while the page is shown.
    Running,
    /// It has not been started, because an earlier one failed.
    Waiting,
    /// It failed.
    Failed,
}

impl StepState {
    fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Running => "running",
            Self::Waiting => "waiting",
            Self::Failed => "failed",
        }
    }

    fn said(self, words: &Words) -> String {
        match self {
            Self::Done => words.step_done(),
            Self::Running => words.step_running(),
            Self::Waiting => words.step_waiting(),
            Self::Failed => words.step_failed(),
        }
    }
}

impl InstallPage {
    /// Everything on our side is done: Bitrix24 finishes.
    #[must_use]
    pub fn finishing(shell: Shell) -> Self {
        Self::with_states(
            shell,
            [StepState::Done, StepState::Done, StepState::Running],
            None,
        )
    }

    /// The launch was confirmed, but the app could not be prepared for the portal.
    #[must_use]
    pub fn unprepared(shell: Shell, fault: InstallFault) -> Self {
        let states = [StepState::Done, StepState::Failed, StepState::Waiting];
        Self::with_states(shell, states, Some(fault))
    }

    /// The page as HTML.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }

    fn with_states(shell: Shell, states: [StepState; 3], fault: Option<InstallFault>) -> Self {
        let words = shell.words;
        let texts = [
            words.install_verified(),
            words.install_prepared(),
            words.install_finishing(),
        ];
        let steps = texts
            .into_iter()
            .zip(states)
            .map(|(text, state)| InstallStep { text, state })
            .collect();
        Self { shell, steps, fault }
    }
}
