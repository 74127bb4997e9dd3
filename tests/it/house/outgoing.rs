//! How calls leave the process: through one gate, to endpoints of known origin, and read within a cap.

use super::source::{Source, rust_files};

/// Who makes an endpoint of a text: both answers of the authorization server that name one, the operator's webhook,
/// and the store, which reads back what it was given.
const NAME_ENDPOINTS: &[&str] = &[
    "src/bitrix24/app_info.rs",
    "src/bitrix24/token_endpoint/answer.rs",
    "src/bitrix24/webhook.rs",
    "src/store/portals.rs",
];

/// What opens a connection, beside the gate: the store's own, a look at this very process, and what goes to the
/// operator's collector.
const CONNECT: &[(&str, &[&str])] = &[
    (
        "reqwest::Client",
        &["src/bitrix24/egress/gate.rs", "src/telemetry/collector.rs"],
    ),
    ("TcpStream", &["src/cli/health.rs"]),
];

/// Who sends a request and reads its answer, piece by piece, up to a cap.
const READ: &[&str] = &["src/bitrix24/answer.rs", "src/bitrix24/visitor.rs"];

fn naming(what: &str) -> Vec<String> {
    // The fuzzers' files are in no program that is served.
    let served = |file: &Source| !file.path.contains("fuzzing");
    let names = |file: &Source| served(file) && file.code_without_tests().contains(what);
    let files = rust_files(&["src"]).into_iter();
    files.filter(names).map(|file| file.path).collect()
}

#[test]
fn an_endpoint_is_named_by_the_authorization_server_or_by_the_operator() {
    assert_eq!(naming("ClientEndpoint::parse"), NAME_ENDPOINTS);
}

#[test]
fn there_is_one_way_out() {
    for (what, files) in CONNECT {
        assert_eq!(naming(what), *files, "{what}");
    }
    for what in ["UdpSocket", "lookup_host", "ToSocketAddrs"] {
        let names = naming(what);
        assert!(
            names.iter().all(|file| file == "src/bitrix24/egress/names.rs"),
            "{what}: {names:?}"
        );
    }
}

#[test]
fn answers_are_read_within_a_cap() {
    assert_eq!(naming(".send()"), READ);
    for file in rust_files(&["src/bitrix24"]) {
        let reads = READ.contains(&file.path.as_str());
        let code = file.code_without_tests();
        for whole in [".bytes()", ".text()", ".json()", ".json::<"] {
            assert!(
                !reads || !code.contains(whole),
                "{} reads with {whole}",
                file.path
            );
        }
    }
}
