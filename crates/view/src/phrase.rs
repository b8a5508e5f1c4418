//! What is said about a record, before it is set in letters.

use onrecord_record::Id;

/// The four kinds of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Who said what.
    Statement,
    /// Who did what to whom.
    Event,
    /// Where a party stands.
    Position,
    /// What was counted.
    Figure,
}

impl Kind {
    /// All four, in the codebook's order.
    pub const ALL: [Kind; 4] = [Kind::Statement, Kind::Event, Kind::Position, Kind::Figure];

    /// The sign that stands for it.
    pub fn sign(self) -> &'static str {
        match self {
            Kind::Statement => "❝",
            Kind::Event => "●",
            Kind::Position => "⇄",
            Kind::Figure => "#",
        }
    }

    /// The first letter of its ids, in a page also its class.
    pub fn letter(self) -> &'static str {
        match self {
            Kind::Statement => "s",
            Kind::Event => "e",
            Kind::Position => "p",
            Kind::Figure => "f",
        }
    }

    /// What one of it is called.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Statement => "statement",
            Kind::Event => "event",
            Kind::Position => "position",
            Kind::Figure => "figure",
        }
    }
}

/// What a stretch of a phrase is, for whoever sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Words of the program.
    Plain,
    /// Who or how many: what the eye looks for.
    Strong,
    /// How it is put: *planned*, *if*, *not*.
    Stress,
    /// The document's own words; may be shortened where the evidence stands beneath.
    Quote,
    /// What matters less.
    Soft,
}

/// A stretch of one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its words.
    pub text: String,
    /// What they are.
    pub role: Role,
    /// The record that they name.
    pub link: Option<Id>,
}

/// What is said of a record that the outlet vouches for itself.
pub const OWN_WORDS: &str = "in the report’s own words";

/// One line about a record: groups of parts, with a separator between groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// Never empty groups.
    pub groups: Vec<Vec<Part>>,
    /// True when the outlet vouches for it itself. Whoever else does is named in the groups; this is so frequent that it
    /// stands with what is small ([`OWN_WORDS`]).
    pub own_words: bool,
}

impl Phrase {
    /// Opens a group for the parts that follow.
    pub(crate) fn group(&mut self) -> &mut Self {
        if self.groups.last().is_none_or(|group| !group.is_empty()) {
            self.groups.push(Vec::new());
        }
        self
    }

    /// Adds a part to the open group.
    pub(crate) fn part(&mut self, role: Role, text: impl Into<String>) -> &mut Self {
        self.push(Part { text: text.into(), role, link: None })
    }

    /// Adds a part that names another record.
    pub(crate) fn link(&mut self, text: impl Into<String>, to: &Id) -> &mut Self {
        self.push(Part { text: text.into(), role: Role::Soft, link: Some(to.clone()) })
    }

    fn push(&mut self, part: Part) -> &mut Self {
        if !part.text.is_empty() {
            match self.groups.last_mut() {
                Some(group) => group.push(part),
                None => self.groups.push(vec![part]),
            }
        }
        self
    }

    /// Drops a group that got no parts.
    pub(crate) fn done(mut self) -> Self {
        self.groups.retain(|group| !group.is_empty());
        self
    }
}

/// The words alone, as tests and logs want them.
impl std::fmt::Display for Phrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, group) in self.groups.iter().enumerate() {
            f.write_str(if i == 0 { "" } else { " · " })?;
            group.iter().try_for_each(|part| f.write_str(&part.text))?;
        }
        if self.own_words { write!(f, " · {OWN_WORDS}") } else { Ok(()) }
    }
}
