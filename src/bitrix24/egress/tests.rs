//! The policy against every form of address that is not to be called.

use std::net::IpAddr;

use url::Url;

use super::registries::networks;
use super::{Egress, EgressError};

/// The neighbours of the special networks, and other people's servers.
const PUBLIC: &[&str] = &[
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.0.3.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "203.0.112.255",
    "203.0.114.0",
    "223.255.255.255",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2003::1",
    "2606:4700::1",
    "2a00:1450::1",
    "3ffe:ffff::1",
    "3fff:1000::1",
];

fn permits(egress: &Egress, text: &str) -> Result<(), EgressError> {
    egress.permits(&Url::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")))
}

/// The address as the host of a URL, and as the answer of a resolver.
pub(super) fn is_called(egress: &Egress, address: IpAddr) -> bool {
    let url = match address {
        IpAddr::V4(address) => format!("https://{address}/rest/"),
        IpAddr::V6(address) => format!("https://[{address}]/rest/"),
    };
    let literal = permits(egress, &url).is_ok();
    assert_eq!(literal, egress.permits_address(address), "{address}");
    literal
}

#[test]
fn only_public_addresses_over_https_are_called() {
    let egress = Egress::new(false, Vec::new());
    for address in PUBLIC {
        assert!(is_called(&egress, address.parse().unwrap()), "{address}");
    }
    for network in networks() {
        for address in [network.network(), network.broadcast()] {
            assert!(!is_called(&egress, address), "{address} of {network}");
        }
    }
    for name in [
        "acme.bitrix24.com",
        "crm.example.com:8443",
        "b24",
        "127.0.0.1.example.com",
    ] {
        assert_eq!(permits(&egress, &format!("https://{name}/")), Ok(()), "{name}");
        let plain = permits(&egress, &format!("http://{name}/"));
        assert_eq!(plain, Err(EgressError::NotHttps), "{name}");
    }
    for url in [
        "ftp://8.8.8.8/",
        "ws://8.8.8.8/",
        "file:///etc/passwd",
        "gopher://8.8.8.8/",
    ] {
        assert!(permits(&egress, url).is_err(), "{url}");
    }
}

/// Spellings that readers of addresses understand in different ways.
#[test]
fn this_machine_is_recognised_in_every_spelling() {
    let egress = Egress::new(false, vec!["10.0.0.0/8".parse().unwrap()]);
    for host in [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0x7f.0x0.0x0.0x1",
        "0177.0.0.1",
        "017700000001",
        "0177.0x0.1",
        "127.0.0.1.",
        "0",
        "0x0",
        "00.0",
        "１２７.０.０.１",
        "127。0。0。1",
        "127%2e0%2e0%2e1",
        "%31%32%37.0.0.1",
        "①②⑦.0.0.1",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "acme.localhost",
        "acme.localhost.",
        "ACME.LocalHost",
        "ｌｏｃａｌｈｏｓｔ",
        "loc\u{ad}alhost",
        "%6cocalhost",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[0000:0000:0000:0000:0000:0000:0000:0001]",
        "[::]",
        "[::127.0.0.1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:10.1.2.3]",
        "[::ffff:8.8.8.8]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b:1::10.0.0.1]",
        "[2002:7f00:1::]",
        "[2002:a9fe:a9fe::1]",
        "[2001:0:7f00:1::]",
        "[2606:4700::5efe:127.0.0.1]",
        "[fe80::1]",
        "[fec0::1]",
    ] {
        let refused = permits(&egress, &format!("https://{host}/rest/"));
        assert_eq!(refused, Err(EgressError::NotPublic), "{host}");
    }
}

#[test]
fn a_private_network_opens_its_own_addresses_and_nothing_else() {
    let open = |networks: &[&str]| {
        Egress::new(
            false,
            networks.iter().map(|network| network.parse().unwrap()).collect(),
        )
    };
    let narrow = open(&["10.7.0.0/16", "fd00:b24::/32"]);
    for address in ["10.7.0.0", "10.7.1.1", "10.7.255.255", "fd00:b24::1"] {
        assert!(is_called(&narrow, address.parse().unwrap()), "{address}");
    }
    for address in [
        "10.6.255.255",
        "10.8.0.0",
        "127.0.0.1",
        "169.254.169.254",
        "fd00:b25::1",
        "::1",
        "::ffff:10.7.1.1",
        "64:ff9b::10.7.1.1",
        "2002:0a07:0101::",
    ] {
        assert!(!is_called(&narrow, address.parse().unwrap()), "{address}");
    }
    let plain = permits(&narrow, "http://10.7.1.1/");
    assert_eq!(plain, Err(EgressError::NotHttps));
    assert_eq!(permits(&narrow, "https://10.7.1.1:8443/"), Ok(()));

    let loopback = open(&["127.0.0.0/8"]);
    assert!(is_called(&loopback, "127.0.0.1".parse().unwrap()));
    assert!(!is_called(&loopback, "::1".parse().unwrap()));
    assert_eq!(
        permits(&loopback, "http://127.0.0.1/"),
        Err(EgressError::NotHttps)
    );

    let nat64 = open(&["64:ff9b::/96"]);
    assert!(is_called(&nat64, "64:ff9b::8.8.8.8".parse().unwrap()));
}

#[test]
fn development_opens_loopback_and_nothing_else() {
    let egress = Egress::new(true, Vec::new());
    for url in [
        "http://127.0.0.1:8091/",
        "http://acme.localhost:8092/",
        "http://[::1]:8092/",
        "https://[::1]/",
        "https://acme.bitrix24.com/",
    ] {
        assert_eq!(permits(&egress, url), Ok(()), "{url}");
    }
    assert_eq!(
        permits(&egress, "http://acme.bitrix24.com/"),
        Err(EgressError::NotHttps)
    );
    assert_eq!(
        permits(&egress, "http://192.168.1.1/"),
        Err(EgressError::NotHttps)
    );
    assert_eq!(
        permits(&egress, "https://192.168.1.1/"),
        Err(EgressError::NotPublic)
    );
    assert_eq!(permits(&egress, "ftp://127.0.0.1/"), Err(EgressError::NotHttps));
    for network in networks() {
        let address = network.broadcast();
        assert_eq!(is_called(&egress, address), address.is_loopback(), "{address}");
    }
}

#[test]
fn ports_on_which_no_portal_answers_are_not_called() {
    let egress = Egress::new(true, vec!["10.0.0.0/8".parse().unwrap()]);
    for host in [
        "acme.bitrix24.com",
        "8.8.8.8",
        "10.1.1.1",
        "127.0.0.1",
        "acme.localhost",
    ] {
        for port in [
            0, 22, 25, 53, 110, 139, 389, 445, 465, 993, 2049, 3306, 5432, 6379, 11211,
        ] {
            let refused = permits(&egress, &format!("https://{host}:{port}/rest/"));
            assert_eq!(refused, Err(EgressError::NotHttp), "{host}:{port}");
        }
        for port in [80, 443, 444, 943, 1443, 8080, 8443, 8890, 8893, 10443, 65535] {
            let url = format!("https://{host}:{port}/rest/");
            assert_eq!(permits(&egress, &url), Ok(()), "{host}:{port}");
        }
    }
}
