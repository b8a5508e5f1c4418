"""Tokens, tags, trees and names of documents in JSON lines with a spaCy pipeline; counts them and prints nothing else.

    spacy_documents.py MODEL documents.jsonl
"""

import json
import sys

import spacy


def main():
    nlp = spacy.load(sys.argv[1])
    texts = (json.loads(line)["text"] for line in open(sys.argv[2], encoding="utf-8"))
    documents = tokens = names = 0
    for doc in nlp.pipe(texts, batch_size=64):
        documents, tokens, names = documents + 1, tokens + len(doc), names + len(doc.ents)
    print(f"{documents} documents, {tokens} tokens, {names} names")


main()
