//! Files by folder and by pattern.

use crate::Fault;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file, with how it is called below the folder it was found in.
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    /// Without the extension, parts joined by `/` on every system.
    pub(crate) name: String,
}

/// The files of a folder and of the folders in it, in the order of their names, without what is hidden (a dot before its name).
/// Links to files are files; links to folders are not followed, so that the walk ends.
pub(crate) fn walk(folder: &Path) -> impl Iterator<Item = Result<Found, Fault>> + Send + use<> {
    let root = folder.to_owned();
    let shown = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(shown);
    entries.filter_map(move |entry| match entry {
        Ok(entry) if entry.path().is_file() => {
            let below = entry.path().strip_prefix(&root).unwrap_or(entry.path());
            let mut parts: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            if let Some(last) = parts.last_mut() {
                *last = stem(Path::new(&*last));
            }
            Some(Ok(Found { name: parts.join("/"), path: entry.into_path() }))
        }
        Ok(_) => None,
        Err(error) => Some(Err(error.into_io_error().map_or(Fault::Missing, Fault::from))),
    })
}

/// True when a path that does not exist is a pattern.
pub(crate) fn is_pattern(path: &Path) -> bool {
    path.to_str().is_some_and(|text| text.contains(['*', '?', '['])) && !path.exists()
}

/// The files and folders that a pattern (`reports/**/*.txt`) means, in the order of their names.
pub(crate) fn matching(pattern: &Path) -> Result<Vec<PathBuf>, Fault> {
    let pattern = pattern.to_str().ok_or(Fault::Missing)?;
    let paths = glob::glob(pattern).map_err(|error| Fault::Pattern(error.msg))?;
    let mut found = paths.map(|path| path.map_err(|error| Fault::from(io::Error::from(error)))).collect::<Result<Vec<_>, _>>()?;
    found.sort();
    if found.is_empty() { Err(Fault::NoMatch) } else { Ok(found) }
}

/// The extension in lower case, that of the packing aside: `jsonl` of `a.jsonl.gz`.
pub(crate) fn extension(path: &Path) -> Option<String> {
    Path::new(&unpacked_name(path)).extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase())
}

/// The name without its extension and without that of its packing.
pub(crate) fn stem(path: &Path) -> String {
    let name = unpacked_name(path);
    Path::new(&name).file_stem().map_or(name.clone(), |stem| stem.to_string_lossy().into_owned())
}

fn unpacked_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let bare = [".gz", ".zst", ".GZ", ".ZST"].iter().find_map(|packed| name.strip_suffix(packed));
    bare.filter(|bare| !bare.is_empty()).unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_what_only_says_the_form() {
        for (path, name, form) in
            [("a/b.txt", "b", Some("txt")), ("b.warc.gz", "b", Some("warc")), ("b.JSONL.zst", "b", Some("jsonl")), ("b", "b", None)]
        {
            assert_eq!((stem(Path::new(path)).as_str(), extension(Path::new(path)).as_deref()), (name, form), "{path}");
        }
    }
}
