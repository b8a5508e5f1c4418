//! Which addresses may be connected to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Which addresses a [`Fetcher`](crate::fetch::Fetcher) may connect to.
///
/// Feeds and pages name addresses that nobody here chose. One that leads into the own network would let their authors read what
/// only this machine can reach, so only public addresses are allowed unless somebody says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Allow {
    /// Public addresses only.
    #[default]
    Public,
    /// Public ones, and these.
    Also(Vec<IpAddr>),
    /// Private ones too, for an intranet; what clouds tell their machines about themselves stays out of reach.
    Private,
}

impl Allow {
    /// Why `address` may not be connected to; nothing when it may.
    ///
    /// ```
    /// use onrecord_source::fetch::Allow;
    /// assert_eq!(Allow::Public.refusal("93.184.216.34".parse().unwrap()), None);
    /// assert_eq!(Allow::Public.refusal("::ffff:127.0.0.1".parse().unwrap()), Some("this machine itself"));
    /// assert_eq!(Allow::Private.refusal("127.0.0.1".parse().unwrap()), None);
    /// assert!(Allow::Private.refusal("169.254.169.254".parse().unwrap()).is_some());
    /// ```
    pub fn refusal(&self, address: IpAddr) -> Option<&'static str> {
        let address = inner(address);
        if METADATA_AT.contains(&address) {
            return Some(METADATA);
        }
        match self {
            Allow::Private => None,
            Allow::Also(listed) if listed.iter().any(|other| inner(*other) == address) => None,
            Allow::Also(_) | Allow::Public => match address {
                IpAddr::V4(address) => v4(address),
                IpAddr::V6(address) => v6(address),
            },
        }
    }
}

/// What is at those addresses.
pub(super) const METADATA: &str = "a cloud's service for its own machines";

/// Where clouds tell machines their secrets: link-local for nearly all; Amazon's IPv6, Alibaba, Oracle and Azure apart.
const METADATA_AT: [IpAddr; 5] = [
    IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)),
    IpAddr::V6(Ipv6Addr::new(0xFD00, 0xEC2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 0, 192)),
    IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)),
];

/// The IPv4 address that an IPv6 address stands for (mapped, NAT64, 6to4), or the address itself.
fn inner(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    let [a, b, c, d, e, f, g, h] = v6.segments();
    let from = |high: u16, low: u16| IpAddr::V4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0xFFFF] | [0x64, 0xFF9B, 0, 0, 0, 0] => from(g, h),
        [0x2002, high, low, ..] => from(high, low),
        _ => address,
    }
}

/// As in IANA's registry of special-purpose IPv4 addresses.
fn v4(address: Ipv4Addr) -> Option<&'static str> {
    match address.octets() {
        [0, ..] => Some("an unspecified address"),
        [127, ..] => Some("this machine itself"),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Some("a private network"),
        [100, 64..=127, ..] => Some("a provider's inner network"),
        [169, 254, ..] => Some("a link-local address"),
        [192, 0, 0, _] | [192, 88, 99, _] | [198, 18 | 19, ..] => Some("an address for special use"),
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Some("an address for examples"),
        [224..=239, ..] => Some("a multicast address"),
        [240..=255, ..] => Some("a reserved address"),
        _ => None,
    }
}

/// Only global unicast is public, and not all of that.
fn v6(address: Ipv6Addr) -> Option<&'static str> {
    if address == Ipv6Addr::LOCALHOST {
        return Some("this machine itself");
    }
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("an unspecified address"),
        [0xFC00..=0xFDFF, ..] => Some("a private network"),
        [0xFE80..=0xFEBF, ..] => Some("a link-local address"),
        [0xFEC0..=0xFEFF, ..] => Some("a private network"),
        [0xFF00..=0xFFFF, ..] => Some("a multicast address"),
        [0x2001, 0..=0x1FF, ..] => Some("an address for special use"),
        [0x2001, 0xDB8, ..] | [0x3FFF, 0..=0xFFF, ..] => Some("an address for examples"),
        [0x2000..=0x3FFF, ..] => None,
        _ => Some("an address for special use"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        for refused in [
            "0.0.0.0",
            "0.1.2.3",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.9",
            "169.254.1.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "3fff::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ] {
            assert!(Allow::Public.refusal(refused.parse().unwrap()).is_some(), "{refused}");
        }
        for public in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2001:200::1",
        ] {
            assert_eq!(Allow::Public.refusal(public.parse().unwrap()), None, "{public}");
        }
    }

    #[test]
    fn listed_addresses_in_any_spelling() {
        let allow = Allow::Also(vec!["10.0.0.5".parse().unwrap(), "169.254.169.254".parse().unwrap()]);
        assert_eq!(allow.refusal("::ffff:10.0.0.5".parse().unwrap()), None);
        assert!(allow.refusal("10.0.0.6".parse().unwrap()).is_some());
        assert!(allow.refusal("169.254.169.254".parse().unwrap()).is_some());
    }
}
