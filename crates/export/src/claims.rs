//! schema.org Claims (JSON-LD): what was said and by whom, with every place where it stands. Quoted words are Quotations.
//!
//! Never a ClaimReview: whether a claim is true is for people to say.

use crate::error::ExportError;
use crate::form::Format;
use crate::json::{Items, article, known, urn};
use crate::known::Known;
use crate::tally::Tally;
use onrecord_account::{Appearance, Line, Who};
use onrecord_record::{ActorKind, SpeechMode};
use serde_json::{Value, json};
use std::io::Write;

const HEAD: &str = "{\"@context\":[\"https://schema.org\",{\"onrecord\":\"urn:onrecord:terms:\"}],\"@graph\":[";

/// A graph of claims.
pub struct Graph<'a> {
    items: Items<'a>,
}

impl<'a> Graph<'a> {
    /// Begins it.
    pub fn new(out: Box<dyn Write + 'a>) -> Result<Self, ExportError> {
        Ok(Graph { items: Items::new(out, HEAD)? })
    }
}

impl Format for Graph<'_> {
    fn line(&mut self, line: &Line, _: &[Line], known_of: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        let Line::Statement { id, speaker, act, appearances } = line else { return Ok(()) };
        let speakers: Vec<Value> = speaker.iter().map(|who| person(who, known_of)).collect();
        let mut places = Vec::new();
        for appearance in appearances {
            places.push(place(appearance, &speakers, known_of)?);
        }
        let text = places.first().and_then(|place| place.get("text")).cloned();
        let day = appearances.iter().filter_map(|appearance| appearance.published.as_deref()).min();
        self.items.push(&known(json!({
            "@type": "Claim",
            "@id": urn("statement", id),
            "identifier": id,
            "text": text,
            "author": speakers,
            "datePublished": day,
            "onrecord:act": act,
            "appearance": places,
        })))?;
        tally.wrote("claims");
        Ok(())
    }

    fn end(&mut self, _: &mut Tally) -> Result<(), ExportError> {
        self.items.end("]}")
    }
}

fn person(who: &Who, known_of: &Known) -> Value {
    let actor = known_of.actor(who);
    let kind = match actor.kind {
        ActorKind::Person => "Person",
        ActorKind::Government => "GovernmentOrganization",
        ActorKind::Country => "Country",
        ActorKind::Organisation | ActorKind::Military | ActorKind::ArmedGroup => "Organization",
        ActorKind::Population | ActorKind::Other => "Thing",
    };
    known(
        json!({ "@type": kind, "@id": urn("actor", &who.id), "name": who.name, "jobTitle": (kind == "Person").then_some(actor.roles) }),
    )
}

/// Words in quotation marks are a Quotation of whoever spoke them; reported words are the reporter's.
fn place(appearance: &Appearance, speakers: &[Value], known_of: &mut Known) -> Result<Value, ExportError> {
    let report = known_of.report(&appearance.document)?;
    let quoted = appearance.mode == SpeechMode::Direct;
    Ok(known(json!({
        "@type": if quoted { "Quotation" } else { "CreativeWork" },
        "text": report.passages(&appearance.content),
        "spokenByCharacter": if quoted { speakers } else { &[] },
        "onrecord:mode": appearance.mode,
        "onrecord:spans": appearance.content,
        "isPartOf": article(&report),
    })))
}
