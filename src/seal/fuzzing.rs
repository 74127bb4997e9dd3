//! What must hold for every blob that somebody offers, and for everything that is sealed.

use std::sync::LazyLock;

use super::{KeyId, KeyRing, MasterKey, Purpose};

/// A ring of two made-up keys, the same in every run, so that sealed seeds stay readable.
pub(crate) fn ring() -> &'static KeyRing {
    static RING: LazyLock<KeyRing> = LazyLock::new(|| {
        let master = |(id, first): (&str, u8)| {
            let key = std::array::from_fn(|at| first.wrapping_add(u8::try_from(at).unwrap_or_default()));
            MasterKey::new(KeyId::parse(id)?, &key)
        };
        let masters: Result<Vec<_>, _> = [("fuzz-2", 64), ("fuzz-1", 32)].into_iter().map(master).collect();
        let ring = masters.and_then(|masters| KeyRing::new(&masters));
        ring.expect("two keys that differ")
    });
    &RING
}

/// First byte: the purpose. Second byte: the length of the context that follows. The rest is offered as a blob and as
/// a digest, and then sealed as a plaintext itself.
pub(crate) fn sealed_blob(input: &[u8]) -> bool {
    let Some((&[which, length], rest)) = input.split_first_chunk::<2>() else {
        return false;
    };
    let purpose = Purpose::ALL[usize::from(which) % Purpose::ALL.len()];
    let (context, offered) = rest.split_at(usize::from(length).min(rest.len()));
    let ring = ring();
    let opened = ring.open(purpose, context, offered).is_ok();
    if opened {
        for other in Purpose::ALL.into_iter().filter(|other| *other != purpose) {
            assert!(
                ring.open(other, context, offered).is_err(),
                "opens for {other:?}, too"
            );
        }
        assert!(
            ring.digest_of_sealed(purpose, offered).is_ok(),
            "opens, and has no digest"
        );
    }
    let _ = ring.is_current(offered);
    digests(ring, purpose, offered);
    sealed_anew(ring, purpose, (context, offered));
    opened
}

/// A stranger's bytes are the digest of nothing that was not digested to exactly them.
fn digests(ring: &KeyRing, purpose: Purpose, offered: &[u8]) {
    let known: Vec<_> = ring.digests(purpose, b"value").collect();
    let recognised = ring.recognises(purpose, b"value", offered);
    assert_eq!(
        recognised,
        known.iter().any(|digest| digest == offered),
        "recognised"
    );
    let digest = ring.digest(purpose, offered);
    assert!(
        ring.recognises(purpose, offered, &digest),
        "its own digest is not recognised"
    );
    let longer = [offered, b"+"].concat();
    assert!(
        !ring.recognises(purpose, &longer, &digest),
        "another value is recognised"
    );
}

/// What is sealed opens as it was; altered in any one place, moved to another context, or for another purpose, it
/// does not.
fn sealed_anew(ring: &KeyRing, purpose: Purpose, (context, plain): (&[u8], &[u8])) {
    let sealed = ring
        .seal(purpose, context, plain)
        .expect("the system gives randomness");
    let opened = ring
        .open(purpose, context, &sealed)
        .expect("what was just sealed opens");
    assert_eq!(opened.as_slice(), plain, "opens as something else");
    // One place for each input, all of them for all inputs.
    let sum = plain.iter().fold(0_usize, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(usize::from(*byte))
    });
    let mut altered = sealed.clone();
    let at = sum % altered.len();
    altered[at] ^= 1 << (sum % 8);
    assert!(
        ring.open(purpose, context, &altered).is_err(),
        "byte {at} may be altered"
    );
    assert!(
        ring.open(purpose, context, &sealed[..at]).is_err(),
        "may be cut at {at}"
    );
    let elsewhere = [context, b"+"].concat();
    assert!(
        ring.open(purpose, &elsewhere, &sealed).is_err(),
        "opens in another context"
    );
    let other = Purpose::ALL[(purpose as usize + 1) % Purpose::ALL.len()];
    assert!(
        ring.open(other, context, &sealed).is_err(),
        "opens for {other:?}, too"
    );
}
