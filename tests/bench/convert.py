#!/usr/bin/env python3
"""The neutral base as a base of qun: convert.py KB.json FOLDER

Ids become kebab-case; the names as the profiles write them become labels. The
decision is marked `unproven`, because its rules join nearly all facts at random.
"""
import json
import pathlib
import sys

LIMITS = {"members": (0, 10_000_000, 0), "age_years": (0, 1_000, 1), "posts_per_day": (0, 100_000, 2)}
SECTIONS = ("verdict", "who", "step", "sign")


def slug(name):
    return name.replace("_", "-")


def text(words):
    return f'{{ zh = "{words}", en = "{words}" }}'


def fact(one):
    name, kind = one["id"], one["kind"]
    lines = ["[[fact]]", f'id = "{slug(name)}"', 'nature = "observed"', 'source = "judgement"']
    lines += [f"{key} = {text(name)}" for key in ("label", "question", "help", "example")]
    if kind in ("single", "multi"):
        lines.append('kind = "choice"' if kind == "single" else f'kind = "choices"\nat-most = {len(one["options"])}')
        options = ",\n".join(f'  {{ id = "{slug(o)}", label = {text(o)} }}' for o in one["options"])
        lines.append(f"options = [\n{options},\n]")
    elif kind == "number":
        least, most, decimals = LIMITS[name]
        lines.append(f'kind = "number"\nmin = {least}\nmax = {most}\ndecimals = {decimals}\nunit = {text("units")}')
    else:
        lines.append('kind = "yes-no"')
    return "\n".join(lines)


def atom(rule):
    name, op, value = slug(rule["fact"]), rule["op"], rule["value"]
    if isinstance(value, bool):
        return f'{{ yes = "{name}" }}' if value else f'{{ not = {{ yes = "{name}" }} }}'
    if op in ("ge", "lt"):
        return f'{{ {"at-least" if op == "ge" else "below"} = ["{name}", {value}] }}'
    return f'{{ {"is" if op == "eq" else "has"} = ["{name}", "{slug(value)}"] }}'


def condition(rule):
    for kind in ("all", "any"):
        if kind in rule:
            return f"{{ {kind} = [{', '.join(atom(part) for part in rule[kind])}] }}"
    return atom(rule)


def candidate(kb, name):
    lines = [f"name = {text(name)}", f"summary = {text(name)}", 'source = "judgement"']
    for section in SECTIONS:
        lines.append(f'\n[text.{section}]\nzh = "{name}"\nen = "{name}"\nsource = "judgement"')
    for rule in kb["rules"]:
        if rule["type"] == name:
            points = rule["points"]
            lines.append(
                f'\n[[evidence]]\ntrait = {text(rule["id"])}\nwhen = {condition(rule["when"])}\n'
                f'strength = "{"plus" if points > 0 else "minus"}-{abs(points)}"\nsource = "judgement"'
            )
    return "\n".join(lines) + "\n"


def manifest(kb):
    points = sorted({rule["points"] for rule in kb["rules"]})
    strengths = "\n".join(f'{"plus" if p > 0 else "minus"}-{abs(p)} = {p}' for p in points)
    sections = ",\n".join(f'  {{ id = "{s}", heading = {text(s)} }}' for s in SECTIONS)
    order = ", ".join(f'"{slug(name)}"' for name in kb["types"])
    return f'''version = "1.0.0"
name = {text("Neutral")}
facts = ["all"]
opening = "{slug(kb["facts"][0]["id"])}"
floor = 1
hybrid-margin = 0
temperature = 1.0

[strengths]
{strengths}

[units]
percent = {text("%")}

[screen]
verdict = "type/verdict"
red-line = ["type/verdict"]

[[decisions]]
id = "type"
folder = "types"
keep = "leaders"
unproven = true
heading = {text("Type")}
neither = {text("neither")}
second = {text("also {name}")}
order = [{order}]
sections = [
{sections},
]
'''


def main():
    kb = json.load(open(sys.argv[1], encoding="utf-8"))
    folder = pathlib.Path(sys.argv[2])
    (folder / "facts").mkdir(parents=True, exist_ok=True)
    (folder / "types").mkdir(exist_ok=True)
    write = lambda path, words: (folder / path).write_text(words, encoding="utf-8", newline="\n")
    write("qun.toml", manifest(kb))
    write("sources.toml", f'[[document]]\nid = "neutral"\ntitle = {text("Neutral workload")}\nsections = []\n')
    write("facts/all.toml", f"name = {text('All')}\n\n" + "\n\n".join(fact(one) for one in kb["facts"]) + "\n")
    for name in kb["types"]:
        write(f"types/{slug(name)}.toml", candidate(kb, name))


main()
