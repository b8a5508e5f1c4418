"""Parses raw text, a paragraph a line, with a spaCy pipeline; CoNLL-U to standard output, speed to standard error.

    spacy_parse.py MODEL text.txt > predicted.conllu
"""

import sys
import time

import spacy


def main():
    nlp = spacy.load(sys.argv[1])
    lines = open(sys.argv[2], encoding="utf-8").read().split("\n")
    start = time.process_time()
    docs = list(nlp.pipe(lines, batch_size=64))
    seconds = time.process_time() - start
    words = 0
    for doc in docs:
        print("# newpar")
        for sentence in doc.sents:
            tokens = [t for t in sentence if not t.is_space]
            if not tokens:
                continue
            place = {t.i: k + 1 for k, t in enumerate(tokens)}
            roots = 0
            for t in tokens:
                words += 1
                head = place.get(t.head.i, 0) if t.head.i != t.i else 0
                # A tree has one root: further ones hang on the first.
                if head == 0:
                    roots += 1
                    first = place[t.i] if roots == 1 else first
                    head = 0 if roots == 1 else first
                relation = "root" if head == 0 else t.dep_ if t.dep_ not in ("", "ROOT", "root") else "dep"
                spaced = "_" if t.whitespace_ or t.i + 1 == len(doc) or doc[t.i + 1].is_space else "SpaceAfter=No"
                print(place[t.i], t.text, t.lemma_ or "_", t.pos_ or "X", t.tag_ or "_", str(t.morph) or "_", head, relation, "_", spaced, sep="\t")
            print()
    print(f"{words} words, {words / seconds:.0f} a second of processor time", file=sys.stderr)


main()
