//! What a request asks for: filters, a place in the answer, a form.

use crate::form::Form;
use crate::guard::Visitor;
use crate::links::address;
use crate::problem::Problem;
use crate::serve::Desk;
use onrecord_export::known::Known;
use onrecord_store::{Asked, Cursor, Store};

/// Filters of a question that have a parameter of their own beside the words and filters of `q`.
pub const FILTERS: [&str; 8] = ["who", "to", "type", "place", "since", "until", "outlet", "factuality"];
/// Lines of a page where nobody says how many.
const LINES: usize = 50;
/// Lines of an answer at most.
const MOST: usize = 1_000;

/// A request, with the store that answers it.
pub struct Ask<'a> {
    pub store: &'a mut Store,
    pub desk: &'a Desk,
    pub form: Form,
    /// Without the end that names a form, as it came: escaped.
    pub path: &'a str,
    /// What the path names, where it names something.
    pub name: Option<String>,
    /// Parameters as they came, without empty ones.
    pub query: Vec<(String, String)>,
    pub visitor: Visitor,
}

impl Ask<'_> {
    /// Refuses parameters that this page does not have: a filter with a slip in its name must not give everything.
    ///
    /// # Errors
    /// When there are others than `names`, those of questions, and those of pages.
    pub fn only(&self, names: &[&str]) -> Result<(), Problem> {
        match self.query.iter().find(|(name, _)| !names.contains(&name.as_str())) {
            Some((unknown, _)) => {
                Err(Problem::wrong(format!("{unknown}: no parameter of {}; it has {}", self.path, names.join(", "))))
            }
            None => Ok(()),
        }
    }

    /// As [`Ask::only`], with those of questions and of pages beside `names`.
    ///
    /// # Errors
    /// As [`Ask::only`].
    pub fn only_questions_and(&self, names: &[&str]) -> Result<(), Problem> {
        self.only(&[&["q"], &FILTERS[..], &["limit", "after"], names].concat())
    }

    /// The value of a parameter, the last where there are several.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.query.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a parameter that can only be on is on.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn is_on(&self, name: &str) -> Result<bool, Problem> {
        match self.one(name) {
            None | Some("0" | "false") => Ok(false),
            Some("1" | "on" | "true") => Ok(true),
            Some(other) => Err(Problem::wrong(format!("{name}={other}: it is on or not there; write {name}=1 or leave it out"))),
        }
    }

    /// The question: the words and filters of `q`, and filters by their own names.
    ///
    /// # Errors
    /// When it is none, with what to write instead.
    pub fn question(&self) -> Result<Asked, Problem> {
        let mut asked: Asked = self.one("q").unwrap_or_default().parse()?;
        for (name, value) in self.query.iter().filter(|(name, _)| FILTERS.contains(&name.as_str())) {
            asked.filter(name, value)?;
        }
        asked.limit = Some(self.limit(LINES)?);
        Ok(asked)
    }

    /// How many lines are wanted.
    ///
    /// # Errors
    /// When it is no number from 1 to 1000.
    pub fn limit(&self, default: usize) -> Result<usize, Problem> {
        match self.one("limit") {
            None => Ok(default),
            Some(text) => match text.parse() {
                Ok(limit) if (1..=MOST).contains(&limit) => Ok(limit),
                _ => Err(Problem::wrong(format!("limit={text}: a number from 1 to {MOST}; what lies behind is on the next page"))),
            },
        }
    }

    /// Where the page begins.
    ///
    /// # Errors
    /// When it is no place in an answer.
    pub fn after(&self) -> Result<Option<Cursor>, Problem> {
        Ok(self.one("after").map(str::parse).transpose()?)
    }

    /// What the path names.
    ///
    /// # Errors
    /// When it names nothing.
    pub fn name(&self) -> Result<&str, Problem> {
        self.name.as_deref().ok_or_else(|| Problem::missing("a name is missing at the end of the address"))
    }

    /// Reports by their ids, for their words.
    pub fn reports(&self) -> Known<'_> {
        let store = &*self.store;
        Known::new(Box::new(move |id| Ok(store.report(id)?)))
    }

    /// The address with this value of a parameter in place of all others.
    pub fn set(&self, name: &str, value: &str) -> String {
        let others = self.others(|known, _| known != name);
        address(self.path, others.chain([(name, value)]))
    }

    /// The address without this value of a parameter.
    pub fn without(&self, name: &str, value: &str) -> String {
        address(self.path, self.others(|known, other| !(known == name && other == value)))
    }

    /// The address of this answer from its beginning.
    pub fn here(&self) -> String {
        address(self.path, self.others(|_, _| true))
    }

    /// The same question at another path.
    pub fn at(&self, path: &str) -> String {
        self.at_with(path, &[])
    }

    /// The same question at another path, with these filters in place of what it has of them.
    pub fn at_with(&self, path: &str, filters: &[(&str, &str)]) -> String {
        let of_question = |name: &str| name == "q" || FILTERS.contains(&name);
        let kept = self.others(|name, _| of_question(name) && !filters.iter().any(|(other, _)| *other == name));
        address(path, kept.chain(filters.iter().copied()))
    }

    /// The address of the page behind this one, in the same form.
    pub fn next(&self, next: &Cursor) -> String {
        let next = next.to_string();
        address(&format!("{}{}", self.path, self.form.end()), self.others(|_, _| true).chain([("after", next.as_str())]))
    }

    /// The parameters that stay, without the place in the answer.
    fn others(&self, keep: impl Fn(&str, &str) -> bool) -> impl Iterator<Item = (&str, &str)> {
        let all = self.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        all.filter(move |(name, value)| *name != "after" && keep(name, value))
    }

    /// The address of this answer in another form.
    pub fn in_form(&self, end: &str) -> String {
        let all = self.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        // The first page has no name of its own.
        let path = if self.path == "/" { "/today" } else { self.path };
        address(&format!("{path}{end}"), all)
    }
}
