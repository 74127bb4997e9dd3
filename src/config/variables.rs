//! Every variable with its default and its sentence: the source of `--help`, and what the README repeats.

/// One variable of the environment, which is also a flag.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// Its value when it is not set; none where there is no sensible one.
    pub default: Option<&'static str>,
    /// What it is for.
    pub help: &'static str,
}

/// Those of them that are secrets, or hold one, beside their `_FILE` variants, which only name a file.
pub const SECRET_VARIABLES: [&str; 4] = [
    "BITRIX24_CLIENT_SECRET",
    "DATABASE_URL",
    "ENCRYPTION_KEYS",
    "OTEL_EXPORTER_OTLP_HEADERS",
];

const fn variable(name: &'static str, default: Option<&'static str>, help: &'static str) -> Variable {
    Variable { name, default, help }
}

/// All variables, in the order of the documentation.
pub const VARIABLES: &[Variable] = &[
    variable(
        "BITRIX24_CLIENT_ID",
        None,
        "The app's client_id; required to serve",
    ),
    variable("BITRIX24_CLIENT_ID_FILE", None, "A file that holds the client_id"),
    variable(
        "BITRIX24_CLIENT_SECRET",
        None,
        "The app's client_secret; required to serve",
    ),
    variable(
        "BITRIX24_CLIENT_SECRET_FILE",
        None,
        "A file that holds the client_secret",
    ),
    variable(
        "PUBLIC_URL",
        None,
        "The app's own origin, such as https://connect.example.com; required to serve",
    ),
    variable(
        "DATABASE_URL",
        Some("sqlite://channel-connect.db"),
        "sqlite://FILE, or postgres://USER:PASSWORD@HOST/DATABASE for more than one machine",
    ),
    variable("DATABASE_URL_FILE", None, "A file that holds the database URL"),
    variable(
        "ENCRYPTION_KEYS",
        None,
        "id:base64-32-bytes[,older…]: the first seals, all open. With SQLite and none set, one is made once in a \
         file beside the database. Required with PostgreSQL",
    ),
    variable("ENCRYPTION_KEYS_FILE", None, "A file that holds the keys"),
    variable("LISTEN_ADDR", Some("127.0.0.1:8080"), "Where the app listens"),
    variable("ADMIN_ADDR", Some("127.0.0.1:9090"), "Where /metrics listens"),
    variable(
        "TRUSTED_PROXIES",
        None,
        "Addresses and networks (CIDR, commas) of the proxies before the app, whose X-Forwarded-For is believed",
    ),
    variable(
        "BITRIX24_OAUTH_URL",
        Some("https://oauth.bitrix.info"),
        "The authorization server: one of the two official ones, or any on loopback in development",
    ),
    variable(
        "BITRIX24_JS_URL",
        Some("https://api.bitrix24.com/api/v1/"),
        "The platform's library for the frame",
    ),
    variable(
        "DEVELOPMENT",
        Some("false"),
        "true allows http and loopback for authorization server and portals; refused with a public PUBLIC_URL",
    ),
    variable(
        "PRIVATE_PORTALS",
        None,
        "Networks (CIDR, commas) that on-premise portals may resolve to",
    ),
    variable(
        "CUSTOM_CODES",
        Some("true"),
        "May people connect codes of their own",
    ),
    variable(
        "CHANNELS_FILE",
        None,
        "A TOML file with the channels that the publisher offers",
    ),
    variable(
        "APP_CODE",
        None,
        "The app's code in the Market, for links that open it with a channel's code",
    ),
    variable(
        "PRIVACY_URL",
        None,
        "The privacy policy, linked on every page; /privacy once PUBLISHER_NAME is set",
    ),
    variable(
        "LICENSE_URL",
        None,
        "The license agreement, linked on every page; /license once PUBLISHER_NAME is set",
    ),
    variable(
        "SUPPORT_URL",
        None,
        "Help (https: or mailto:), linked on every page",
    ),
    variable(
        "PUBLISHER_NAME",
        None,
        "Who publishes the app: fills the privacy policy and the license agreement that the app brings along",
    ),
    variable(
        "PUBLISHER_EMAIL",
        None,
        "Where the publisher answers questions about data; required with PUBLISHER_NAME",
    ),
    variable("PUBLISHER_ADDRESS", None, "The publisher's postal address"),
    variable(
        "CONNECT_POLICY",
        Some("any"),
        "any, or admins: only portal administrators may connect",
    ),
    variable(
        "PLACEMENTS",
        None,
        "rest_app_uri, contact_center (commas): where the installer adds the app; needs extra scopes",
    ),
    variable(
        "KEEP_AFTER_UNINSTALL_DAYS",
        Some("30"),
        "How long connections are kept for a reinstallation when nobody asked for their erasure",
    ),
    variable(
        "REST_LOG_DAYS",
        Some("7"),
        "How long calls of Bitrix24 and processed events are kept; at least 3",
    ),
    variable("LOG_FORMAT", Some("text"), "text or json"),
    variable(
        "RUST_LOG",
        Some("info"),
        "Which log lines are written, such as info or channel_connect=debug",
    ),
    variable(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        None,
        "The address of a collector that takes traces by OTLP over HTTP, such as http://127.0.0.1:4318; none are \
         recorded without it",
    ),
    variable(
        "OTEL_EXPORTER_OTLP_HEADERS",
        None,
        "What the collector wants to see with each batch: name=value, commas between them, values percent-encoded",
    ),
    variable(
        "OTEL_EXPORTER_OTLP_HEADERS_FILE",
        None,
        "A file that holds these headers",
    ),
    variable(
        "OTEL_SERVICE_NAME",
        Some("channel-connect"),
        "By which name the collector knows this service",
    ),
    variable(
        "OTEL_TRACES_SAMPLER_ARG",
        Some("1"),
        "How many of all traces are recorded: a number from 0 to 1",
    ),
];
