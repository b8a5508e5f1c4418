//! Inputs as they are named, and the documents in them one after another.

use crate::fetch::Fetcher;
use crate::files::{self, extension, is_pattern, matching, stem, walk};
use crate::form::{Form, refuse_known_binary};
use crate::list::{self, Origin};
use crate::piece::{Body, Given, Piece, whole};
use crate::unpack::{Packing, peek, unpack};
use crate::warc::{Members, Warc};
use crate::{Fault, LinkTo, Meter, SourceError};
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
    /// A file, a folder, or a pattern such as `reports/*.txt`.
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
            Some(text) if crate::link::web_address(text).is_some() => Input::Address(text.into()),
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

    /// Bytes of the files that it means; nothing where that cannot be known before they are read.
    pub fn size(&self) -> Option<u64> {
        let Input::Path(path) = self else { return None };
        let paths = if is_pattern(path) { matching(path).ok()? } else { vec![path.clone()] };
        let files = paths.iter().flat_map(|path| walk(path)).filter_map(Result::ok);
        let sizes = files.map(|file| file.path.metadata().ok().filter(|file| file.is_file()).map(|file| file.len()));
        sizes.sum()
    }

    /// All of it as plain text, however long: for other forms than reports.
    ///
    /// # Errors
    /// When it cannot be read or is no text in UTF-8.
    pub fn read_text(&self) -> Result<String, SourceError> {
        let read = || {
            let bytes = self.bytes(usize::MAX)?;
            refuse_known_binary(&bytes)?;
            crate::decode::text(bytes)
        };
        read().map_err(|fault: Fault| fault.at(self.place()))
    }

    /// All of a file or of standard input, up to `limit` bytes.
    pub(crate) fn bytes(&self, limit: usize) -> Result<Vec<u8>, Fault> {
        match self {
            Input::Stdin => whole(Box::new(io::stdin()), limit),
            Input::Path(path) => whole(open(path)?, limit),
            Input::Address(_) => Err(Fault::Address),
        }
    }
}

/// The documents of an input, or what kept them from being read.
pub type Pieces = Box<dyn Iterator<Item = Result<Piece, SourceError>> + Send>;

/// The documents of `input`, each still as bytes. What was `given` stands in for what a document does not say itself; for
/// an input that is one document it goes before what the document says. Web addresses are read with `fetcher`; so are the reports
/// that a feed or sitemap at such an address links to.
///
/// ```
/// use onrecord_source::{Form, Given, Input, fetch::Fetcher, pieces};
/// let folder = std::env::temp_dir().join("onrecord-example");
/// std::fs::create_dir_all(&folder).unwrap();
/// std::fs::write(folder.join("talks.txt"), "The two sides met in Oslo.").unwrap();
/// for piece in pieces(&Input::Path(folder), Form::Auto, &Given::default(), &Fetcher::default()) {
///     let document = piece.unwrap().document().unwrap();
///     assert_eq!((document.id.as_str(), document.text.as_str()), ("talks", "The two sides met in Oslo."));
/// }
/// ```
pub fn pieces(
    input: &Input,
    form: Form,
    given: &Given,
    fetcher: &Fetcher,
) -> impl Iterator<Item = Result<Piece, SourceError>> + Send + use<> {
    measured(input, form, given, fetcher, &Meter::default())
}

/// As [`pieces`], of bytes that the caller has from elsewhere. `name` is what messages call them, and as a file's name says what form
/// they have and what their ids begin with.
///
/// ```
/// use onrecord_source::{Form, Given, pieces_in};
/// let lines = &br#"{"text": "The two sides met in Oslo."}"#[..];
/// let piece = pieces_in("mail/talks.jsonl", lines, Form::Auto, &Given::default()).next().unwrap();
/// assert_eq!(piece.unwrap().document().unwrap().id, "talks:1");
/// ```
pub fn pieces_in(
    name: &str,
    bytes: impl Read + Send + 'static,
    form: Form,
    given: &Given,
) -> Box<dyn Iterator<Item = Result<Piece, SourceError>> + Send> {
    let path = Path::new(name);
    let id = given.id.clone().unwrap_or_else(|| stem(path));
    of_named(path, id, Box::new(bytes), form, given).unwrap_or_else(|fault| failed(fault, name.to_owned()))
}

/// As [`pieces`]; but where `input` is itself a list of feeds (OPML) and no folder that has one in it, the documents of the feeds that it
/// lists: whoever names the list names them. Counts on `meter` what is read of files.
pub fn pieces_and_feeds(
    input: &Input,
    form: Form,
    fetcher: &Fetcher,
    meter: &Meter,
) -> impl Iterator<Item = Result<Piece, SourceError>> + Send + use<> {
    let given = Given::default();
    let named = !matches!(input, Input::Path(path) if !path.is_file());
    let (found, fetcher) = (measured(input, form, &given, fetcher, meter), fetcher.clone());
    found.flat_map(move |piece| match &piece {
        Ok(Piece { body: Body::Link { link, .. }, .. }) if named && link.to == LinkTo::Feed => {
            let feed = Input::Address(link.url.clone());
            measured(&feed, Form::Auto, &given, &fetcher, &Meter::default())
        }
        _ => Box::new(std::iter::once(piece)),
    })
}

/// As [`pieces`], counting on `meter` what is read of files.
pub fn measured(input: &Input, form: Form, given: &Given, fetcher: &Fetcher, meter: &Meter) -> Pieces {
    let found = match input {
        Input::Stdin => of_stdin(form, given),
        Input::Path(path) => of_path(path, form, given, meter),
        Input::Address(url) => of_address(url, form, given, fetcher),
    };
    found.unwrap_or_else(|fault| failed(fault, input.place()))
}

fn failed(fault: Fault, place: String) -> Pieces {
    Box::new(std::iter::once(Err(fault.at(place))))
}

fn of_stdin(form: Form, given: &Given) -> Result<Pieces, Fault> {
    let origin = Origin::new("standard input".into(), given.id.clone().unwrap_or("stdin".into()));
    of_bytes(origin, Box::new(io::stdin()), |head| chosen(form, None, head), given)
}

fn of_path(path: &Path, form: Form, given: &Given, meter: &Meter) -> Result<Pieces, Fault> {
    if is_pattern(path) {
        let (paths, given, meter) = (matching(path)?, given.clone(), meter.clone());
        return Ok(Box::new(paths.into_iter().flat_map(move |path| {
            of_path(&path, form, &given, &meter).unwrap_or_else(|fault| failed(fault, path.display().to_string()))
        })));
    }
    if path.is_dir() {
        return of_folder(path, form, given, meter);
    }
    of_file(path, given.id.clone().unwrap_or_else(|| stem(path)), form, given, meter)
}

fn of_folder(folder: &Path, form: Form, given: &Given, meter: &Meter) -> Result<Pieces, Fault> {
    let mut found = walk(folder).peekable();
    if found.peek().is_none() {
        return Err(Fault::EmptyFolder);
    }
    let (folder, given, meter) = (folder.display().to_string(), given.clone(), meter.clone());
    Ok(Box::new(found.flat_map(move |file| match file {
        Ok(files::Found { path, name }) => {
            let id = given.id.as_ref().map_or(name.clone(), |id| format!("{id}/{name}"));
            of_file(&path, id, form, &given, &meter).unwrap_or_else(|fault| failed(fault, path.display().to_string()))
        }
        Err(fault) => failed(fault, folder.clone()),
    })))
}

fn of_file(path: &Path, id: String, form: Form, given: &Given, meter: &Meter) -> Result<Pieces, Fault> {
    of_named(path, id, meter.count(open(path)?), form, given)
}

fn of_named(path: &Path, id: String, bytes: Box<dyn Read + Send>, form: Form, given: &Given) -> Result<Pieces, Fault> {
    let extension = extension(path);
    let origin = Origin::new(path.display().to_string(), id);
    of_bytes(origin, bytes, |head| chosen(form, extension.as_deref().and_then(Form::by_name), head), given)
}

fn of_address(url: &str, form: Form, given: &Given, fetcher: &Fetcher) -> Result<Pieces, Fault> {
    let response = fetcher.get(url)?;
    let media_type = response.media_type;
    let origin = Origin {
        url: Some(response.url),
        served: response.charset,
        fetcher: Some(fetcher.clone()),
        ..Origin::new(url.into(), given.id.clone().unwrap_or_else(|| url.into()))
    };
    // What a server says of the form is often wrong, what is in it hardly ever.
    let decide = |head: &[u8]| chosen(form, Form::by_content(head).or_else(|| Form::by_media_type(&media_type)), head);
    of_bytes(origin, Box::new(Cursor::new(response.body)), decide, given)
}

/// What the caller chose, else what the name says, else what the content says; else it is text.
fn chosen(form: Form, named: Option<Form>, head: &[u8]) -> Form {
    let form = if form == Form::Auto { named } else { Some(form) };
    form.or_else(|| Form::by_content(head)).unwrap_or(Form::Text)
}

fn open(path: &Path) -> Result<Box<dyn Read + Send>, Fault> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(Fault::Folder(path.display().to_string().trim_end_matches('/').into()));
    }
    Ok(Box::new(file))
}

/// The first bytes, and all of them. The head is read once and put back in front, because pipes cannot be read twice.
fn peeked(mut bytes: Box<dyn Read + Send>) -> Result<(Vec<u8>, Box<dyn Read + Send>), Fault> {
    let mut head = Vec::new();
    bytes.by_ref().take(HEAD).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(bytes))))
}

fn of_bytes(origin: Origin, bytes: Box<dyn Read + Send>, decide: impl Fn(&[u8]) -> Form, given: &Given) -> Result<Pieces, Fault> {
    let (mut head, mut bytes) = peeked(bytes)?;
    if let Some(packing) = Packing::of(&head) {
        // The parts of a web archive are packed each for itself, and are unpacked so.
        if packing == Packing::Gzip && decide(&peek(&head, HEAD as usize)) == Form::Warc {
            return Ok(Box::new(Warc::new(origin.place, origin.id, given.clone(), Box::new(Members::new(bytes)))));
        }
        (head, bytes) = peeked(unpack(packing, bytes)?)?;
    }
    refuse_known_binary(&head)?;
    if head.trim_ascii().is_empty() && head.len() < HEAD as usize {
        return Err(Fault::Empty);
    }
    let one = |body: Body| -> Pieces { Box::new(std::iter::once(Ok(origin.alone(given, body)))) };
    Ok(match decide(&head) {
        Form::JsonLines => list::lines(origin, given, Box::new(BufReader::new(bytes))),
        Form::Warc => Box::new(Warc::new(origin.place, origin.id, given.clone(), bytes)),
        Form::Feed => list::feed(origin, given, bytes)?,
        Form::Outline => list::outline(origin, given, bytes)?,
        Form::Sitemap => list::sitemap(origin, given, bytes)?,
        Form::Ninjs => list::ninjs(origin, given, bytes)?,
        Form::Auto | Form::Text => one(Body::Text(bytes)),
        Form::Html => one(Body::Html { bytes, served: origin.served }),
    })
}
