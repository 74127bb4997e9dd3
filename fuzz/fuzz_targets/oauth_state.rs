//! Feeds `oauth_state`: see `src/fuzzing/mod.rs`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let _ = channel_connect::fuzzing::feed("oauth_state", input);
});
