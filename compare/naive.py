"""A floor for attribution: quotations and the clause after *said (that)*, with the nearest name or pronoun as the source.

    naive.py REPORTS.jsonl > answers.jsonl
"""

import json
import re
import sys

VERB = r"(?:said|says|say|told|tells|added|wrote|tweeted|asked|argued|claimed|announced|insisted|warned|noted|explained)"
NAME = r"(?:(?:[A-Z][\w.’'-]+ ){0,3}[A-Z][\w’'-]+|he|she|they|He|She|They)"
QUOTE = re.compile(r"[“\"]([^”\"\n]{8,}?)[”\"]")
SAID = re.compile(rf"({NAME}) ({VERB})(?: that)? ((?![“\"])[^.;”\"\n]+)")
BESIDE = re.compile(rf"^,? ?(?:({NAME}) ({VERB})|({VERB}) ({NAME}))")
BEFORE = re.compile(rf"({NAME}) ({VERB})[,:]? $")


def answers(text):
    for quote in QUOTE.finditer(text):
        source, cue = [], []
        after = BESIDE.match(text[quote.end():quote.end() + 80])
        before = BEFORE.search(text[max(0, quote.start() - 80):quote.start()])
        if after:
            name, verb = (1, 2) if after[1] else (4, 3)
            source, cue = ([[quote.end() + after.start(g), quote.end() + after.end(g)]] for g in (name, verb))
        elif before:
            shift = max(0, quote.start() - 80)
            source, cue = ([[shift + before.start(g), shift + before.end(g)]] for g in (1, 2))
        yield {"source": source, "cue": cue, "content": [list(quote.span(1))]}
    for said in SAID.finditer(text):
        yield {"source": [list(said.span(1))], "cue": [list(said.span(2))], "content": [list(said.span(3))]}


for line in open(sys.argv[1], encoding="utf-8"):
    report = json.loads(line)
    print(json.dumps({"id": report["id"], "attributions": list(answers(report["text"]))}))
