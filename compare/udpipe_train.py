"""Trains a UDPipe 1 model.

    udpipe_train.py OUT.udpipe DEV.conllu TRAIN.conllu...

Fewer rounds than UDPipe's defaults (tokenizer 100 epochs, tagger 20, parser 10), which take many hours: see COMPARE.md.
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
    out, dev, *train = sys.argv[1:]
    data = u.Sentences()
    for path in train:
        for sentence in sentences(path):
            data.append(sentence)
    error = u.ProcessingError()
    model = u.Trainer.train(
        "morphodita_parsito", data, sentences(dev), "epochs=15;dimension=24", "iterations=3;models=1",
        "iterations=3;hidden_layer=100;structured_interval=0", error,
    )
    if error.occurred():
        sys.exit(error.message)
    open(out, "wb").write(model)


main()
