//! The account of many reports made in pieces: each step of `onrecord_account::spread` from a batch to a batch, for whoever brings rows
//! together (Spark, in `onrecord.spark`).
//!
//! A thing is called by its node, the number of its name (`Ref::code`). Where a report stands among others is told by `published` and
//! `document_id`.

use crate::wrong;
use arrow_array::builder::{BinaryBuilder, BooleanBuilder, Date32Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_pyarrow::PyArrowType;
use onrecord_account::spread::{self, Member, Order, Placed, Share, Spot, Told};
use onrecord_account::{Called, Days, Item, Kind, Line, Thing, Who, date};
use onrecord_export::records::reports;
use pyo3::prelude::*;
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;

type Batch = PyArrowType<RecordBatch>;

/// Adds the steps to the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(things, module)?)?;
    module.add_function(wrap_pyfunction!(pairs, module)?)?;
    module.add_function(wrap_pyfunction!(components, module)?)?;
    module.add_function(wrap_pyfunction!(groups, module)?)?;
    module.add_function(wrap_pyfunction!(actors, module)?)?;
    module.add_function(wrap_pyfunction!(shares, module)?)?;
    module.add_function(wrap_pyfunction!(lines, module)?)
}

/// Everything in these records that others may tell too: kind, node, where it stands, its identity, what is compared, its keys. An actor
/// brings what it is called, with its id in its report.
#[pyfunction]
fn things(py: Python<'_>, records: Batch) -> PyResult<Batch> {
    py.detach(|| {
        let mut rows = Placing::default();
        let (mut called, mut record) = (StringBuilder::new(), StringBuilder::new());
        let (mut identity, mut under, mut finds) =
            (StringBuilder::new(), ListBuilder::new(StringBuilder::new()), ListBuilder::new(StringBuilder::new()));
        for (document, read) in reports(&records.0).map_err(wrong)? {
            for placed in spread::placed(&document, &read) {
                let kind = placed.thing.kind();
                let actor = read.actors.get(placed.nth).filter(|_| kind == Kind::Actor);
                called.append_option(actor.map(|actor| Called::from(actor).to_json()));
                record.append_option(actor.map(|actor| &actor.id));
                identity.append_option(placed.thing.identity());
                let keys = placed.thing.keys();
                under.append_value(keys.under.iter().map(Some));
                finds.append_value(keys.finds.iter().map(Some));
                rows.push(&placed);
            }
        }
        let mut columns = rows.columns();
        columns.extend([
            ("identity", Arc::new(identity.finish()) as ArrayRef),
            ("under", Arc::new(under.finish())),
            ("finds", Arc::new(finds.finish())),
            ("record", Arc::new(record.finish())),
            ("called", Arc::new(called.finish())),
        ]);
        batch(columns)
    })
}

/// Which things of those that meet under one key are the same: their nodes. `finds` and `under` say how each comes there.
#[pyfunction]
fn pairs(py: Python<'_>, block: Batch) -> PyResult<Batch> {
    py.detach(|| {
        let (kinds, nodes) = (text(&block.0, "kind")?, whole(&block.0, "node")?);
        let roles = ["finds", "under"].map(|role| flags(&block.0, role));
        let [finds, under] = roles.map(|flags| flags.map(|flags| (0..flags.len()).filter(|&n| flags[n]).collect::<Vec<usize>>()));
        let things = placed(&block.0)?;
        let (mut kind, mut a, mut b) = (StringBuilder::new(), Int64Builder::new(), Int64Builder::new());
        for (one, other) in spread::pairs(&finds?, &under?, &things) {
            kind.append_value(&kinds[one]);
            a.append_value(nodes[one]);
            b.append_value(nodes[other]);
        }
        batch(vec![("kind", Arc::new(kind.finish()) as ArrayRef), ("a", Arc::new(a.finish())), ("b", Arc::new(b.finish()))])
    })
}

/// Of pairs of nodes, each node with the least node that it hangs together with.
#[pyfunction]
fn components(py: Python<'_>, pairs: Batch) -> PyResult<Batch> {
    py.detach(|| {
        let mut root: HashMap<i64, i64> = HashMap::new();
        fn top(root: &mut HashMap<i64, i64>, node: i64) -> i64 {
            let (mut at, mut path) = (node, Vec::new());
            while let Some(&above) = root.get(&at).filter(|above| **above != at) {
                path.push(at);
                at = above;
            }
            path.into_iter().for_each(|node| _ = root.insert(node, at));
            root.entry(at).or_insert(at);
            at
        }
        for (a, b) in whole(&pairs.0, "a")?.into_iter().zip(whole(&pairs.0, "b")?) {
            let (a, b) = (top(&mut root, a), top(&mut root, b));
            root.insert(a.max(b), a.min(b));
        }
        let mut nodes: Vec<i64> = root.keys().copied().collect();
        nodes.sort_unstable();
        let (mut node, mut component) = (Int64Builder::new(), Int64Builder::new());
        for one in nodes {
            node.append_value(one);
            component.append_value(top(&mut root, one));
        }
        batch(vec![("node", Arc::new(node.finish()) as ArrayRef), ("component", Arc::new(component.finish()))])
    })
}

/// The groups of things of one kind that hang together: each node with that of its group's first thing, its document, and why.
#[pyfunction]
fn groups(py: Python<'_>, component: Batch) -> PyResult<Batch> {
    py.detach(|| {
        let (kinds, nodes, things) = (text(&component.0, "kind")?, whole(&component.0, "node")?, placed(&component.0)?);
        let (mut kind, mut node, mut group) = (StringBuilder::new(), Int64Builder::new(), Int64Builder::new());
        let (mut first, mut reasons) = (StringBuilder::new(), ListBuilder::new(StringBuilder::new()));
        for (members, why) in spread::grouped_apart(&things) {
            for &member in &members {
                kind.append_value(&kinds[member]);
                node.append_value(nodes[member]);
                group.append_value(nodes[members[0]]);
                first.append_value(&things[members[0]].order.2);
                reasons.append_value(why.iter().map(Some));
            }
        }
        batch(vec![
            ("kind", Arc::new(kind.finish()) as ArrayRef),
            ("node", Arc::new(node.finish())),
            ("group", Arc::new(group.finish())),
            ("first", Arc::new(first.finish())),
            ("why", Arc::new(reasons.finish())),
        ])
    })
}

/// A group of actors: what the account calls each of them, and with the first its line.
#[pyfunction]
fn actors(py: Python<'_>, group: Batch) -> PyResult<Batch> {
    py.detach(|| {
        let (orders, nths) = (orders(&group.0)?, whole(&group.0, "nth")?);
        let (anchors, records, called) = (text(&group.0, "anchor")?, text(&group.0, "record")?, text(&group.0, "called")?);
        let member = |n: usize| Member {
            order: orders[n].clone(),
            nth: nths[n] as usize,
            anchor: anchors[n].clone(),
            record: records[n].clone(),
            called: Called::from_json(&called[n]).unwrap_or_default(),
        };
        let Some((who, spot, line)) = spread::named((0..group.0.num_rows()).map(member).collect()) else {
            return Err(wrong("a group of actors without an actor"));
        };
        let (mut document, mut actor) = (StringBuilder::new(), StringBuilder::new());
        let (mut id, mut name) = (StringBuilder::new(), StringBuilder::new());
        for n in 0..orders.len() {
            document.append_value(&orders[n].2);
            actor.append_value(&records[n]);
            id.append_value(&who.id);
            name.append_value(&who.name);
        }
        let mut printed = Printed::default();
        printed.push(&spot, &line)?;
        (1..orders.len()).for_each(|_| printed.none());
        let mut columns = vec![
            ("in_document", Arc::new(document.finish()) as ArrayRef),
            ("actor", Arc::new(actor.finish())),
            ("who_id", Arc::new(id.finish())),
            ("who_name", Arc::new(name.finish())),
        ];
        columns.extend(printed.columns());
        batch(columns)
    })
}

/// What records have to say to the lines of groups, a share a row, and the lines that they give alone. Besides the columns of records there
/// are `witness` and `who`, a JSON object of actor ids with pairs of id and name.
#[pyfunction]
fn shares(py: Python<'_>, records: Batch) -> PyResult<Batch> {
    py.detach(|| {
        let (witness, who) = (text(&records.0, "witness")?, text(&records.0, "who")?);
        let (mut kind, mut node, mut share) = (StringBuilder::new(), Int64Builder::new(), StringBuilder::new());
        let mut printed = Printed::default();
        for (n, (document, record)) in reports(&records.0).map_err(wrong)?.into_iter().enumerate() {
            let names: HashMap<String, [String; 2]> = serde_json::from_str(&who[n]).map_err(wrong)?;
            let who = names.into_iter().map(|(actor, [id, name])| (actor, Who { id, name })).collect();
            let told = Told { who, witness: witness[n].clone() };
            for (of, name, part) in spread::shares(&document, &record, &told) {
                kind.append_value(of.as_str());
                node.append_value(name.code(of.as_str()));
                share.append_value(json!(part).to_string());
                printed.none();
            }
            for (spot, line) in spread::own(&document, &record, &told) {
                kind.append_value("own");
                node.append_null();
                share.append_null();
                printed.push(&spot, &line)?;
            }
        }
        let mut columns = vec![
            ("kind", Arc::new(kind.finish()) as ArrayRef),
            ("node", Arc::new(node.finish())),
            ("share", Arc::new(share.finish())),
        ];
        columns.extend(printed.columns());
        batch(columns)
    })
}

/// The lines of a group from its shares.
#[pyfunction]
fn lines(py: Python<'_>, group: Batch) -> PyResult<Batch> {
    py.detach(|| {
        let (kinds, shares) = (text(&group.0, "kind")?, text(&group.0, "share")?);
        let shares: Vec<Share> = shares.iter().map(|share| serde_json::from_str(share)).collect::<Result<_, _>>().map_err(wrong)?;
        let kind = kinds.first().and_then(|kind| named(kind)).ok_or_else(|| wrong("no kind of things"))?;
        let why = column(&group.0, "why")?.as_list_opt::<i32>().map(|why| why.value(0)).ok_or_else(|| wrong("why is no list"))?;
        let why = (0..why.len()).map(|n| why.as_string::<i32>().value(n).to_owned()).collect();
        let mut printed = Printed::default();
        spread::written(kind, shares, why).iter().try_for_each(|(spot, line)| printed.push(spot, line))?;
        batch(printed.columns())
    })
}

/// Columns of things with the places where they stand.
#[derive(Default)]
struct Placing {
    kind: StringBuilder,
    node: Int64Builder,
    published: Date32Builder,
    document: StringBuilder,
    nth: Int64Builder,
    anchor: StringBuilder,
    thing: BinaryBuilder,
}

impl Placing {
    fn push(&mut self, placed: &Placed) {
        let kind = placed.thing.kind().as_str();
        self.kind.append_value(kind);
        self.node.append_value(placed.name().code(kind));
        self.published.append_option(placed.order.1.map(|day| Days::of(day).first));
        self.document.append_value(&placed.order.2);
        self.nth.append_value(placed.nth as i64);
        self.anchor.append_value(&placed.anchor);
        self.thing.append_value(placed.thing.to_bytes());
    }

    fn columns(mut self) -> Vec<(&'static str, ArrayRef)> {
        vec![
            ("kind", Arc::new(self.kind.finish())),
            ("node", Arc::new(self.node.finish())),
            ("published", Arc::new(self.published.finish())),
            ("document_id", Arc::new(self.document.finish())),
            ("nth", Arc::new(self.nth.finish())),
            ("anchor", Arc::new(self.anchor.finish())),
            ("thing", Arc::new(self.thing.finish())),
        ]
    }
}

/// The other way round.
fn placed(batch: &RecordBatch) -> PyResult<Vec<Placed>> {
    let (orders, nths, anchors) = (orders(batch)?, whole(batch, "nth")?, text(batch, "anchor")?);
    let things = column(batch, "thing")?.as_binary_opt::<i32>().ok_or_else(|| wrong("the column thing holds no bytes"))?;
    let one = |(n, order): (usize, Order)| {
        let thing = Thing::from_bytes(things.value(n))
            .ok_or_else(|| wrong("a thing was made by another version of onrecord; use one version on all machines"))?;
        Ok(Placed { order, nth: nths[n] as usize, anchor: anchors[n].clone(), thing })
    };
    orders.into_iter().enumerate().map(one).collect()
}

/// Columns of lines with the spots where they stand in an account; no line has no spot.
#[derive(Default)]
struct Printed {
    section: Int64Builder,
    unknown: BooleanBuilder,
    published: Date32Builder,
    document: StringBuilder,
    nth: Int64Builder,
    sub: Int64Builder,
    line: StringBuilder,
}

impl Printed {
    fn push(&mut self, spot: &Spot, line: &Line) -> PyResult<()> {
        let (section, (unknown, published, document), nth, sub) = spot;
        self.section.append_value((*section).into());
        self.unknown.append_value(*unknown);
        self.published.append_option(published.map(|day| Days::of(day).first));
        self.document.append_value(document);
        self.nth.append_value(*nth as i64);
        self.sub.append_value(*sub as i64);
        self.line.append_value(serde_json::to_string(line).map_err(wrong)?);
        Ok(())
    }

    fn none(&mut self) {
        self.section.append_null();
        self.unknown.append_null();
        self.published.append_null();
        self.document.append_null();
        self.nth.append_null();
        self.sub.append_null();
        self.line.append_null();
    }

    fn columns(mut self) -> Vec<(&'static str, ArrayRef)> {
        vec![
            ("section", Arc::new(self.section.finish())),
            ("undated", Arc::new(self.unknown.finish())),
            ("published", Arc::new(self.published.finish())),
            ("document_id", Arc::new(self.document.finish())),
            ("nth", Arc::new(self.nth.finish())),
            ("sub", Arc::new(self.sub.finish())),
            ("line", Arc::new(self.line.finish())),
        ]
    }
}

fn batch(columns: Vec<(&'static str, ArrayRef)>) -> PyResult<Batch> {
    let nullable = columns.into_iter().map(|(name, column)| (name, column, true));
    RecordBatch::try_from_iter_with_nullable(nullable).map(PyArrowType).map_err(wrong)
}

fn named(kind: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|one| one.as_str() == kind)
}

fn column<'b>(batch: &'b RecordBatch, name: &str) -> PyResult<&'b ArrayRef> {
    batch.column_by_name(name).ok_or_else(|| wrong(format!("the column {name} is missing")))
}

/// Words; where there are none, empty ones.
fn text(batch: &RecordBatch, name: &str) -> PyResult<Vec<String>> {
    let column = column(batch, name)?.as_string_opt::<i32>().ok_or_else(|| wrong(format!("the column {name} holds no strings")))?;
    Ok(column.iter().map(|text| text.unwrap_or_default().to_owned()).collect())
}

fn whole(batch: &RecordBatch, name: &str) -> PyResult<Vec<i64>> {
    let column = column(batch, name)?
        .as_primitive_opt::<Int64Type>()
        .ok_or_else(|| wrong(format!("the column {name} holds no whole numbers")))?;
    Ok(column.values().to_vec())
}

fn flags(batch: &RecordBatch, name: &str) -> PyResult<Vec<bool>> {
    let column = column(batch, name)?.as_boolean_opt().ok_or_else(|| wrong(format!("the column {name} holds no booleans")))?;
    Ok(column.iter().map(|flag| flag == Some(true)).collect())
}

fn orders(batch: &RecordBatch) -> PyResult<Vec<Order>> {
    let days =
        column(batch, "published")?.as_primitive_opt::<Date32Type>().ok_or_else(|| wrong("the column published holds no days"))?;
    let documents = text(batch, "document_id")?;
    let order = |(day, id): (Option<i32>, String)| {
        let day = day.and_then(date);
        (day.is_none(), day, id)
    };
    Ok(days.iter().zip(documents).map(order).collect())
}
