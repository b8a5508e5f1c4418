#!/usr/bin/env bash
# What onrecord and its peers cost on the same 2,000 reports of 500 words and more, on one core: documents.sh EVAL_FOLDER [WORK_FOLDER]
# EVAL_FOLDER has ud/*.conllu and names/*.conll. Everything is made in WORK_FOLDER; what is there already is used again. The models of
# run.sh are used where WORK_FOLDER has them; if not, smaller ones are trained: they find less, and cost nearly the same to run.
# The table goes to standard output, the models that were used to standard error. ONRECORD and ONRECORD_EVAL name programs that are
# built already.
set -euo pipefail
eval=$(realpath "$1")
work=${2:-compare-work}
here=$(cd "$(dirname "$0")" && pwd)
onrecord=$(realpath -m "${ONRECORD:-$here/../target/release/onrecord}")
onrecord_eval=$(realpath -m "${ONRECORD_EVAL:-$here/../target/release/onrecord-eval}")
mkdir -p "$work" && cd "$work"
export OMP_NUM_THREADS=1
one="taskset -c 0"

[ -n "${ONRECORD:-}" ] && [ -n "${ONRECORD_EVAL:-}" ] ||
    cargo build --release --quiet --manifest-path "$here/../Cargo.toml" -p onrecord -p onrecord-eval

. "$here/peers.sh"
trees=spacy/model-best
[ -d $trees ] || { trees=spacy-short/model-last && { [ -d $trees ] || train_spacy spacy-short 300; }; }
[ -d spacy-names/model-last ] || train_spacy_names spacy-names 300
venv/bin/python "$here/spacy_join.py" $trees spacy-names/model-last spacy-joined
udpipe=udpipe.model
[ -f $udpipe ] || { udpipe=udpipe-short.model && { [ -f $udpipe ] || train_udpipe $udpipe 1/1/1 dev; }; }

echo "spaCy: $trees, names of spacy-names/model-last; UDPipe: $udpipe" >&2
"$onrecord_eval" synthetic 2000 --words 500 --from "$here/../specs" >documents.jsonl
echo '{"id":"tiny","text":"Four people were killed in a strike on a market, the governor said."}' >tiny.jsonl
venv/bin/python "$here/cost.py" tiny.jsonl documents.jsonl \
    "onrecord, engine alone: tokens, tags, trees, names (\`parse\`)=$one $onrecord parse" \
    "onrecord, whole: records with their words (\`read --threads 1\`)=$one $onrecord read --threads 1" \
    "spaCy: tokens, tags, trees, names=$fast_spacy $one venv/bin/python $here/spacy_documents.py spacy-joined" \
    "UDPipe 1: tokens, tags, trees=$one venv/bin/python $here/udpipe_documents.py $udpipe"
