"""Trains a UDPipe 1 model.

    udpipe_train.py ROUNDS OUT.udpipe DEV.conllu TRAIN.conllu...

ROUNDS are those of the tokenizer, tagger and parser, such as 15/3/3. UDPipe's defaults (100/20/10) take many hours: see COMPARE.md.
"""

import sys

import ufal.udpipe as u


def sentences(path):
    reader = u.InputFormat.newConlluInputFormat()
    reader.setText(open(path, encoding="utf-8").read())
    error, out = u.ProcessingError(), u.Sentences()
    while True:
        sentence = u.Sentence()
        if not reader.nextSentence(sentence, error):
            break
        out.append(sentence)
    if error.occurred():
        sys.exit(error.message)
    return out


def main():
    rounds, out, dev, *train = sys.argv[1:]
    tokenizer, tagger, parser = rounds.split("/")
    data = u.Sentences()
    for path in train:
        for sentence in sentences(path):
            data.append(sentence)
    error = u.ProcessingError()
    model = u.Trainer.train(
        "morphodita_parsito", data, sentences(dev), f"epochs={tokenizer};dimension=24", f"iterations={tagger};models=1",
        f"iterations={parser};hidden_layer=100;structured_interval=0", error,
    )
    if error.occurred():
        sys.exit(error.message)
    open(out, "wb").write(model)


main()
