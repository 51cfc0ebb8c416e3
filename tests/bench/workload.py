#!/usr/bin/env python3
"""The neutral workload: workload.py FOLDER [--rows N] writes kb.json and profiles.jsonl.

Eight types, 25 facts, 184 rules, and any number of profiles, the same ones on
every machine: nothing but `random.Random.random` is used. A tenth of the answers
is missing, a tenth of the lines has its keys in another order, a twentieth is
spaced, and a few answers are not in the base.
"""
import argparse
import json
import pathlib
import random

ONE = {
    name: options.split()
    for name, options in {
        "membership": "open application invitation birthright purchase",
        "governance": "consensus elected founder council token_vote ad_hoc",
        "funding": "dues donation grant sales sponsor none",
        "venue": "online in_person hybrid nomadic",
        "cadence": "daily weekly monthly seasonal event_driven",
        "leadership": "single rotating shared none appointed",
        "exit_cost": "none low medium high",
        "identity": "anonymous pseudonymous real_name verified",
        "ownership": "cooperative nonprofit company individual commons state",
        "decision_speed": "hours days weeks months",
        "conflict": "moderator mediation vote court exit ignore elders",
        "scope": "neighbourhood city region nation global",
        "onboarding": "none guide mentor course ritual probation",
        "visibility": "public listed unlisted secret",
        "primary_tie": "kinship place interest practice belief cause work circumstance",
        "lifecycle": "forming growing mature declining dormant",
    }.items()
}
MANY = {
    name: options.split()
    for name, options in {
        "activities": "meetup workshop chat code_review fundraising worship trade play study protest",
        "channels": "forum mailing_list chat_app video wiki newsletter noticeboard radio",
        "benefits": "learning status income safety friendship access",
        "norms": "reciprocity secrecy meritocracy equality thrift hospitality openness loyalty craft",
    }.items()
}
CUTS = {
    "members": [12, 50, 150, 500, 2000, 10000],
    "age_years": [0.5, 1, 2.5, 5, 10, 25],
    "posts_per_day": [0.1, 1, 5, 20.5, 100, 400],
}
FLAGS = ["for_profit", "code_of_conduct"]
TYPES = "guild commune fandom movement market congregation neighbourhood practice_circle".split()
WORDS = "Blue River Makers North Harbour Repair Café Open Garden Union Night Readers Süd Köln Riders Old Mill Chess Signal Lantern".split()
SIGNS = "社区读书会绿色行动城南书院山海同学咖啡研究所青年志愿者邻里互助开源工坊音乐节"


class Dice:
    def __init__(self, seed):
        self.roll = random.Random(seed).random

    def below(self, count):
        return int(self.roll() * count)

    def one(self, things):
        return things[int(self.roll() * len(things))]

    def shuffle(self, things):
        for last in range(len(things) - 1, 0, -1):
            other = self.below(last + 1)
            things[last], things[other] = things[other], things[last]


def strength(dice):
    return dice.below(9) + 2 if dice.roll() < 0.72 else -(dice.below(8) + 1)


def on_choice(dice, facts, op):
    fact = dice.one(list(facts))
    return {"fact": fact, "op": op, "value": dice.one(facts[fact])}


def on_number(dice):
    fact = dice.one(list(CUTS))
    return {"fact": fact, "op": dice.one(["ge", "lt"]), "value": dice.one(CUTS[fact])}


def on_flag(dice):
    return {"fact": dice.one(FLAGS), "op": "eq", "value": dice.roll() < 0.5}


def part(dice):
    x = dice.roll()
    if x < 0.6:
        return on_choice(dice, ONE, "eq")
    if x < 0.8:
        return on_choice(dice, MANY, "has")
    return on_number(dice) if x < 0.93 else on_flag(dice)


def base(seed):
    dice, rules = Dice(seed), []
    simple = [
        (13, lambda: on_choice(dice, ONE, "eq")),
        (4, lambda: on_choice(dice, MANY, "has")),
        (2, lambda: on_number(dice)),
        (1, lambda: on_flag(dice)),
    ]
    for name in TYPES:
        known = set()
        for wanted, make in simple:
            while wanted:
                when = make()
                key = tuple(when.values())
                if key not in known:
                    known.add(key)
                    rules.append({"id": f"{name}.{len(known):02d}", "type": name, "points": strength(dice), "when": when})
                    wanted -= 1
        for number, kind in enumerate(("all", "all", "any"), 1):
            size, parts = 2 + dice.below(2), []
            while len(parts) < size:
                one = part(dice)
                if one["fact"] not in {other["fact"] for other in parts}:
                    parts.append(one)
            rules.append({"id": f"{name}.c{number}", "type": name, "points": strength(dice), "when": {kind: parts}})
    facts = [{"id": name, "kind": "single", "options": options} for name, options in ONE.items()]
    facts += [{"id": name, "kind": "multi", "options": options} for name, options in MANY.items()]
    facts += [{"id": name, "kind": "number"} for name in CUTS] + [{"id": name, "kind": "bool"} for name in FLAGS]
    return {"types": TYPES, "temperature": 4.342944819032518, "facts": facts, "rules": rules}


def called(dice):
    x = dice.roll()
    if x < 0.35:
        return "".join(dice.one(SIGNS) for _ in range(4 + dice.below(9)))
    name = " ".join(dice.one(WORDS) for _ in range(2 + dice.below(3)))
    if x < 0.45:
        name += "·" + "".join(dice.one(SIGNS) for _ in range(2 + dice.below(4)))
    return f'The "{name}" \\ Club\t№{dice.below(100)}' if x > 0.98 else name


def profile(dice, number, leanings):
    leaning = leanings[dice.one(TYPES)]
    found = [("id", f"c{number:08d}"), ("name", called(dice))]
    for fact, options in ONE.items():
        x = dice.roll()
        if x >= 0.09:
            value = None if x < 0.10 else "unlisted_value" if x < 0.103 else leaning[fact] if x < 0.55 else dice.one(options)
            found.append((fact, value))
    for fact, options in MANY.items():
        x = dice.roll()
        if 0.09 <= x < 0.10:
            found.append((fact, None))
        elif x >= 0.10:
            count, pool = int(dice.roll() * dice.roll() * 6), list(options)
            dice.shuffle(pool)
            first = [leaning[fact]] if x < 0.55 and leaning[fact] not in pool[:count] else []
            found.append((fact, first + pool[:count]))
    for fact in CUTS:
        x = dice.roll()
        if 0.09 <= x < 0.10:
            found.append((fact, None))
        elif x >= 0.10:
            y = dice.roll()
            exact = {"members": int(10 ** (y * 4.3)), "age_years": round(10 ** (y * 3 - 1), 1)}
            found.append((fact, exact.get(fact, round(10 ** (y * 4 - 1.5), 2))))
    for fact in FLAGS:
        x = dice.roll()
        if x >= 0.09:
            found.append((fact, None if x < 0.10 else dice.roll() < 0.5))
    if dice.roll() < 0.10:
        rest = found[1:]
        dice.shuffle(rest)
        found[1:] = rest
    x = dice.roll()
    return json.dumps(dict(found), ensure_ascii=x < 0.02, separators=(", ", ": ") if x > 0.95 else (",", ":"))


def write(folder, rows, seed=20250101):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    kb = base(seed)
    (folder / "kb.json").write_text(json.dumps(kb, indent=1) + "\n", encoding="utf-8")
    dice = Dice(seed + 1)
    leanings = {name: {fact: dice.one(options) for fact, options in (ONE | MANY).items()} for name in TYPES}
    with open(folder / "profiles.jsonl", "w", encoding="utf-8", newline="\n", buffering=1 << 20) as file:
        for number in range(rows):
            file.write(profile(dice, number, leanings) + "\n")


if __name__ == "__main__":
    args = argparse.ArgumentParser()
    args.add_argument("folder")
    args.add_argument("--rows", type=int, default=1_000_000)
    args = args.parse_args()
    write(args.folder, args.rows)
