//! Answers: of REST methods, and of the witness.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use serde_json::Value;
use url::Url;

use super::super::answer::RawAnswer;
use super::super::portals::moved;
use super::super::redact::Secrets;
use super::{is_hex_key, is_nameable, is_token};
use crate::bitrix24::{
    AppInfo, BindingPlan, CallError, ClientEndpoint, NetworkJoin, NetworkMessage, Placement, Profile,
};

/// What a call sends, and what an answer must therefore not show.
pub(crate) const SENT: &str = "sent0token0that0nobody0may0see00";

/// Resolves a future that waits for nothing.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// The status on the first line, headers on the next ones, an empty line, the body.
pub(crate) fn answer(input: &[u8]) -> Option<Result<RawAnswer, CallError>> {
    let end = input.windows(2).position(|pair| pair == b"\n\n")?;
    let mut head = std::str::from_utf8(&input[..end]).ok()?.lines();
    let status: u16 = head.next()?.trim().parse().ok()?;
    let mut response = http::Response::builder().status(status);
    for line in head {
        let (name, value) = line.split_once(':')?;
        response = response.header(name.trim(), value.trim());
    }
    let response = response.body(input[end + 2..].to_vec()).ok()?;
    Some(at_once(RawAnswer::read(response.into())))
}

/// What a call comes to: its result, or why there is none. None for what is no answer at all.
pub(crate) fn rest_answer(input: &[u8]) -> Option<Result<Value, CallError>> {
    let mut answer = match answer(input)? {
        Ok(answer) => answer,
        Err(error) => return Some(Err(error)),
    };
    answer.clean_error(&Secrets(&[SENT]));
    let error = answer.value().and_then(|value| value.get("error"));
    let error = error.map(ToString::to_string).unwrap_or_default();
    assert!(
        !error.to_ascii_lowercase().contains(SENT),
        "an error shows what was sent: {error}"
    );
    if let Ok(value) = answer.judged() {
        witness(value, answer.date);
    }
    let endpoint = ClientEndpoint::parse("https://acme.bitrix24.com/rest/").expect("a constant");
    let redirect = answer.redirect(&endpoint.method_url("profile"));
    assert_eq!(redirect.is_some(), answer.is_redirect(), "half a redirect");
    let result = match redirect {
        Some(target) => Err(target.map_or_else(|error| error, |target| moved(&endpoint, &target))),
        None => answer.into_result(),
    };
    match &result {
        Ok(result) => results(result),
        Err(error) => {
            let said = format!("{error} {error:?}");
            assert!(
                !said.to_ascii_lowercase().contains(SENT),
                "an error shows what was sent: {said}"
            );
        }
    }
    Some(result)
}

/// Every method's reading of one result.
fn results(result: &Value) {
    if let Ok(bot) = NetworkJoin::read(result) {
        assert!(bot.get() > 0, "no bot");
    }
    let _ = NetworkMessage::read(result);
    if let Ok(profile) = Profile::read(result) {
        assert!(profile.user_id.get() > 0, "nobody's profile");
        let named = result.get("ADMIN");
        assert!(
            !profile.admin || named.is_some_and(|admin| !admin.is_null()),
            "made an administrator"
        );
    }
    let address = |path| {
        Url::parse("https://app.example")
            .and_then(|url| url.join(path))
            .ok()
    };
    let addresses = address("/events").zip(address("/app"));
    let (event_handler, placement_handler) = addresses.expect("constants");
    let plan = BindingPlan {
        event_handler,
        placement_handler,
        placements: vec![Placement::RestAppUri],
        title: "Channel Connect".into(),
    };
    if let Ok(report) = plan.read(result) {
        assert!(
            report.events.len() <= 4 && report.placements.len() <= 1,
            "more is missing than was bound"
        );
    }
}

fn witness(answer: &Value, date: Option<jiff::Timestamp>) {
    let Ok(info) = AppInfo::read(answer, date) else {
        return;
    };
    assert!(
        is_hex_key(info.member_id.as_str()) && info.user_id.get() > 0,
        "nobody is vouched for"
    );
    assert!(is_token(info.client_id.as_str()), "no client_id");
    assert!(info.client_endpoint.as_str().ends_with("/rest/"), "no endpoint");
    is_nameable(&info.client_endpoint.origin());
}
