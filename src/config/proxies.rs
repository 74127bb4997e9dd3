//! `TRUSTED_PROXIES`: whose word about a visitor's address counts.

use std::net::IpAddr;

use ipnet::IpNet;

use super::{ConfigFault, Environment};

/// Networks, or single addresses.
pub fn trusted_proxies(environment: &Environment) -> Result<Vec<IpNet>, ConfigFault> {
    environment.list("TRUSTED_PROXIES", network)
}

/// A network, or the one address that is all of it. One that holds every address would trust everybody.
fn network(text: &str) -> Result<IpNet, String> {
    let network = text
        .parse::<IpNet>()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    match network {
        Ok(network) if network.prefix_len() == 0 => Err("must not hold every address there is".to_owned()),
        Ok(network) => Ok(network),
        Err(_) => Err("is no list of addresses and networks like 10.0.0.0/8".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_addresses_or_networks_but_never_everybody() {
        let read = |proxies: &str| trusted_proxies(&[("TRUSTED_PROXIES", proxies)].into_iter().collect());
        let networks = read("10.1.2.3, 192.168.0.0/16,::1").unwrap();
        let shown: Vec<_> = networks.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["10.1.2.3/32", "192.168.0.0/16", "::1/128"]);
        for (proxies, what) in [
            (
                "10.0.0.1,caddy",
                "is no list of addresses and networks like 10.0.0.0/8",
            ),
            (
                "10.0.0.1,",
                "is no list of addresses and networks like 10.0.0.0/8",
            ),
            ("0.0.0.0/0", "must not hold every address there is"),
            ("::/0", "must not hold every address there is"),
            ("", "is empty"),
        ] {
            let fault = read(proxies).unwrap_err().to_string();
            assert_eq!(fault, format!("TRUSTED_PROXIES {what}"));
        }
        assert_eq!(trusted_proxies(&Environment::default()).unwrap(), []);
    }
}
