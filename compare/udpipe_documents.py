"""Tokens, tags and trees of documents in JSON lines with a UDPipe 1 model; counts the words and prints nothing else.

    udpipe_documents.py MODEL documents.jsonl
"""

import json
import sys

import ufal.udpipe as u


def main():
    model = u.Model.load(sys.argv[1])
    pipeline = u.Pipeline(model, "tokenize", u.Pipeline.DEFAULT, u.Pipeline.DEFAULT, "conllu")
    error = u.ProcessingError()
    documents = words = 0
    for line in open(sys.argv[2], encoding="utf-8"):
        parsed = pipeline.process(json.loads(line)["text"], error)
        if error.occurred():
            sys.exit(error.message)
        documents, words = documents + 1, words + sum(row[:1].isdigit() for row in parsed.split("\n"))
    print(f"{documents} documents, {words} words")


main()
