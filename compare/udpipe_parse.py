"""Parses raw text, a paragraph a line, with a UDPipe 1 model; CoNLL-U to standard output, speed to standard error.

    udpipe_parse.py MODEL text.txt > predicted.conllu
"""

import sys
import time

import ufal.udpipe as u


def main():
    model = u.Model.load(sys.argv[1])
    text = open(sys.argv[2], encoding="utf-8").read().replace("\n", "\n\n")
    pipeline = u.Pipeline(model, "tokenize", u.Pipeline.DEFAULT, u.Pipeline.DEFAULT, "conllu")
    error = u.ProcessingError()
    start = time.process_time()
    parsed = pipeline.process(text, error)
    seconds = time.process_time() - start
    if error.occurred():
        sys.exit(error.message)
    print(parsed, end="")
    words = sum(line[:1].isdigit() and "-" not in line.split("\t")[0] for line in parsed.split("\n"))
    print(f"{words} words, {words / seconds:.0f} a second of processor time", file=sys.stderr)


main()
