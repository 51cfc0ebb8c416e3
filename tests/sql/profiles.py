"""The facts of a base, and random profiles of them.

A profile leaves facts out, says "don't know", gives one option or several or
`none`, by id or by the label of either language. Most numbers stand on a bound of
the base or next to it, and most profiles answer as one or two candidates would
have it, so that many come close to floors and margins.
"""
import json
import pathlib
import random
import tomllib


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def names(one):
    """Every spelling of an option: its id, its Chinese and its English label."""
    return [one["id"], one["label"]["zh"], one["label"]["en"]]


def conditions(value, key=None):
    """Every single condition in a file, as its key and its fact and the rest."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from conditions(inner, name)
    elif key in ("is", "has", "at-least", "below"):
        yield key, value
    elif isinstance(value, list):
        for inner in value:
            yield from conditions(inner)


class Base:
    """What a folder with a base says of its facts and decisions."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.manifest = read(folder / "qun.toml")
        self.decisions = []
        candidates = {}
        # Per leader decision and candidate: the options that speak for it, by fact.
        self.sides = []
        for decision in self.manifest["decisions"]:
            files = {path.stem: read(path) for path in sorted((folder / decision["folder"]).glob("*.toml"))}
            order = [one for one in decision.get("order", sorted(files))]
            candidates[decision["id"]] = [{"id": one, "label": files[one]["name"]} for one in order]
            self.decisions.append((decision["id"], decision["keep"], order))
            if decision["keep"] == "leaders":
                self.sides.append([self.side(files[one]) for one in order])
        # Per fact of numbers: what conditions compare it with.
        self.bounds = {}
        for path in sorted(folder.rglob("*.toml")):
            for key, (fact, bound) in conditions(read(path)):
                if key in ("at-least", "below"):
                    self.bounds.setdefault(fact, set()).add(bound)
        self.facts = []
        for group in self.manifest["facts"]:
            for fact in read(folder / "facts" / f"{group}.toml").get("fact", []):
                options = fact.get("options", [])
                if "options-of" in fact:
                    none = {"id": "none", "label": {"zh": "都没有", "en": "None of these"}}
                    options = candidates[fact["options-of"]] + [none]
                self.facts.append({**fact, "options": [names(one) for one in options]})
        path = folder / "clashes.toml"
        self.clashes = [one["id"] for one in read(path).get("clash", [])] if path.exists() else []

    def side(self, candidate):
        """The options that speak for a candidate."""
        found = {}
        for line in candidate.get("evidence", []):
            if self.manifest["strengths"][line["strength"]] > 0 and "not" not in line["when"]:
                for key, (fact, options) in conditions(line["when"]):
                    if key in ("is", "has"):
                        found.setdefault(fact, set()).update([options] if isinstance(options, str) else options)
        return found


def number(dice, fact, bounds):
    """A number that a fact takes: on a bound, one step beside it, or anywhere."""
    scale = 10 ** fact.get("decimals", 0)
    least, most = round(fact["min"] * scale), round(fact["max"] * scale)
    if bounds and dice.random() < 0.7:
        found = round(dice.choice(bounds) * scale) + dice.choice((-1, 0, 1))
    else:
        found = dice.randint(least, min(most, least + 5_000) if dice.random() < 0.6 else most)
    found = max(least, min(most, found))
    return found if scale == 1 else found / scale


def answer(dice, fact, bounds, wanted):
    """A random answer to a fact, as a profile writes it; of the wanted options if there are any."""
    kind = fact["kind"]
    if kind == "yes-no":
        return dice.random() < 0.5
    if kind == "number":
        return number(dice, fact, bounds)
    written = lambda option: option[0] if dice.random() < 0.6 else dice.choice(option[1:])
    liked = [one for one in fact["options"] if one[0] in wanted]
    if kind == "choice":
        return written(dice.choice(liked or fact["options"]))
    if liked:
        most = min(fact.get("at-most", len(fact["options"])), len(liked))
        chosen = dice.sample(liked, dice.randint(1, most))
        if len(chosen) == 1 or all(one[0] != "none" for one in chosen):
            return [written(one) for one in chosen]
    none = [one for one in fact["options"] if one[0] == "none"]
    if none and dice.random() < 0.1:
        return [written(none[0])]
    others = [one for one in fact["options"] if one[0] != "none"]
    most = min(fact.get("at-most", len(fact["options"])), len(others))
    return [written(one) for one in dice.sample(others, dice.randint(1, most))]


def profiles(base, rows, seed):
    """So many profiles, from nearly nothing known to nearly all."""
    dice = random.Random(seed)
    bounds = {fact: sorted(some) for fact, some in base.bounds.items()}
    for row in range(rows):
        found = {"id": str(row)}
        known, leaning, first, sides = dice.random(), max(dice.random(), dice.random()), dice.random(), []
        if base.sides and dice.random() < 0.6:
            sides = dice.choice(base.sides)
            sides = dice.sample(sides, min(len(sides), dice.randint(1, 2)))
            known **= 0.25
        for fact in base.facts:
            roll = dice.random()
            if roll < known:
                side = sides[0 if dice.random() < first else -1] if sides and dice.random() < leaning else {}
                found[fact["id"]] = answer(dice, fact, bounds.get(fact["id"]), side.get(fact["id"], ()))
            elif roll > 0.99:
                found[fact["id"]] = None
            elif roll > 0.98 and fact["kind"] == "choice":
                found[fact["id"]] = "?"
        yield found


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
