"""Makes the shapes of the map, `assets/world.svg`, from Natural Earth's countries at 1:50m (public domain) as the npm package world-atlas has them.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz package/countries-50m.json
    world.py package/countries-50m.json crates/export/src/countries.tsv > crates/desk/assets/world.svg

Equirectangular: one unit is a twentieth of a degree, from 180 W and 90 N. Borders are simplified once, as the arcs that neighbours share, so that no
gaps open between them. Each country is a path with its ISO 3166-1 alpha-3 code as id; what has no code is land without a name, drawn as Natural
Earth draws it. Python 3, standard library only.
"""

import json
import sys

# Units of a degree.
UNITS = 20
# Douglas and Peucker's distance, in units: what is nearer to its line than this is left out.
NEAR = 0.7
# Islands smaller than this, in square units, are left out where their country has larger land.
SMALL = 6.0
# Natural Earth has no number for it, records have a code.
NAMED = {"Kosovo": "XKX"}


def codes(table):
    rows = [line.rstrip("\n").split("\t") for line in open(table, encoding="utf-8") if not line.startswith("#")]
    return {row[2].zfill(3): row[0] for row in rows[1:] if row[2]}


def arcs(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append(((x * sx + tx + 180) * UNITS, (90 - (y * sy + ty)) * UNITS))
        yield points


def simplified(points):
    if len(points) < 3:
        return points
    keep = {0, len(points) - 1}
    # A ring begins where it ends: its farthest point divides it first.
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        farthest, at = 0, None
        for i in range(first + 1, last):
            x, y = points[i]
            far = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length if length else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            if far > farthest:
                farthest, at = far, i
        if at is not None and farthest > NEAR:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def rings(indices, known):
    """The ring of these arcs, in whole units. One that crosses the line of dates goes on beyond the edge and comes in again on the other side."""
    points = []
    for index in indices:
        arc = known[index] if index >= 0 else known[~index][::-1]
        points += arc[1:] if points else arc
    world, turned, whole = 360 * UNITS, 0, []
    for i, (x, y) in enumerate(points):
        if i and abs(x - points[i - 1][0]) > world / 2:
            turned += world if x < points[i - 1][0] else -world
        point = (round(x) + turned, round(y))
        if not whole or whole[-1] != point:
            whole.append(point)
    if turned:
        # Around the pole: along the lower edge back to where it began.
        return [whole + [(whole[-1][0], 180 * UNITS), (whole[0][0], 180 * UNITS)]]
    whole = whole[:-1] if len(whole) > 1 and whole[0] == whole[-1] else whole
    low, high = min(x for x, _ in whole), max(x for x, _ in whole)
    beyond = [world] if low < 0 else [-world] if high > world else []
    return [whole] + [[(x + by, y) for x, y in whole] for by in beyond]


def area(points):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))) / 2


def path(points, at):
    """Relative to where the pen is: `at`, moved on. A ring that is closed leaves the pen at its beginning."""
    def step(x, y):
        return f"{x}{y}" if y < 0 else f"{x} {y}"

    (x, y), rest = points[0], points[1:]
    text = "m" + step(x - at[0], y - at[1])
    at[:] = [x, y]
    steps = []
    for px, py in rest:
        steps.append(step(px - x, py - y))
        x, y = px, py
    return text + "l" + " ".join(steps).replace(" -", "-") + "z"


def shape(all_rings):
    found = sorted((r for r in all_rings if len(r) > 2), key=area, reverse=True)
    large = [r for r in found if area(r) >= SMALL] or found[:1]
    at = [0, 0]
    return "".join(path(r, at) for r in large)


def main(shapes, table):
    topology = json.load(open(shapes, encoding="utf-8"))
    known = [simplified(points) for points in arcs(topology)]
    iso3 = codes(table)
    countries = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = NAMED.get(geometry["properties"]["name"]) or iso3.get(str(geometry.get("id", "")).zfill(3), "")
        many = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        countries.setdefault(code, []).extend(r for polygon in many for indices in polygon for r in rings(indices, known))
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {360 * UNITS} {180 * UNITS}"><g id="land" stroke-linejoin="round">')
    for code, found in sorted(countries.items()):
        drawn = shape(found)
        if drawn:
            name = f' id="{code}"' if code else ""
            print(f'<path{name} vector-effect="non-scaling-stroke" d="{drawn}"/>')
    print("</g></svg>")


main(*sys.argv[1:])
