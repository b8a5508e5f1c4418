//! What can be the same in two reports: an actor, an event, a position, a statement.

/// Something of one report that may be told by others too.
///
/// Everything is judged from two reports alone, never from what was merged before, so that an account does not depend on the order in
/// which its reports came.
pub trait Item {
    /// Under what it is found, and under what it finds others.
    fn keys(&self) -> Keys;
    /// Whether both are the same, and why.
    fn same(&self, other: &Self) -> Option<Same>;
    /// Whether both can never be the same, whatever a third says.
    fn cannot_be(&self, other: &Self) -> bool;
    /// Whether one report may tell both though they are one, as it tells what the victims and then what the doers say of it. Asked of two
    /// things of one report of a kind that reports tell once.
    fn told_again(&self, _other: &Self) -> bool {
        false
    }
    /// Whether both are apart whatever a third says: they cannot be the same, or stand in `one_report` that would tell it once.
    fn apart(&self, other: &Self, one_report: bool) -> bool {
        one_report && !self.told_again(other) || self.cannot_be(other)
    }
    /// What it is, where that says everything that is compared: things with one identity are one without being compared, so that the
    /// thousandth report that names a country costs no more than the second.
    fn identity(&self) -> Option<String> {
        None
    }
}

/// Words by which things that may be the same find each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keys {
    /// Those it is filed under.
    pub under: Vec<String>,
    /// Those it looks under.
    pub finds: Vec<String>,
}

impl Keys {
    /// Filed and found under the same.
    pub fn both(keys: Vec<String>) -> Self {
        Keys { under: keys.clone(), finds: keys }
    }
}

/// What makes two things one.
#[derive(Clone, Debug, PartialEq)]
pub struct Same {
    /// How sure; compared within one kind of things only.
    pub score: f64,
    /// In words.
    pub why: Vec<String>,
}

impl Same {
    /// For one reason.
    pub fn new(score: f64, why: String) -> Self {
        Same { score, why: vec![why] }
    }
}
