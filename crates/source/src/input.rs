//! Inputs as they are named, and the documents in them one after another.

use crate::form::{Form, refuse_known_binary};
use crate::json_lines::JsonLines;
use crate::piece::{Body, Given, Piece};
use crate::{Fault, SourceError};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// Bytes looked at to tell what an input is.
const HEAD: u64 = 1 << 16;

/// Something that holds documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    Path(PathBuf),
    /// A web address.
    Address(String),
}

impl Input {
    /// Understands an argument: `-`, a web address, or else a path.
    ///
    /// ```
    /// use onrecord_source::Input;
    /// assert_eq!(Input::from_argument("-".as_ref()), Input::Stdin);
    /// assert_eq!(Input::from_argument("a.txt".as_ref()), Input::Path("a.txt".into()));
    /// ```
    pub fn from_argument(argument: &OsStr) -> Self {
        match argument.to_str() {
            Some("-") => Input::Stdin,
            Some(text) if text.starts_with("http://") || text.starts_with("https://") => Input::Address(text.into()),
            _ => Input::Path(argument.into()),
        }
    }

    /// How messages name it.
    pub fn place(&self) -> String {
        match self {
            Input::Stdin => "standard input".into(),
            Input::Path(path) => path.display().to_string(),
            Input::Address(address) => address.clone(),
        }
    }

    /// The id of its document when nobody gave one: the file's name without folder and extension.
    fn id(&self) -> String {
        match self {
            Input::Stdin => "stdin".into(),
            Input::Path(path) => path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Input::Address(address) => address.clone(),
        }
    }

    /// All of it as plain text, however long: for other forms than reports.
    ///
    /// # Errors
    /// When it cannot be read or is no text in UTF-8.
    pub fn read_text(&self) -> Result<String, SourceError> {
        let read = || {
            let mut bytes = Vec::new();
            self.open()?.read_to_end(&mut bytes)?;
            refuse_known_binary(&bytes)?;
            crate::decode::text(bytes)
        };
        read().map_err(|fault: Fault| fault.at(self.place()))
    }

    fn path(&self) -> Option<&Path> {
        match self {
            Input::Path(path) => Some(path),
            Input::Stdin | Input::Address(_) => None,
        }
    }

    fn open(&self) -> Result<Box<dyn Read + Send>, Fault> {
        match self {
            Input::Stdin => Ok(Box::new(io::stdin())),
            Input::Address(_) => Err(Fault::Address),
            Input::Path(path) => {
                let file = File::open(path)?;
                if file.metadata()?.is_dir() {
                    return Err(Fault::Folder(path.display().to_string().trim_end_matches('/').into()));
                }
                Ok(Box::new(file))
            }
        }
    }
}

/// The documents of `input`, each still as bytes. What was `given` stands in for what a document does not say itself; for
/// an input that is one document it goes before what the document says.
pub fn pieces(input: &Input, form: Form, given: &Given) -> impl Iterator<Item = Result<Piece, SourceError>> + Send + use<> {
    let place = input.place();
    let (one, lines) = match start(input, form, given) {
        Ok(Start::Whole(piece)) => (Some(Ok(piece)), None),
        Ok(Start::Lines(lines)) => (None, Some(lines)),
        Err(fault) => (Some(Err(fault.at(place))), None),
    };
    one.into_iter().chain(lines.into_iter().flatten())
}

enum Start {
    Whole(Piece),
    Lines(JsonLines),
}

fn start(input: &Input, form: Form, given: &Given) -> Result<Start, Fault> {
    let mut bytes = input.open()?;
    // The head is read once and put back in front, because pipes cannot be read twice.
    let mut head = Vec::new();
    bytes.by_ref().take(HEAD).read_to_end(&mut head)?;
    refuse_known_binary(&head)?;
    if head.trim_ascii().is_empty() && head.len() < HEAD as usize {
        return Err(Fault::Empty);
    }
    let form = form.decide(input.path(), &head);
    let id = given.id.clone().unwrap_or_else(|| input.id());
    let bytes = Box::new(Cursor::new(head).chain(bytes));
    Ok(match form {
        Form::JsonLines => Start::Lines(JsonLines::new(input.place(), id, given.clone(), Box::new(BufReader::new(bytes)))),
        Form::Auto | Form::Text => Start::Whole(Piece::new(input.place(), id, given.clone(), Body::Text(bytes))),
        Form::Html => Start::Whole(Piece::new(input.place(), id, given.clone(), Body::Html(bytes))),
    })
}
