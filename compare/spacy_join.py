"""Puts the name finder of one spaCy pipeline behind the tagger and parser of another.

    spacy_join.py PARSER NAMES OUT

The name finder keeps layers of its own, as in the pipelines that spaCy's makers publish.
"""

import sys

import spacy


def main():
    parser, names, out = sys.argv[1:]
    nlp, finder = spacy.load(parser), spacy.load(names)
    finder.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("ner", source=finder)
    nlp.to_disk(out)


main()
