//! The policy against the networks as the registries list them: they stand here once more, so that a slip in the
//! policy's own arithmetic is found.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use proptest::prelude::*;

use super::Egress;
use super::tests::is_called;

/// The special-purpose address registries, multicast, and what was withdrawn (site-local, compatible).
const SPECIAL: &[&str] = &[
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "255.255.255.255/32",
    "::/128",
    "::1/128",
    "::/96",
    "::ffff:0:0/96",
    "::ffff:0:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "2001::/23",
    "2001::/32",
    "2001:2::/48",
    "2001:3::/32",
    "2001:4:112::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:30::/28",
    "2001:db8::/32",
    "2002::/16",
    "2620:4f:8000::/48",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
];

pub(super) fn networks() -> impl Iterator<Item = IpNet> {
    SPECIAL.iter().map(|network| network.parse().unwrap())
}

/// Every address that has this one inside.
fn carriers(inside: Ipv4Addr, network: u64) -> Vec<Ipv6Addr> {
    let v4 = u128::from(inside.to_bits());
    let at = |prefix: &str| prefix.parse::<Ipv6Addr>().unwrap().to_bits();
    let isatap = u128::from(network) << 64 | 0x0000_5efe << 32 | v4;
    [
        v4,
        at("::ffff:0:0") | v4,
        at("::ffff:0:0:0") | v4,
        at("64:ff9b::") | v4,
        at("64:ff9b:1::") | v4,
        at("2002::") | v4 << 80,
        at("2001::") | (u128::from(network) & 0xffff_ffff) << 64 | (!v4 & 0xffff_ffff),
        isatap,
        isatap | 0x0200_0000_0000_0000,
    ]
    .map(Ipv6Addr::from_bits)
    .to_vec()
}

proptest! {
    #[test]
    fn no_address_of_a_special_network_is_ever_called(chosen in 0..SPECIAL.len(), offset: u128) {
        let egress = Egress::new(false, Vec::new());
        let address = match SPECIAL[chosen].parse().unwrap() {
            IpNet::V4(network) => {
                let offset = u32::try_from(offset & u128::from(u32::MAX)).unwrap();
                IpAddr::V4(Ipv4Addr::from_bits(network.network().to_bits() | offset & network.hostmask().to_bits()))
            }
            IpNet::V6(network) => {
                IpAddr::V6(Ipv6Addr::from_bits(network.network().to_bits() | offset & network.hostmask().to_bits()))
            }
        };
        prop_assert!(!is_called(&egress, address), "{address}");
    }

    #[test]
    fn no_address_that_carries_another_is_ever_called(inside: u32, network: u64) {
        let egress = Egress::new(false, vec!["0.0.0.0/0".parse().unwrap()]);
        for address in carriers(Ipv4Addr::from_bits(inside), network) {
            prop_assert!(!is_called(&egress, IpAddr::V6(address)), "{address}");
        }
    }

    #[test]
    fn what_is_called_is_in_no_special_network(bits: u128) {
        let egress = Egress::new(false, Vec::new());
        let global = bits >> 3 | 1 << 125;
        for address in [Ipv6Addr::from_bits(bits), Ipv6Addr::from_bits(global)].map(IpAddr::V6) {
            if is_called(&egress, address) {
                prop_assert!(networks().all(|network| !network.contains(&address)), "{address}");
            }
        }
        let address = IpAddr::V4(Ipv4Addr::from_bits(u32::try_from(bits >> 96).unwrap()));
        let special = networks().any(|network| network.contains(&address));
        prop_assert_eq!(is_called(&egress, address), !special, "{}", address);
    }
}
