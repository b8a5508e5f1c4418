//! XML as a row of elements, for forms of which only some elements matter.

use crate::Fault;
use crate::error::quoted;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::HashMap;

/// One step through the tree.
pub(crate) enum Step {
    /// An element begins: its name without prefix in lower case, its attributes likewise.
    Open(String, HashMap<String, String>),
    /// Words inside the elements that are open.
    Text(String),
    /// The innermost element ends: its name.
    Close(String),
}

/// Goes through a file and stops with an error where it is no XML any more. References to entities that the file itself declares
/// stand for nothing, so that none can grow.
pub(crate) fn steps(xml: &str, mut each: impl FnMut(Step)) -> Result<(), Fault> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    loop {
        let event = reader
            .read_event()
            .map_err(|error| Fault::BadXml(format!("{} at byte {}", quoted(&error.to_string()), reader.error_position())))?;
        match event {
            Event::Start(tag) => each(open(&tag)),
            Event::Empty(tag) => {
                each(open(&tag));
                each(Step::Close(name(tag.local_name().as_ref())));
            }
            Event::End(tag) => each(Step::Close(name(tag.local_name().as_ref()))),
            Event::Text(text) => each(Step::Text(text.xml10_content().into_owned())),
            Event::CData(text) => each(Step::Text(text.into_inner().into_owned())),
            Event::GeneralRef(entity) => {
                let entity = format!("&{};", entity.into_inner());
                each(Step::Text(quick_xml::escape::unescape(&entity).unwrap_or_default().into_owned()));
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn name(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn open(tag: &BytesStart) -> Step {
    let attributes = tag.attributes().flatten().map(|attribute| {
        let value = match attribute.normalized_value(XmlVersion::Explicit1_0) {
            Ok(value) => value.into_owned(),
            // An address with a bare ampersand.
            Err(_) => attribute.value.to_string(),
        };
        (name(attribute.key.local_name().as_ref()), value)
    });
    Step::Open(name(tag.local_name().as_ref()), attributes.collect())
}
