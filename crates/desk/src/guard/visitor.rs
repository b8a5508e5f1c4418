//! Who asks.

/// Who asks, as far as it matters.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// May change the record.
    pub may_write: bool,
    /// In whose name it is changed.
    pub by: String,
    /// Lets the page's own style act.
    pub nonce: String,
    /// What stands before a path of this desk in an address of its own: `http://127.0.0.1:8808`.
    pub base: String,
    /// Cookies of the desk that came with the request.
    pub cookies: Vec<(String, String)>,
}

impl Visitor {
    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
