//! Which addresses are public: what is not set aside in the registries of special-purpose addresses (RFC 6890), and
//! carries no other address inside.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let special = match address.octets() {
        // This network, private, loopback, multicast, reserved, broadcast.
        [0 | 10 | 127 | 224..=255, ..]
        // Shared by the customers of a provider.
        | [100, 64..=127, ..]
        // Link-local; instances in clouds read their credentials here.
        | [169, 254, ..]
        | [172, 16..=31, ..]
        | [192, 168, ..]
        // Protocol assignments, documentation, sinks of reverse lookups, tunnels.
        | [192, 0, 0 | 2, _]
        | [192, 31, 196, _]
        | [192, 52, 193, _]
        | [192, 88, 99, _]
        | [192, 175, 48, _]
        | [198, 51, 100, _]
        | [203, 0, 113, _]
        // Benchmarks.
        | [198, 18 | 19, ..] => true,
        _ => false,
    };
    !special
}

/// Only global unicast, and of that nothing that carries an IPv4 address inside or is set aside. Mapped, compatible,
/// translated (NAT64), link-local, site-local, unique local and multicast addresses are no global unicast.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, third, _, fifth, sixth, ..] = address.segments();
    let global_unicast = first & 0xe000 == 0x2000;
    let special = match first {
        // Teredo, ORCHID, benchmarks and the other protocol assignments of 2001::/23, and documentation.
        0x2001 => second < 0x0200 || second == 0x0db8,
        // 6to4.
        0x2002 => true,
        // A sink of reverse lookups.
        0x2620 => second == 0x004f && third == 0x8000,
        // Documentation (RFC 9637).
        0x3fff => second < 0x1000,
        _ => false,
    };
    // ISATAP: the last half of the address, whatever the network.
    let tunnel = matches!(fifth, 0x0000 | 0x0200) && sixth == 0x5efe;
    global_unicast && !special && !tunnel
}
