"""A random base that is wider than the shipped one: wide.py FOLDER [--seed N] [--block N]

Nine types, five decisions, forty facts of every kind, chains between decisions,
needs of every kind; labels with quotes, backslashes, semicolonless commas of
SQL, and Chinese. `--block` joins so many facts of twelve options in one
condition, until the base can be judged by no table.
"""
import argparse
import pathlib
import random

ODD = ["o'clock", 'a "quoted" one', "back\\slash", "dollar $1 %s", "line -- comment", "/* star */", "群主’的", "C:\\new\\", "''", "`tick`", "{brace}", "Ünïcödé"]
DECISIONS = [("type", "leaders", 9), ("mode", "leaders", 3), ("tone", "leaders", 4), ("channel", "all", 12), ("play", "all", 6)]


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def label(dice, name, number):
    """A label in two languages that no other has, with something odd in it."""
    odd = dice.choice(ODD)
    return f"{{ zh = {quoted(f'{name}号{number}{odd}')}, en = {quoted(f'{name} {number} {odd}')} }}"


def fact(dice, number, wide):
    name = f"fact-{number}"
    lines = ["[[fact]]", f'id = "{name}"', f'nature = "{dice.choice(["observed", "stated"])}"', 'source = "judgement"']
    lines += [f"{key} = {label(dice, key, number)}" for key in ("label", "question", "help", "example")]
    kind = "choice" if wide else dice.choice(["choice", "choice", "choices", "number", "yes-no"])
    lines.append(f'kind = "{kind}"')
    options = []
    if kind in ("choice", "choices"):
        count = 12 if wide else dice.randint(2, 6)
        options = [f"option-{one}" for one in range(count)]
        told = [f'  {{ id = "{one}", label = {label(dice, f"选{number}", at)} }},' for at, one in enumerate(options)]
        if kind == "choices":
            lines.append(f"at-most = {count}")
            told.append('  { id = "none", label = { zh = "都没有", en = "None of these" } },')
        lines.append("options = [\n" + "\n".join(told) + "\n]")
    elif kind == "number":
        lines.append(f"min = 0\nmax = 5000\ndecimals = {dice.randint(0, 3)}\nunit = {{ zh = \"个\", en = \"units\" }}")
    return (name, kind, options), "\n".join(lines)


def atom(dice, facts):
    name, kind, options = dice.choice(facts)
    if kind == "yes-no":
        return f'{{ yes = "{name}" }}'
    if kind == "number":
        return f'{{ {dice.choice(["at-least", "below"])} = ["{name}", {dice.choice([200, 1000, 2500])}] }}'
    some = dice.sample(options, dice.randint(1, min(2, len(options))))
    return f'{{ {"is" if kind == "choice" else "has"} = ["{name}", [{", ".join(quoted(one) for one in some)}]] }}'


def condition(dice, facts, earlier):
    roll = dice.random()
    if earlier and roll < 0.15:
        decision, names = dice.choice(earlier)
        return f'{{ chosen = ["{decision}", "{dice.choice(names)}"] }}'
    if roll < 0.3:
        parts = [atom(dice, facts), f"{{ not = {atom(dice, facts)} }}"]
        return f'{{ {dice.choice(["all", "any"])} = [{", ".join(parts)}] }}'
    return f"{{ not = {atom(dice, facts)} }}" if roll < 0.4 else atom(dice, facts)


def candidate(dice, decision, keep, number, facts, earlier, wide):
    lines = [f"name = {label(dice, decision, number)}", f"summary = {label(dice, decision, number)}", 'source = "judgement"']
    if decision == "type":
        lines += ["[text.verdict]", 'zh = "就是这种。"', 'en = "It is this one."', 'source = "judgement"']
    conditions = [condition(dice, facts, earlier) for _ in range(dice.randint(6, 14))]
    if wide and number == 0 and decision == "type":
        conditions.append("{ all = [" + ", ".join(f'{{ is = ["fact-{one}", "option-0"] }}' for one in range(wide)) + "] }")
    for at, when in enumerate(conditions):
        strength = dice.choice(["strong", "clear", "slight", "against", "strong-against"])
        lines += ["[[evidence]]", f"trait = {label(dice, 'trait', at)}", f"when = {when}", f'strength = "{strength}"', 'source = "judgement"']
    if keep == "all":
        for at in range(dice.randint(0, 3)):
            more = dice.choice(["", "law = true", "fixed = true"])
            lines += ["[[need]]", f"lacks = {label(dice, 'need', at)}", f"when = {condition(dice, facts, [])}", 'source = "judgement"', more]
    return "\n".join(lines) + "\n"


def write(folder, seed, wide=0):
    dice = random.Random(seed)
    (folder / "facts").mkdir(parents=True, exist_ok=True)
    made = [fact(dice, number, number < wide) for number in range(40)]
    facts = [one for one, _ in made]
    put = lambda path, text: (folder / path).write_text(text, encoding="utf-8", newline="\n")
    put("facts/all.toml", 'name = { zh = "全部", en = "All" }\n\n' + "\n\n".join(text for _, text in made) + "\n")
    put("sources.toml", '[[document]]\nid = "none"\ntitle = { zh = "无", en = "None" }\nsections = []\n')
    manifest = [
        'version = "1.0.0"', 'name = { zh = "宽", en = "Wide" }', 'facts = ["all"]', 'opening = "fact-0"',
        "floor = 5", "hybrid-margin = 4", "temperature = 2.5",
        "[strengths]", "strong = 9", "clear = 5", "slight = 2", "against = -4", "strong-against = -9",
        "[units]", 'percent = { zh = "%", en = "%" }',
        "[screen]", 'verdict = "type/verdict"', 'red-line = ["type/verdict"]',
    ]
    earlier = []
    for decision, keep, count in DECISIONS:
        (folder / decision).mkdir(exist_ok=True)
        names = [f"{decision}-{number}" for number in range(count)]
        for number, name in enumerate(names):
            put(f"{decision}/{name}.toml", candidate(dice, decision, keep, number, facts, earlier, wide))
        manifest += ["[[decisions]]", f'id = "{decision}"', f'folder = "{decision}"', f'keep = "{keep}"', "unproven = true", f"heading = {label(dice, decision, 99)}"]
        if keep == "leaders":
            manifest += ['neither = { zh = "看不出。", en = "None is clear." }', 'second = { zh = "也像{name}。", en = "Also {name}." }']
            earlier.append((decision, names))
        if decision == "type":
            manifest.append('sections = [{ id = "verdict", heading = { zh = "结论", en = "Verdict" } }]')
    put("qun.toml", "\n".join(manifest) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--block", type=int, default=0)
    args = parser.parse_args()
    write(args.folder, args.seed, args.block)


if __name__ == "__main__":
    main()
