//! The closed lists of the codebook.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Declares an enum whose variants have one written name each, with `as_str`, `FromStr`, `Display` and `ALL`.
/// A macro because the codebook's lists are data: name and spelling, eleven times over.
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in the codebook's order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// As written in a record.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownName;
            fn from_str(text: &str) -> Result<Self, UnknownName> {
                match text { $($text => Ok($name::$variant),)+ _ => Err(UnknownName(&[$($text),+])) }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

/// A name that is not on one of the codebook's lists; it holds the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("none of {}", .0.join(", "))]
pub struct UnknownName(&'static [&'static str]);

closed_list! {
    /// What an actor is.
    #[allow(missing_docs)]
    ActorKind {
        Person = "person", Government = "government", Country = "country", Organisation = "organisation", Military = "military",
        ArmedGroup = "armed_group", Population = "population", #[default] Other = "other",
    }
}

closed_list! {
    /// PLOVER's sectors.
    Sector {
        /// Government, executive.
        #[default] Gov = "GOV",
        /// Military.
        Mil = "MIL",
        /// Legislature.
        Leg = "LEG",
        /// Judiciary.
        Jud = "JUD",
        /// Police.
        Cop = "COP",
        /// Intelligence.
        Spy = "SPY",
        /// Pro-government militia.
        Prm = "PRM",
        /// Political party.
        Pty = "PTY",
        /// Rebels.
        Reb = "REB",
        /// Unaligned armed forces.
        Uaf = "UAF",
        /// Unknown.
        Unk = "UNK",
        /// Agriculture.
        Agr = "AGR",
        /// Business.
        Bus = "BUS",
        /// Criminals.
        Crm = "CRM",
        /// Civilians.
        Cvl = "CVL",
        /// Education.
        Edu = "EDU",
        /// Elites.
        Eli = "ELI",
        /// Journalists and media.
        Jrn = "JRN",
        /// Labour.
        Lab = "LAB",
        /// Health.
        Med = "MED",
        /// Political opposition.
        Opp = "OPP",
        /// Prisoners.
        Pre = "PRE",
        /// Refugees.
        Ref = "REF",
        /// Religious.
        Rel = "REL",
        /// Social groups.
        Soc = "SOC",
    }
}

closed_list! {
    /// How much of a statement's words is quoted.
    SpeechMode {
        /// All in quotation marks, or a block quotation.
        Direct = "direct",
        /// None.
        #[default] Indirect = "indirect",
        /// Some.
        Mixed = "mixed",
    }
}

closed_list! {
    /// What is done by saying something.
    #[allow(missing_docs)]
    Act {
        #[default] State = "state", Announce = "announce", Confirm = "confirm", Deny = "deny", Accuse = "accuse", Criticise = "criticise",
        Praise = "praise", Demand = "demand", Urge = "urge", Ask = "ask", Offer = "offer", Promise = "promise", Refuse = "refuse",
        Warn = "warn", Threaten = "threaten", Predict = "predict", Agree = "agree",
    }
}

closed_list! {
    /// How much of the map a place stands for: its coordinates are the place itself, or only a point inside it.
    Precision {
        /// A building, a site.
        Point = "point",
        /// A town or village.
        #[default] City = "city",
        /// A division of a country, a landscape, a water.
        Region = "region",
        /// A country.
        Country = "country",
    }
}

closed_list! {
    /// How something is put, by whoever is last in `given_by` (FactBank's values, with plans and conditions apart).
    Factuality {
        /// It is, or it happened.
        #[default] Actual = "actual",
        /// It is not, or did not happen.
        Negated = "negated",
        /// Announced, scheduled, intended, expected.
        Planned = "planned",
        /// Holds only if something else does.
        Conditional = "conditional",
        /// Possible, suggested, alleged without commitment.
        Uncertain = "uncertain",
    }
}

closed_list! {
    /// PLOVER's sixteen event types.
    #[allow(missing_docs)]
    EventType {
        Agree = "AGREE", #[default] Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE", Cooperate = "COOPERATE", Aid = "AID",
        Retreat = "RETREAT", Request = "REQUEST", Accuse = "ACCUSE", Reject = "REJECT", Threaten = "THREATEN", Protest = "PROTEST",
        Sanction = "SANCTION", Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT",
    }
}

closed_list! {
    /// What a party does by taking a position.
    Move {
        /// Something is held out.
        Offer = "offer",
        /// Something is asked of somebody.
        #[default] Demand = "demand",
        /// The holder binds itself.
        Commitment = "commitment",
        /// Somebody's offer or demand is taken.
        Acceptance = "acceptance",
        /// Somebody's offer or demand is turned down.
        Refusal = "refusal",
        /// A disputed assertion about what is owed, owned or true.
        Claim = "claim",
    }
}

closed_list! {
    /// Whether a position still holds.
    #[allow(missing_docs)]
    Status { #[default] Standing = "standing", Withdrawn = "withdrawn", Met = "met" }
}

closed_list! {
    /// How exact a number is put.
    #[allow(missing_docs)]
    Bound { #[default] Exact = "exact", About = "about", AtLeast = "at_least", AtMost = "at_most" }
}

closed_list! {
    /// In what respect something is counted.
    #[allow(missing_docs)]
    Measure {
        Launched = "launched", Intercepted = "intercepted", Failed = "failed", Destroyed = "destroyed", Killed = "killed",
        Injured = "injured", Missing = "missing", Detained = "detained", Displaced = "displaced", Rescued = "rescued",
        Deployed = "deployed", Money = "money", Share = "share", Votes = "votes", #[default] Count = "count",
    }
}

closed_list! {
    /// The four kinds of record.
    #[allow(missing_docs)]
    RecordKind { #[default] Statement = "statement", Event = "event", Position = "position", Figure = "figure" }
}

/// A number or a range, `267` or `[24, 99]` in JSON.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// One number.
    One(f64),
    /// Lowest and highest, both inside.
    Range(f64, f64),
}

impl Default for Value {
    fn default() -> Self {
        Value::One(0.0)
    }
}

impl Value {
    /// Lowest value meant.
    pub fn low(self) -> f64 {
        match self {
            Value::One(n) | Value::Range(n, _) => n,
        }
    }

    /// Highest value meant.
    pub fn high(self) -> f64 {
        match self {
            Value::One(n) | Value::Range(_, n) => n,
        }
    }
}

/// Whole numbers are written without a decimal point.
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        // 2^53: beyond it f64 no longer tells neighbouring whole numbers apart.
        if self.0.fract() == 0.0 && self.0.abs() <= 9_007_199_254_740_992.0 {
            out.serialize_i64(self.0 as i64)
        } else {
            out.serialize_f64(self.0)
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Value {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A number, or the lowest and the highest of a range",
            "oneOf": [{"type": "number"}, {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}]
        })
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match *self {
            Value::One(n) => Number(n).serialize(out),
            Value::Range(a, b) => [Number(a), Number(b)].serialize(out),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            One(f64),
            Range([f64; 2]),
        }
        match Form::deserialize(input)? {
            Form::One(n) => Ok(Value::One(n)),
            Form::Range([a, b]) if a <= b => Ok(Value::Range(a, b)),
            Form::Range([a, b]) => Err(de::Error::custom(format!("range [{a}, {b}] runs backwards"))),
        }
    }
}
