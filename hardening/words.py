"""Reports that nobody wrote: varied enough that each is its own, plain enough that records come of them."""

import random

COUNTRIES = "Mali Niger Chad Sudan Yemen Syria Iraq Lebanon Ukraine Georgia Armenia Colombia Peru Haiti Kenya Somalia Ethiopia".split()
TOWNS = "Gao Mopti Agadez Abeche Nyala Taiz Homs Mosul Tyre Izmail Gori Gyumri Cali Puno Jacmel Lamu Baidoa Mekelle".split()
BODIES = ["the army", "the interior ministry", "the mission", "the rebel council", "the governor's office", "the border guard",
          "the police", "the relief agency", "the foreign ministry", "the farmers' union"]
NAMES = ["Amina Keita", "Jorge Paredes", "Olena Bondar", "Samir Haddad", "Tekle Abebe", "Nino Lomidze", "Grace Wanjiru", "Idris Saleh"]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SENTENCES = [
    "{Body} said that {number} people were killed in {town} on {day}.",
    "Fighters attacked a convoy of {body2} near {town}, and {number} were wounded.",
    "\"We will not leave {town} before the talks end,\" {name} told reporters on {day}.",
    "{Body} agreed to open the road to {town} if {body2} withdraws its forces by {day}.",
    "{name} rejected the plan and called on {body2} to release {number} prisoners.",
    "{Body} sent {number} trucks of grain from {town} to the north of {country}.",
    "Protesters in {town} blocked the bridge, and {body2} arrested {number} of them.",
    "{name} of {body2} denied on {day} that shells had fallen on {town}.",
    "Talks between {body} and {body2} are to resume in {town} on {day}, {name} said.",
    "About {number} families fled {town} after {body} warned of new fighting.",
]


def report(seed, sentences=9):
    """A headline and paragraphs, the same for the same seed."""
    rng = random.Random(seed)
    country = rng.choice(COUNTRIES)

    def one(pattern):
        body, body2 = rng.sample(BODIES, 2)
        words = dict(body=body, body2=body2, Body=body[0].upper() + body[1:], name=rng.choice(NAMES), town=rng.choice(TOWNS),
                     country=country, day=rng.choice(DAYS), number=rng.randint(3, 900))
        return pattern.format(**words)

    chosen = [one(rng.choice(SENTENCES)) for _ in range(sentences)]
    paragraphs = [" ".join(chosen[at:at + 3]) for at in range(0, len(chosen), 3)]
    return f"{country}: {one('{town} after {day}')}", paragraphs
