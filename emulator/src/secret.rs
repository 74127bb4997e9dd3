//! Chance, in one place: everything that must not be guessed is made here.

/// Every token, code and secret the emulator mints begins like this, so that a scan of logs or of a
/// database finds any of them by pattern.
pub(crate) const PREFIX: &str = "5ec2e75ec2e7";

/// Bytes of chance behind the prefix: 64 characters in all, and up to 70.
const TOKEN_BYTES: u8 = 26;

/// Mints an access, refresh or application token: 64 to 70 lower-case hex characters.
pub(crate) fn token() -> String {
    let extra = chance::<1>()[0] % 4;
    let length = usize::from(TOKEN_BYTES + extra);
    format!("{PREFIX}{}", hex::encode(&chance::<29>()[..length]))
}

/// Mints a webhook's secret: shorter, because it stands in a path.
pub(crate) fn webhook() -> String {
    format!("{PREFIX}{}", hex::encode(chance::<6>()))
}

/// Mints an `APP_SID`: 32 hex characters, new for every render, and no secret.
pub(crate) fn app_sid() -> String {
    hex::encode(chance::<16>())
}

/// A portal's key: looks random, and is the same for the same name in every run.
pub(crate) fn member_id(name: &str) -> String {
    // Two rounds of FNV-1a with different offsets make 128 bits that nobody mistakes for a pattern.
    let half = |offset: u64| {
        let mut sum = offset;
        for byte in name.bytes().chain(*b"member") {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            sum ^= sum >> 29;
        }
        sum.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    format!(
        "{:016x}{:016x}",
        half(0xcbf2_9ce4_8422_2325),
        half(0x6c62_272e_07bb_0142)
    )
}

fn chance<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_can_be_found_by_pattern() {
        for _ in 0..64 {
            let token = token();
            assert!(
                token.starts_with(PREFIX) && (64..=70).contains(&token.len()),
                "{token}"
            );
            assert!(
                token
                    .bytes()
                    .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
            );
        }
        assert!(!app_sid().starts_with(PREFIX));
    }

    #[test]
    fn a_member_id_is_stable_and_differs_by_portal() {
        assert_eq!(member_id("acme"), member_id("acme"));
        assert_ne!(member_id("acme"), member_id("globex"));
        assert_eq!(member_id("acme").len(), 32);
    }
}
