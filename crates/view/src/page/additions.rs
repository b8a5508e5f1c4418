/// What a place that shows a report adds to it, as markup: what it puts there is escaped already.
pub trait Additions {
    /// Stands below the headline.
    fn head(&self) -> String {
        String::new()
    }

    /// Stands at the end of the record with this id.
    fn beside(&self, _record: &str) -> String {
        String::new()
    }

    /// Where more is told of the actor with this id, as it is.
    fn actor_address(&self, _actor: &str) -> Option<String> {
        None
    }
}

/// Adds nothing.
pub struct Plain;

impl Additions for Plain {}
