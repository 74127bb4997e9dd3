//! Where traces go. The variables are OpenTelemetry's own, and mean what its standard says.

use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use url::Url;

use super::{ConfigFault, Environment};
use crate::telemetry::{Share, TraceSettings};

/// Everything about traces, or nothing where no collector is named.
pub fn traces(environment: &Environment) -> Result<Option<TraceSettings>, ConfigFault> {
    // Read in any case: a fault in what is not needed yet is still a fault.
    let headers = environment.optional("OTEL_EXPORTER_OTLP_HEADERS", headers)?;
    let service_name = environment.required("OTEL_SERVICE_NAME", |text| Ok(text.to_owned()))?;
    let share = environment.required("OTEL_TRACES_SAMPLER_ARG", |text| {
        Share::parse(text).ok_or_else(|| "is no number from 0 to 1".to_owned())
    })?;
    let endpoint = environment.optional("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)?;
    Ok(endpoint.map(|endpoint| TraceSettings {
        endpoint,
        headers: headers.unwrap_or_default(),
        service_name,
        share,
    }))
}

/// The operator's own address: plain http and private networks are the rule there.
fn endpoint(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|_| "is no URL".to_owned())?;
    let bare = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    match url.scheme() {
        "http" | "https" if bare && url.has_host() => Ok(url),
        "http" | "https" => Err("must have no user, query or fragment".to_owned()),
        _ => Err("must be an http or https URL".to_owned()),
    }
}

fn headers(text: &str) -> Result<Vec<(String, SecretString)>, String> {
    let fault = || "is no list of headers like api-key=value".to_owned();
    let one = |pair: &str| {
        let (name, value) = pair.split_once('=').ok_or_else(fault)?;
        let name = http::HeaderName::try_from(name.trim()).map_err(|_| fault())?;
        let value = percent_decode_str(value.trim())
            .decode_utf8()
            .map_err(|_| fault())?;
        http::HeaderValue::try_from(&*value).map_err(|_| fault())?;
        Ok((name.to_string(), SecretString::from(value.into_owned())))
    };
    text.split(',').map(one).collect()
}
