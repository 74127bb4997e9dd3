//! One key for each purpose: what opens, and above all what does not.

use super::*;

fn ring(ids: &[&str]) -> KeyRing {
    let key = |id: &&str| {
        let mut bytes = [7; 32];
        bytes[..id.len()].copy_from_slice(id.as_bytes());
        MasterKey::new(KeyId::parse(id).unwrap(), &bytes).unwrap()
    };
    KeyRing::new(&ids.iter().map(key).collect::<Vec<_>>()).unwrap()
}

#[test]
fn keys_and_what_is_computed_with_them_are_wiped_when_dropped() {
    fn wiped<T: ZeroizeOnDrop>() {}
    fn gives<T: ZeroizeOnDrop>(_: &T) {}
    wiped::<MasterKey>();
    wiped::<DerivedKeys>();
    wiped::<XChaCha20Poly1305>();
    // What HMAC and HKDF keep their state in.
    wiped::<Sha256>();
    // What is opened, and what a key is written to.
    let ring = ring(&["a"]);
    gives(
        &ring
            .open(
                Purpose::Event,
                b"",
                &ring.seal(Purpose::Event, b"", b"form").unwrap(),
            )
            .unwrap(),
    );
    gives(&MasterKey::generate(KeyId::parse("a").unwrap()).unwrap().to_line());
}

#[test]
fn nothing_that_is_made_for_one_purpose_serves_another() {
    let ring = ring(&["a"]);
    let others = |purpose| Purpose::ALL.into_iter().filter(move |other| *other != purpose);
    for purpose in Purpose::ALL {
        let blob = ring.seal(purpose, b"row", b"plain").unwrap();
        let digest = ring.digest(purpose, b"value");
        assert!(ring.open(purpose, b"row", &blob).is_ok(), "{purpose:?}");
        assert!(ring.recognises(purpose, b"value", &digest), "{purpose:?}");
        for other in others(purpose) {
            assert_eq!(
                ring.open(other, b"row", &blob),
                Err(DoesNotOpen),
                "{purpose:?} as {other:?}"
            );
            assert!(
                !ring.recognises(other, b"value", &digest),
                "{purpose:?} as {other:?}"
            );
            assert_ne!(
                ring.digest_of_sealed(purpose, &blob),
                ring.digest_of_sealed(other, &blob)
            );
            assert_ne!(ring.keys[0].key(purpose), ring.keys[0].key(other));
            assert_ne!(purpose.label(), other.label());
        }
    }
}

/// Whoever changes a label or the derivation shuts everybody out of what they have.
#[test]
fn keys_are_derived_as_they_always_were() {
    let bytes = std::array::from_fn(|at| u8::try_from(at).unwrap());
    let master = MasterKey::new(KeyId::parse("k1").unwrap(), &bytes).unwrap();
    let ring = KeyRing::new(&[master]).unwrap();
    // Computed by another implementation of RFC 5869 and RFC 2104.
    for (purpose, expected) in [
        (Purpose::Tokens, "4f5872c3eb6f5196"),
        (Purpose::ApplicationToken, "a8a33c45a089f949"),
        (Purpose::Session, "3d5ecf024655ebd3"),
        (Purpose::RefreshDigest, "06c8caa30b6cd023"),
        (Purpose::Event, "2aa498f0dd4a42bb"),
        (Purpose::EventDigest, "04c230607ed94673"),
        (Purpose::ErasedPortal, "17c7045f2c692625"),
        (Purpose::OauthState, "91029f5685340d1d"),
        (Purpose::OauthStateDigest, "6bbf55ff883ad52f"),
        (Purpose::RefusedToken, "cf303469b09614d7"),
    ] {
        let digest = hex::encode(&ring.digest(purpose, b"value")[4..12]);
        assert_eq!(digest, expected, "{purpose:?}");
    }
}

#[test]
fn what_is_sealed_opens_for_its_purpose_and_context_only() {
    let ring = ring(&["a"]);
    let blob = ring.seal(Purpose::Tokens, b"acme/1", b"pair").unwrap();
    assert_eq!(
        ring.open(Purpose::Tokens, b"acme/1", &blob).unwrap().as_slice(),
        b"pair"
    );
    assert_eq!(ring.open(Purpose::Session, b"acme/1", &blob), Err(DoesNotOpen));
    assert_eq!(ring.open(Purpose::Tokens, b"acme/2", &blob), Err(DoesNotOpen));
}

#[test]
fn no_single_byte_of_a_blob_can_be_changed_or_cut() {
    let ring = ring(&["a"]);
    let blob = ring.seal(Purpose::Session, b"", b"session").unwrap();
    for at in 0..blob.len() {
        let mut altered = blob.clone();
        altered[at] ^= 1;
        assert_eq!(
            ring.open(Purpose::Session, b"", &altered),
            Err(DoesNotOpen),
            "byte {at}"
        );
        assert_eq!(
            ring.open(Purpose::Session, b"", &blob[..at]),
            Err(DoesNotOpen),
            "cut at {at}"
        );
    }
}

#[test]
fn older_keys_open_and_recognise_until_they_are_taken_off_the_ring() {
    let (old, both, new) = (ring(&["a"]), ring(&["bb", "a"]), ring(&["bb"]));
    let blob = old.seal(Purpose::Tokens, b"", b"pair").unwrap();
    let digest = old.digest(Purpose::RefreshDigest, b"token");
    assert!(both.open(Purpose::Tokens, b"", &blob).is_ok());
    assert!(both.recognises(Purpose::RefreshDigest, b"token", &digest));
    assert!(!both.recognises(Purpose::RefreshDigest, b"other", &digest));
    assert_eq!(new.open(Purpose::Tokens, b"", &blob), Err(DoesNotOpen));
    let of_sealed = |ring: &KeyRing| ring.digest_of_sealed(Purpose::OauthStateDigest, &blob);
    assert_eq!(of_sealed(&old), of_sealed(&both));
    assert_eq!(of_sealed(&new), Err(DoesNotOpen));
    assert!(!new.recognises(Purpose::RefreshDigest, b"token", &digest));
}
