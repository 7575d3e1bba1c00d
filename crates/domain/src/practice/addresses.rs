//! Where a practice's staff may come from.

use ipnet::IpNet;
use std::net::IpAddr;

/// The most networks that a practice names.
pub const MOST_RANGES: usize = 50;

/// A network.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AddressRange(IpNet);

impl AddressRange {
    /// Reads a network such as `203.0.113.0/24`, or a single address. Bits beyond the prefix are dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let network = text.parse::<IpNet>().ok();
        let single = || text.parse::<IpAddr>().ok().map(IpNet::from);
        network.or_else(single).map(|network| Self(network.trunc()))
    }

    /// Whether an address is of the network. An IPv4 address that comes as an IPv6 one counts as itself.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }

    /// Whether somebody may come from an address: from everywhere, where nothing is said of it.
    pub fn let_in(ranges: &[Self], address: Option<IpAddr>) -> bool {
        let is_inside = |address| ranges.iter().any(|range| range.contains(address));
        ranges.is_empty() || address.is_some_and(is_inside)
    }

    /// As it is written.
    pub fn text(&self) -> String {
        self.0.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_written_in_one_way() {
        let written = |text| AddressRange::parse(text).map(|range| range.text());
        assert_eq!(written(" 203.0.113.77/24 ").as_deref(), Some("203.0.113.0/24"));
        assert_eq!(written("203.0.113.7").as_deref(), Some("203.0.113.7/32"));
        assert_eq!(written("2001:DB8::/32").as_deref(), Some("2001:db8::/32"));
        for wrong in ["", "203.0.113.0/33", "203.0.113", "example.org", "0x7f.1", "::/129"] {
            assert_eq!(written(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_address_is_inside_or_not() {
        let range = AddressRange::parse("203.0.113.0/24").unwrap();
        let is_in = |text: &str| range.contains(text.parse().unwrap());
        assert!(is_in("203.0.113.255") && is_in("::ffff:203.0.113.1"));
        assert!(!is_in("203.0.114.0") && !is_in("::1"));
        let lets_in = |ranges: &[AddressRange], text: &str| AddressRange::let_in(ranges, text.parse().ok());
        assert!(lets_in(&[], "::1") && lets_in(&[], "unknown"));
        assert!(
            lets_in(&[range], "203.0.113.7") && !lets_in(&[range], "::1") && !lets_in(&[range], "unknown")
        );
    }
}
