use threadwell_application::ports::BlobName;

/// How objects are called: `<prefix>/<first two digits>/<name>`. The digits spread requests over a bucket's partitions,
/// and the order of keys is the order of names.
#[derive(Clone)]
pub(super) struct Keys {
    /// With a slash at its end, or empty.
    prefix: String,
}

impl Keys {
    pub(super) fn under(prefix: Option<&str>) -> Self {
        Self { prefix: prefix.map_or_else(String::new, |prefix| format!("{prefix}/")) }
    }

    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    pub(super) fn of(&self, name: BlobName) -> String {
        let [first, ..] = name.bytes();
        format!("{}{first:02x}/{name}", self.prefix)
    }

    /// An empty object, written to see whether writing works. No listing shows it.
    pub(super) fn of_probe(&self) -> String {
        format!("{}ready", self.prefix)
    }

    pub(super) fn name_of(&self, key: &str) -> Option<BlobName> {
        let (fan, name) = key.strip_prefix(&self.prefix)?.split_once('/')?;
        BlobName::parse(name).filter(|_| name.starts_with(fan) && fan.len() == 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_back_to_names_and_keep_their_order() {
        let names = [BlobName::new([0; 16]), BlobName::new([0x0f; 16]), BlobName::new([0xf0; 16])];
        for keys in [Keys::under(None), Keys::under(Some("site-a/files"))] {
            let made = names.map(|name| keys.of(name));
            assert!(made.is_sorted());
            assert_eq!(made.each_ref().map(|key| keys.name_of(key)), names.map(Some));
            assert_eq!(keys.name_of(&keys.of_probe()), None);
        }
        assert_eq!(Keys::under(Some("a")).of(names[1]), "a/0f/0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f");
    }

    #[test]
    fn other_keys_are_nobodys() {
        let keys = Keys::under(Some("a"));
        let name = "0f".repeat(16);
        for key in [
            &format!("b/0f/{name}"),
            &format!("a/f0/{name}"),
            &format!("a//{name}"),
            &format!("a/{name}"),
            "a/0f/x",
        ] {
            assert_eq!(keys.name_of(key), None, "{key}");
        }
    }
}
