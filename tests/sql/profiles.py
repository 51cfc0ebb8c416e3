"""The facts of a base, and random profiles of them.

A profile leaves facts out, says "don't know", gives one option or several or
`none`, by id or by the label of either language.
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


class Base:
    """What a folder with a base says of its facts and decisions."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.manifest = read(folder / "qun.toml")
        self.decisions = []
        candidates = {}
        for decision in self.manifest["decisions"]:
            files = {path.stem: read(path) for path in sorted((folder / decision["folder"]).glob("*.toml"))}
            order = [one for one in decision.get("order", sorted(files))]
            candidates[decision["id"]] = [{"id": one, "label": files[one]["name"]} for one in order]
            self.decisions.append((decision["id"], decision["keep"], order))
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


def answer(dice, fact):
    """A random answer to a fact, as a profile writes it."""
    kind = fact["kind"]
    if kind == "yes-no":
        return dice.random() < 0.5
    if kind == "number":
        digits = fact.get("decimals", 0)
        least, most = fact["min"] * 10**digits, fact["max"] * 10**digits
        near = min(most, least + 5_000) if dice.random() < 0.6 else most
        number = dice.randint(int(least), int(near))
        return number if digits == 0 else number / 10**digits
    written = lambda option: option[0] if dice.random() < 0.6 else dice.choice(option[1:])
    if kind == "choice":
        return written(dice.choice(fact["options"]))
    none = [one for one in fact["options"] if one[0] == "none"]
    if none and dice.random() < 0.1:
        return [written(none[0])]
    others = [one for one in fact["options"] if one[0] != "none"]
    most = min(fact.get("at-most", len(fact["options"])), len(others))
    return [written(one) for one in dice.sample(others, dice.randint(1, most))]


def profiles(base, rows, seed):
    """So many profiles, from nearly nothing known to nearly all."""
    dice = random.Random(seed)
    for row in range(rows):
        found = {"id": str(row)}
        known = dice.random()
        for fact in base.facts:
            roll = dice.random()
            if roll < known:
                found[fact["id"]] = answer(dice, fact)
            elif roll > 0.99:
                found[fact["id"]] = None
            elif roll > 0.98 and fact["kind"] == "choice":
                found[fact["id"]] = "?"
        yield found


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
