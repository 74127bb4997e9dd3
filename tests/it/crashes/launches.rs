//! Opening the app, installing it, and signing in outside the frame.

use futures_util::future::join_all;
use reqwest::header::COOKIE;
use serde_json::json;

use crate::world::{CODE, Db, Launch, World};

use super::mortal::{Mortal, attempt};

on_both_databases!(
    a_launch_that_died_is_posted_again_and_good,
    an_installation_that_died_is_finished_by_the_next_one,
    a_sign_in_that_died_is_begun_again,
);

pub const LAUNCH: &[&str] = &[
    "launch.vouched",
    "launch.proven",
    "launch.portal_saved",
    "launch.pair_kept",
];
pub const INSTALL: &[&str] = &["install.bound"];
pub const SIGN_IN: &[&str] = &["sign_in.state_spent", "sign_in.exchanged"];

/// Posts what the portal posts; nothing comes back where the program dies over it.
async fn dies_over(world: &World, mortal: &mut Mortal, launch: &Launch) {
    let path = launch.url.strip_prefix(&world.app_url).unwrap();
    let answer = attempt(world.request("POST", path).form(&launch.body)).await;
    mortal.dies(world).await;
    assert!(answer.is_none(), "nobody was told that it worked");
}

async fn a_launch_that_died_is_posted_again_and_good(db: Db) {
    join_all(LAUNCH.iter().map(async |point| {
        let (world, mut mortal) = Mortal::begin(db).await;
        let launch = world.launch("acme", 1).await;
        mortal.arm(&world, point, 1).await;
        dies_over(&world, &mut mortal, &launch).await;
        // The frame is reloaded, which posts the same again.
        let session = world.post(&launch).await.expect(200).session();
        world.connect(&session, CODE).await.expect(200);
        let token = "select count(*) from portals where application_token is not null";
        assert_eq!(world.database.number(token).await, 1);
        let how = "a reload of the frame opens the app, and the channel is connected";
        mortal.ends_whole(&world, "launch", how).await;
    }))
    .await;
}

async fn an_installation_that_died_is_finished_by_the_next_one(db: Db) {
    join_all(INSTALL.iter().map(async |point| {
        let (world, mut mortal) = Mortal::begin(db).await;
        mortal.arm(&world, point, 1).await;
        let wish = json!({"portal": "acme", "user": 1, "install": true});
        let launch = world.launch_with(wish).await;
        dies_over(&world, &mut mortal, &launch).await;
        world.post(&launch).await.expect(200);
        let bound = world.portal("acme").await["bindings"].clone();
        let mut events: Vec<_> = bound
            .as_array()
            .unwrap()
            .iter()
            .map(|bound| &bound["event"])
            .collect();
        let all = events.len();
        events.sort_by_key(ToString::to_string);
        events.dedup();
        assert!(all > 0 && events.len() == all, "bound twice: {bound}");
        let noted = "select count(*) from portals where bound <> ''";
        assert_eq!(world.database.number(noted).await, 1);
        mortal
            .ends_whole(
                &world,
                "install",
                "a reload of the installer finishes it; each event is bound once",
            )
            .await;
    }))
    .await;
}

async fn a_sign_in_that_died_is_begun_again(db: Db) {
    join_all(SIGN_IN.iter().map(async |point| {
        let (world, mut mortal) = Mortal::begin(db).await;
        world.open("acme", 1).await;
        mortal.arm(&world, point, 1).await;
        let person = world.visitor();
        let host = world.portal_host("acme");
        let back = person.agree(&person.start(&host).await, 1).await;
        let cookies: Vec<_> = {
            let cookies = person.cookies.lock().unwrap();
            cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect()
        };
        let path = back.strip_prefix(&world.app_url).unwrap();
        let answer = attempt(world.request("GET", path).header(COOKIE, cookies.join("; "))).await;
        mortal.dies(&world).await;
        assert!(answer.is_none());
        // The state is spent, and that is what a reload is told.
        assert_eq!(person.visit(&back).await.expect(403).slug(), "forged");
        let session = person.sign_in(&host, 1).await.expect(200).session();
        world.connect(&session, CODE).await.expect(200);
        mortal
            .ends_whole(
                &world,
                "sign-in",
                "a reload is told that the state is spent; beginning again signs in",
            )
            .await;
    }))
    .await;
}
