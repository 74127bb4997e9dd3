//! Every metric of ours: its name, what it says, and every value that each of its labels can have. What is not here
//! does not exist, so no stranger can make a series.

use metrics::Unit;

/// How a metric behaves.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Only grows, from 0 at the start of the process.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Counts what was measured by upper bounds.
    Histogram(&'static [f64]),
}

/// One metric.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Its name, as Prometheus has it.
    pub name: &'static str,
    /// How it behaves.
    pub kind: Kind,
    /// What is counted or measured.
    pub unit: Unit,
    /// What it says.
    pub help: &'static str,
    /// Its labels, and all the values of each.
    pub labels: &'static [(&'static str, &'static [&'static str])],
}

/// The doors: each route of the router, and what leads to none.
pub const ROUTES: &[&str] = &[
    "/",
    "/app",
    "/app/",
    "/connect",
    "/connections",
    "/events",
    "/install",
    "/install/",
    "/license",
    "/livez",
    "/oauth/callback",
    "/oauth/start",
    "/privacy",
    "/readyz",
    "/static/{name}",
    "unmatched",
];

/// The statuses that doors answer with; `gone` for whoever went away before the answer, `other` for none of these.
pub const STATUSES: &[&str] = &[
    "200", "302", "303", "304", "400", "401", "402", "403", "404", "405", "408", "409", "413", "422", "429",
    "431", "500", "503", "504", "gone", "other",
];

const SLUGS: &[&str] = &[
    "access_restricted",
    "bitrix24_unavailable",
    "forged",
    "inactive",
    "internal",
    "invalid_code",
    "invalid_portal",
    "missing_scope",
    "not_admin",
    "not_found",
    "not_installed",
    "overloaded",
    "payment_required",
    "plan_required",
    "portal_unavailable",
    "rate_limited",
    "refused",
    "reopen_app",
    "session_expired",
    "storage_unavailable",
    "timeout",
];

const DEEDS: &[&str] = &[
    "begin to sign in",
    "connect",
    "event",
    "install",
    "launch",
    "list",
    "sign in",
];

const METHODS: &[&str] = &[
    "app.info",
    "batch",
    "imopenlines.network.join",
    "imopenlines.network.message.add",
    "oauth/token",
    "profile",
];

const CALL_OUTCOMES: &[&str] = &[
    "failing",
    "forbidden",
    "interrupted",
    "ok",
    "redirected",
    "refused",
    "timed_out",
    "unreachable",
    "unreadable",
];

const REFRESH_OUTCOMES: &[&str] = &[
    "elsewhere",
    "foreign",
    "gave_up",
    "handed_over",
    "lost",
    "lost_race",
    "released",
    "renewed",
    "revoked",
    "superseded",
    "unresolved",
    "unwritten",
];

const EVENTS: &[&str] = &[
    "ONAPPINSTALL",
    "ONAPPPAYMENT",
    "ONAPPUNINSTALL",
    "ONAPPUPDATE",
    "unreadable",
];

const POOLS: &[&str] = &["postgres", "sqlite_readers", "sqlite_writer"];

/// From a page out of memory to the end of `/connect`'s time.
const ANSWERS: &[f64] = &[
    0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 100.0,
];

/// From a neighbour's answer to the minute after which a portal gives up by itself.
const CALLS: &[f64] = &[0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];

/// Up to the end of a loser's patience.
const CLAIM_WAITS: &[f64] = &[0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 50.0];

/// From a connection that is free to the end of the pool's patience.
const ACQUIRES: &[f64] = &[0.001, 0.005, 0.025, 0.1, 0.5, 1.0, 5.0];

const fn counter(name: &'static str, help: &'static str) -> Metric {
    Metric {
        name,
        kind: Kind::Counter,
        unit: Unit::Count,
        help,
        labels: &[],
    }
}

const fn gauge(name: &'static str, help: &'static str) -> Metric {
    Metric {
        kind: Kind::Gauge,
        ..counter(name, help)
    }
}

const fn seconds(name: &'static str, bounds: &'static [f64], help: &'static str) -> Metric {
    Metric {
        kind: Kind::Histogram(bounds),
        unit: Unit::Seconds,
        ..counter(name, help)
    }
}

impl Metric {
    const fn by(self, labels: &'static [(&'static str, &'static [&'static str])]) -> Self {
        Self { labels, ..self }
    }
}

/// All of them, in the order of the documentation.
pub const CATALOGUE: &[Metric] = &[
    counter("http_requests_total", "Requests answered, by door and status")
        .by(&[("route", ROUTES), ("status", STATUSES)]),
    seconds(
        "http_request_seconds",
        ANSWERS,
        "From a request's head to its answer's",
    )
    .by(&[("route", ROUTES)]),
    gauge("http_requests_in_flight", "Requests under way").by(&[("route", ROUTES)]),
    counter(
        "refusals_total",
        "Deeds that failed or were refused, by the word that was answered",
    )
    .by(&[("deed", DEEDS), ("slug", SLUGS)]),
    counter(
        "tokens_refused_total",
        "Tokens that opened nothing, and whether that took a question",
    )
    .by(&[
        ("reason", &["another_app", "another_portal", "expired", "unknown"]),
        ("asked", &["no", "yes"]),
    ]),
    counter(
        "requests_shed_total",
        "Requests refused because too many were under way",
    )
    .by(&[("door", &["connect", "launch", "sign-in"])]),
    counter(
        "requests_limited_total",
        "Requests refused because too much was refused before",
    )
    .by(&[("door", &["launch", "sign-in"]), ("limit", &["client", "portal"])]),
    counter(
        "connections_refused_total",
        "Connections not taken, for lack of room or files",
    ),
    counter(
        "bitrix24_calls_total",
        "Calls of Bitrix24, by method and what came of them",
    )
    .by(&[("method", METHODS), ("outcome", CALL_OUTCOMES)]),
    seconds(
        "bitrix24_call_seconds",
        CALLS,
        "From sending a call to the end of its answer",
    )
    .by(&[("method", METHODS)]),
    gauge("bitrix24_calls_in_flight", "Calls of Bitrix24 under way").by(&[("method", METHODS)]),
    gauge(
        "authorization_server_breaker",
        "0: calls go through, 1: they are held back, 2: one is under way to see",
    ),
    counter(
        "authorization_server_held_back_total",
        "Calls not made because the authorization server was down",
    ),
    counter("refreshes_total", "Refreshes of tokens, by what came of them")
        .by(&[("outcome", REFRESH_OUTCOMES)]),
    seconds(
        "refresh_claim_wait_seconds",
        CLAIM_WAITS,
        "How long a refresh waited for another process's claim",
    ),
    counter(
        "generations_advanced_total",
        "New pairs of tokens kept, by what brought them",
    )
    .by(&[("by", &["launch", "refresh"])]),
    counter("inbox_events_total", "Events worked on, by what came of them")
        .by(&[("event", EVENTS), ("outcome", &["again", "dead", "done"])]),
    gauge("inbox_waiting", "Events that wait"),
    gauge("inbox_dead", "Dead letters"),
    Metric {
        unit: Unit::Seconds,
        ..gauge(
            "inbox_oldest_seconds",
            "How long the oldest waiting event has waited",
        )
    },
    gauge(
        "rest_log_queue",
        "Calls that wait to be written to the log of REST calls",
    ),
    counter(
        "rest_log_dropped_total",
        "Calls not written to the log of REST calls",
    ),
    gauge("database_pool_connections", "Connections to the database").by(&[("pool", POOLS)]),
    gauge(
        "database_pool_idle",
        "Connections to the database that nobody uses",
    )
    .by(&[("pool", POOLS)]),
    gauge("database_pool_in_use", "Connections to the database in use").by(&[("pool", POOLS)]),
    gauge("database_pool_limit", "The most connections to the database").by(&[("pool", POOLS)]),
    seconds(
        "database_acquire_seconds",
        ACQUIRES,
        "How long a statement waited for a connection",
    )
    .by(&[("pool", POOLS)]),
    counter(
        "database_acquire_timeouts_total",
        "Statements that got no connection in time",
    )
    .by(&[("pool", POOLS)]),
    counter("trace_exports_total", "Batches of spans sent to the collector")
        .by(&[("outcome", &["failed", "ok"])]),
    gauge("build_info", "1; which version runs is in its labels"),
];
