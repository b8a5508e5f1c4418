#!/usr/bin/env bash
# Measures onrecord and its peers side by side, on one core: run.sh EVAL_FOLDER [WORK_FOLDER]
# EVAL_FOLDER has ud/*.conllu, names/*.conll and attribution/{polnear-dev.jsonl,score.py}. Everything is made in WORK_FOLDER;
# what is there already is used again, so that a part can be repeated by deleting its file.
set -euo pipefail
eval=$(realpath "$1")
work=${2:-compare-work}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$work" && cd "$work"
export OMP_NUM_THREADS=1
one="taskset -c 0"

. "$here/peers.sh"
[ -d node_modules ] || npm install --silent wink-nlp wink-eng-lite-web-model
cp "$here/wink.mjs" .
cargo build --release --quiet --manifest-path "$here/../Cargo.toml" --workspace
onrecord=$here/../target/release

# Raw texts: a paragraph a line; for speed, all of them several times over.
for set in ewt gum-open pud; do
    venv/bin/python "$here/raw_text.py" "$eval/ud/$set-test.conllu" >$set.txt
done
for _ in 1 2 3 4; do cat ewt.txt gum-open.txt pud.txt; done >speed.txt

[ -d spacy/model-best ] || train_spacy spacy 4000
[ -f udpipe.model ] || train_udpipe udpipe.model 15/3/3 train

score() { # system, command that parses a text file to CoNLL-U
    local system=$1
    shift
    for set in ewt gum-open pud; do
        "$@" $set.txt >$system.$set.conllu 2>/dev/null
        echo "$system $set $(venv/bin/udeval -v "$eval/ud/$set-test.conllu" $system.$set.conllu |
            awk -F'|' '/^(Tokens|Sentences|UPOS|UAS|LAS) /{gsub(/ /,"",$1); gsub(/ /,"",$4); printf "%s %s  ", $1, $4}')"
    done
    echo "$system $($one "$@" speed.txt 2>&1 >/dev/null | tail -1)"
}

score spacy $fast_spacy venv/bin/python "$here/spacy_parse.py" spacy/model-best
score udpipe venv/bin/python "$here/udpipe_parse.py" udpipe.model
score wink node wink.mjs
score onrecord "$onrecord/onrecord" parse
$one "$onrecord/onrecord-eval" speed speed.txt --document 0.005
$one "$onrecord/onrecord-eval" ud "$eval"/ud/{ewt,gum-open,pud}-test.conllu
"$onrecord/onrecord-eval" names "$eval"/names/{worldwide-dev,ewt-test}.conll

attribution() {
    echo "$1 $(python3 "$eval/attribution/score.py" "$eval/attribution/polnear-dev.jsonl" "$1.jsonl" 2>/dev/null |
        sed -n '1,16p' | awk '/content J|triple lenient/{print $1, $2, "F1", $(NF-3)}' | tr '\n' ' ')"
}
python3 "$here/naive.py" "$eval/attribution/polnear-dev.jsonl" >naive.jsonl
"$onrecord/onrecord-eval" attribution --listed-only "$eval/attribution/polnear-dev.jsonl" >listed.jsonl
"$onrecord/onrecord-eval" attribution "$eval/attribution/polnear-dev.jsonl" >every.jsonl
for answers in naive listed every; do attribution $answers; done
