//! How long the parts take, on the reports of `samples/`: `cargo bench -p onrecord-eval`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use onrecord_language::Engine;
use onrecord_reader::Reader;
use onrecord_record::json;
use onrecord_text::{Document, Span};
use std::hint::black_box;
use std::path::Path;

/// The samples as one report.
fn text() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("samples/ is part of the repository").map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|p| std::fs::read_to_string(p).unwrap()).collect::<Vec<_>>().join("\n\n")
}

fn parts(c: &mut Criterion) {
    let document = Document::new("d", text());
    let (engine, reader) = (Engine::builtin(), Reader::builtin());
    let analysis = engine.analyse(&document.text);
    let tokens: Vec<Vec<Span>> = analysis.sentences.iter().map(|s| s.tokens.iter().map(|t| t.span).collect()).collect();
    let record = reader.read_analysed(&document, &analysis);
    let line = json::to_line(&document, &record);

    let mut group = c.benchmark_group("parts");
    group.bench_function("load the model and the tables", |b| b.iter(|| black_box(Reader::builtin())));
    group.throughput(Throughput::Elements(tokens.iter().map(|s| s.len() as u64).sum()));
    group.bench_function("network, tokens given", |b| b.iter(|| black_box(engine.analyse_tokens(&document.text, &tokens))));
    group.bench_function("engine, from raw text", |b| b.iter(|| black_box(engine.analyse(&document.text))));
    group.bench_function("reader, trees given", |b| b.iter(|| black_box(reader.read_analysed(&document, &analysis))));
    group.bench_function("reader, from raw text", |b| b.iter(|| black_box(reader.read(&document))));
    group.bench_function("write a record", |b| b.iter(|| black_box(json::to_line(&document, &record))));
    group.bench_function("read a record back", |b| b.iter(|| black_box(json::from_str(&line).is_ok())));
    group.finish();
}

criterion_group!(benches, parts);
criterion_main!(benches);
