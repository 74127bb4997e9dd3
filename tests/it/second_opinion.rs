//! A second opinion on tokens: Bitrix24's own `@bitrix24/b24jssdk` from npm, in Node, refreshes and joins against the
//! emulator. Its opinion on the frame protocol is in `browser/second_opinion.rs`.

use std::process::Command;

use crate::world::{Db, World};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Node: scripts/test"]
async fn the_sdk_refreshes_and_joins_against_the_emulator() {
    let world = World::without_app(Db::Sqlite).await;
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=tap", "interop/oauth.test.js"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/frontend"))
        .env("CONTROL_URL", world.emulator.control_url())
        .env("OAUTH_URL", world.emulator.oauth_url());
    let ran = tokio::task::spawn_blocking(move || node.output()).await.unwrap();
    let ran = ran.expect("node: run scripts/test");
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    assert!(
        !said.contains("# pass 0") && said.contains("# skipped 0"),
        "{said}"
    );
}
