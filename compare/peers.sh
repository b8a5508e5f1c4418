# The peers that have to be trained first; sourced by run.sh and documents.sh in their work folder, with $eval, $here and $one set.
[ -d venv ] || { python3 -m venv venv && venv/bin/pip install -q spacy ufal.udpipe udtools; }

# spaCy as fast as its makers meant it on processors that its matrix library does not know.
fast_spacy="env"
if grep -q avx2 /proc/cpuinfo && command -v cc >/dev/null; then
    cc -O2 -shared -fPIC "$here/zen.c" -o zen.so
    fast_spacy="env LD_PRELOAD=$PWD/zen.so"
fi

# The "efficiency" architecture, without pretrained vectors: OUT STEPS PIPELINE TRAIN.spacy DEV.spacy
spacy_train() {
    venv/bin/spacy init config --force --lang en --pipeline "$3" --optimize efficiency "$1.cfg" >/dev/null
    $one venv/bin/spacy train "$1.cfg" --output "$1" --paths.train "$4" --paths.dev "$5" --paths.vectors null \
        --training.max_steps "$2" --training.eval_frequency 500 --training.batcher.size.start 300 --training.batcher.size.stop 1500 \
        --components.tok2vec.model.embed.include_static_vectors false >"$1.log" 2>&1
}

# Tags and trees: OUT STEPS
train_spacy() {
    for part in train dev; do
        cat "$eval"/ud/{ewt,gum-open}-$part.conllu >$part.conllu
        venv/bin/spacy convert $part.conllu . -n 10 -c conllu >/dev/null
    done
    spacy_train "$1" "$2" morphologizer,tagger,parser train.spacy dev.spacy
}

# Names: OUT STEPS
train_spacy_names() {
    grep -hv '^# doc' "$eval/names/ewt-train.conll" >names-train.conll
    grep -hv '^# doc' "$eval/names/ewt-test.conll" >names-dev.conll
    for part in train dev; do venv/bin/spacy convert names-$part.conll . -n 10 -c ner >/dev/null; done
    spacy_train "$1" "$2" ner names-train.spacy names-dev.spacy
}

# UDPipe 1, fewer rounds than its defaults: OUT ROUNDS PART
train_udpipe() {
    $one venv/bin/python "$here/udpipe_train.py" "$2" "$1" "$eval/ud/ewt-dev.conllu" "$eval/ud/ewt-$3.conllu" >"${1%.model}.log" 2>&1
}
