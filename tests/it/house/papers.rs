//! What the deployment files and documents say, held against the program.

use std::collections::BTreeSet;
use std::fs;

use channel_connect::config::VARIABLES;

use super::source::root;

/// What the deployment files set otherwise, and never pass on.
const NOT_PASSED_ON: &[(&str, &str)] = &[
    ("BITRIX24_CLIENT_ID_FILE", "the client_id is no secret"),
    ("BITRIX24_CLIENT_SECRET", "given by file"),
    ("DATABASE_URL", "given by file"),
    ("ENCRYPTION_KEYS", "given by file"),
    ("OTEL_EXPORTER_OTLP_HEADERS", "given by file"),
    ("LISTEN_ADDR", "the image's own"),
    ("DEVELOPMENT", "not for deployments"),
];

/// What Compose itself reads of `.env`.
const FOR_COMPOSE: &[&str] = &["APP_PORTS", "IMAGE_TAG", "REPLICAS"];

/// The longest a connect may take, which no proxy may cut short.
const CONNECT_BUDGET: u64 = 100;

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn known() -> BTreeSet<&'static str> {
    VARIABLES.iter().map(|variable| variable.name).collect()
}

/// The lines of one service of the Compose file.
fn service(compose: &str, name: &str) -> String {
    let heading = format!("  {name}:");
    let lines = compose.lines().skip_while(|line| *line != heading).skip(1);
    let own = lines.take_while(|line| line.is_empty() || line.starts_with("   "));
    own.collect::<Vec<_>>().join("\n")
}

/// Names before a colon in the `environment` of one service.
fn environment(service: &str) -> BTreeSet<&str> {
    service
        .lines()
        .skip_while(|line| *line != "    environment:")
        .skip(1)
        .take_while(|line| line.starts_with("      "))
        .map(str::trim)
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.split_once(':')?.0))
        .collect()
}

/// The number of seconds after `before`.
fn seconds(text: &str, before: &str) -> u64 {
    let after = text.split_once(before).unwrap_or_else(|| panic!("no {before}")).1;
    let digits = after.find(|letter: char| !letter.is_ascii_digit()).unwrap();
    after[..digits].parse().unwrap()
}

#[test]
fn deployment_files_name_only_variables_the_app_knows() {
    let compose = read("docker-compose.yml");
    let app = service(&compose, "app");
    let passed = environment(&app);
    let known = known();
    let unknown: Vec<_> = passed.difference(&known).collect();
    assert!(unknown.is_empty(), "docker-compose.yml: {unknown:?}");

    let left_out: BTreeSet<_> = NOT_PASSED_ON.iter().map(|(name, _)| *name).collect();
    let missing: Vec<_> = known.difference(&passed).copied().collect();
    assert_eq!(
        missing.into_iter().collect::<BTreeSet<_>>(),
        left_out,
        "what docker-compose.yml does not pass on (left) and NOT_PASSED_ON (right)"
    );

    for line in read(".env.example").lines() {
        let name = line.trim_start_matches('#').split_once('=').map(|(name, _)| name);
        let name = name.filter(|name| {
            name.chars()
                .all(|letter| letter.is_ascii_uppercase() || "_0123456789".contains(letter))
        });
        let Some(name) = name else { continue };
        assert!(
            passed.contains(name) || FOR_COMPOSE.contains(&name),
            ".env.example: {name} reaches nobody"
        );
        assert!(!FOR_COMPOSE.contains(&name) || compose.contains(&format!("${{{name}:-")));
    }

    let dockerfile = read("Dockerfile");
    for name in dockerfile
        .split_whitespace()
        .filter_map(|word| Some(word.split_once('=')?.0))
        .filter(|name| name.ends_with("_ADDR") || name.ends_with("_URL") || name.starts_with("LOG"))
    {
        assert!(known.contains(name), "Dockerfile: {name}");
    }
}

#[test]
fn every_service_is_confined() {
    let compose = read("docker-compose.yml");
    let services = compose.split_once("\nservices:\n").unwrap().1;
    let services = services.split_once("\nnetworks:\n").unwrap().0;
    let names = services
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'))
        .filter(|name| !name.starts_with(' '));
    let mut seen = 0;
    for name in names {
        assert!(
            service(&compose, name).trim_start().starts_with("<<: *confined"),
            "{name} is not confined"
        );
        seen += 1;
    }
    assert_eq!(seen, 3);
    let confined = compose.split_once("x-confined:").unwrap().1;
    for wish in ["read_only: true", "cap_drop: [ALL]", "no-new-privileges:true"] {
        assert!(confined.contains(wish), "{wish}");
    }
}

#[test]
fn whoever_stops_the_process_grants_it_what_it_may_need() {
    let source = read("src/service.rs") + &read("src/app/mod.rs");
    let longest: u64 = ["LAST_REQUESTS", "LAST_LOOK", "LAST_WRITES", "LAST_CALLS"]
        .iter()
        .map(|name| source.split_once(&format!("const {name}:")).unwrap().1)
        .map(|rest| seconds(rest, "from_secs("))
        .sum();
    let compose = read("docker-compose.yml");
    let unit = read("deploy/channel-connect.service");
    for granted in [
        seconds(&service(&compose, "app"), "stop_grace_period: "),
        seconds(&unit, "TimeoutStopSec="),
        seconds(&read("docs/deploy.md"), "--stop-timeout "),
    ] {
        assert!(granted > longest, "{granted} s of {longest} s");
    }
    for patience in [
        seconds(&read("deploy/Caddyfile"), "response_header_timeout "),
        seconds(&read("deploy/nginx.conf"), "proxy_read_timeout "),
    ] {
        assert!(patience > CONNECT_BUDGET);
    }
    assert!(read("Dockerfile").contains("\nSTOPSIGNAL SIGTERM\n"));
}

/// Who asks on a connection that is just being closed gets no answer, and must not repeat a `POST`.
#[test]
fn proxies_end_idle_connections_before_the_app_does() {
    let app = seconds(
        &read("src/web/serving.rs"),
        "const HEADERS_WITHIN: Duration = Duration::from_secs(",
    );
    for kept in [
        seconds(&read("deploy/Caddyfile"), "keepalive "),
        seconds(&read("deploy/nginx.conf"), "keepalive_timeout "),
    ] {
        assert!(kept < app, "{kept} s of {app} s");
    }
}

#[test]
fn the_image_is_built_from_what_is_there_with_the_version_that_is_asked_for() {
    let dockerfile = read("Dockerfile");
    let manifest = read("Cargo.toml");
    let version = manifest.split_once("rust-version = \"").unwrap().1;
    let version = version.split_once('"').unwrap().0;
    assert!(dockerfile.contains(&format!("\nARG RUST={version}\n")));
    assert!(dockerfile.contains("\nUSER 10001:10001\n"));
    assert!(service(&read("docker-compose.yml"), "app").contains("user: \"10001:10001\""));

    let let_in: BTreeSet<_> = read(".dockerignore")
        .lines()
        .filter_map(|line| line.strip_prefix('!'))
        .map(str::to_owned)
        .collect();
    let copied = dockerfile
        .lines()
        .filter_map(|line| line.strip_prefix("COPY "))
        .filter(|line| !line.starts_with("--from"))
        .flat_map(|line| line.rsplit_once(' ').unwrap().0.split(' '))
        .map(str::to_owned)
        .collect::<BTreeSet<_>>();
    assert_eq!(copied, let_in, "Dockerfile (left) and .dockerignore (right)");
    for path in &copied {
        assert!(root().join(path).exists(), "{path}");
    }
}

#[test]
fn nothing_in_front_of_the_app_says_who_may_frame_it() {
    for path in ["deploy/Caddyfile", "deploy/nginx.conf"] {
        let text = read(path).to_ascii_lowercase();
        let said = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        for line in said {
            for header in ["x-frame-options", "content-security-policy", "strict-transport"] {
                assert!(!line.contains(header), "{path}: {line}");
            }
        }
    }
}

#[test]
fn migrations_only_add() {
    for entry in fs::read_dir(root().join("migrations")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("--"));
        let words: Vec<_> = code.flat_map(str::split_whitespace).collect();
        let taking = ["drop", "rename", "truncate", "delete"];
        let taken = words.iter().zip(words.iter().skip(1)).find(|(word, next)| {
            // `on delete cascade` is a promise about rows, not a deed.
            taking.contains(&word.to_ascii_lowercase().as_str()) && !next.starts_with("cascade")
        });
        assert_eq!(
            taken,
            None,
            "{}: replicas of the version before go on serving",
            path.display()
        );
    }
}
