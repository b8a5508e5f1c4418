"""The raw text of a treebank, a paragraph a line: what a parser gets that must find sentences and words itself.

    raw_text.py TREEBANK.conllu > text.txt
"""

import sys


def main():
    paragraphs, now, together = [], "", 0
    for line in open(sys.argv[1], encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith(("# newpar", "# newdoc")):
            paragraphs.append(now)
            now = ""
        elif not line:
            together = 0
        elif line[0].isdigit():
            cells = line.split("\t")
            number, form = cells[0], cells[1]
            if "-" in number:
                together = int(number.split("-")[1])
            elif "." in number or int(number) <= together:
                continue
            now += form + ("" if "SpaceAfter=No" in cells[9] else " ")
    print("\n".join(p.strip() for p in paragraphs + [now] if p.strip()))


main()
