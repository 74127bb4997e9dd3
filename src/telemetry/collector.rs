//! The way to the operator's collector: an HTTP client of its own, because the one for Bitrix24 goes where its policy
//! allows, and this one goes to one configured address and nowhere else.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use tokio::runtime::Handle;
use tokio::time::Instant;

/// A collector is a neighbour; what it does not take by then is lost, and nobody waits for it.
const WITHIN: Duration = Duration::from_secs(5);
const CONNECTS_WITHIN: Duration = Duration::from_secs(2);

/// Between two log lines about spans that were not taken.
const SAID_AGAIN_AFTER: Duration = Duration::from_mins(1);

/// Sends batches from whatever thread they come, in the runtime's own.
#[derive(Debug)]
pub(super) struct Collector {
    http: reqwest::Client,
    runtime: Handle,
    said: Mutex<Option<Instant>>,
}

impl Collector {
    pub(super) fn open(runtime: Handle) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(WITHIN)
            .connect_timeout(CONNECTS_WITHIN)
            .build()?;
        Ok(Self {
            http,
            runtime,
            said: Mutex::default(),
        })
    }

    fn note(&self, outcome: Result<u16, &str>) {
        let word = match outcome {
            Ok(200..300) => "ok",
            _ => "failed",
        };
        metrics::counter!("trace_exports_total", "outcome" => word).increment(1);
        let (Ok(300..) | Err(_)) = outcome else { return };
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.is_none_or(|at| at.elapsed() >= SAID_AGAIN_AFTER) {
            *said = Some(Instant::now());
            tracing::warn!(?outcome, "the collector did not take spans");
        }
    }
}

#[async_trait::async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let request = reqwest::Request::try_from(request)?;
        // The body of the answer says nothing that anybody here would act on, so it is not read.
        let http = self.http.clone();
        let sent = self
            .runtime
            .spawn(async move { http.execute(request).await })
            .await?;
        match sent {
            Ok(response) => {
                self.note(Ok(response.status().as_u16()));
                let mut answer = Response::new(Bytes::new());
                *answer.status_mut() = response.status();
                Ok(answer)
            }
            Err(error) => {
                self.note(Err(if error.is_timeout() {
                    "silent"
                } else {
                    "not reachable"
                }));
                Err(error.without_url().into())
            }
        }
    }
}
