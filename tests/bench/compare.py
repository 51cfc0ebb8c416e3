#!/usr/bin/env python3
"""Makes the neutral workload, has qun and every peer that is present judge it,
checks the answers of all of them against a plain reference, and prints the ratios.

    python3 tests/bench/compare.py FOLDER [--qun target/release/qun] [--rows 1000000] [--pairs 5]

Times are CPU seconds of the whole process, measured in turns (A B A B …); the
ratio is the median of the pairs. A peer is present if Python finds `duckdb`, or
node finds `json-rules-engine` from the current folder; the yardstick, a typed
parse that does nothing else, is built if there is a network.
"""
import argparse
import json
import math
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys

import peers
import workload

HERE = pathlib.Path(__file__).resolve().parent
ASKED = ["--decisions", "type", "--detail", "ranked", "--ignore-unknown", "--unknown-values", "unknown", "--quiet"]
# On how many rows the answers of a peer are checked.
SAMPLE = 20_000


def cpu(command, **more):
    """CPU seconds of a command, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(part) for part in command], check=True, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def held(when):
    """A condition of the neutral base as a function of a profile; a fact without an answer holds nothing."""
    for kind, join in (("all", all), ("any", any)):
        if kind in when:
            parts = [held(part) for part in when[kind]]
            return lambda profile: join([part(profile) for part in parts])
    fact, wanted = when["fact"], when["value"]
    tests = {
        "eq": lambda found: found == wanted,
        "has": lambda found: wanted in found,
        "ge": lambda found: found >= wanted,
        "lt": lambda found: found < wanted,
    }
    test = tests[when["op"]]
    return lambda profile: (found := profile.get(fact)) is not None and test(found)


class Reference:
    """The answers as plainly as they can be worked out."""

    def __init__(self, kb):
        rules = [(rule["type"], rule["points"], held(rule["when"])) for rule in kb["rules"]]
        self.types = [(name, [(points, when) for of, points, when in rules if of == name]) for name in kb["types"]]
        self.temperature = kb["temperature"]

    def ranked(self, profile):
        """Type, points and share, best first."""
        points = [(name, sum([points for points, when in rules if when(profile)])) for name, rules in self.types]
        points.sort(key=lambda pair: -pair[1])
        odds = [math.exp((one - points[0][1]) / self.temperature) for _, one in points]
        return [(name, one, round(odd / sum(odds), 4)) for (name, one), odd in zip(points, odds)]


def of_qun(verdict):
    return [(one["id"].replace("-", "_"), one["points"], one["share"]) for one in verdict["type"]["ranked"]]


def of_peer(verdict):
    return [(one["type"], one["points"], one["p"]) for one in verdict["ranked"]]


def check(reference, profiles, output, ranked, most=None):
    """Order and points must be equal on every row (or on the first `most`), shares
    within one unit of the last place; there must be a line for every row."""
    rows = 0
    with open(profiles, encoding="utf-8") as given, open(output, encoding="utf-8") as found:
        for line, verdict in zip(given, found, strict=True):
            rows += 1
            if most is not None and rows > most:
                continue
            profile, verdict = json.loads(line), json.loads(verdict)
            theirs, wanted = ranked(verdict), reference.ranked(profile)
            same = profile["id"] == verdict["id"] and [one[:2] for one in theirs] == [one[:2] for one in wanted]
            if not same or any(abs(one[2] - other[2]) > 1.0001e-4 for one, other in zip(theirs, wanted)):
                sys.exit(f"{output}, row {rows} differs:\n{verdict}\n{wanted}")
    return min(rows, rows if most is None else most)


def first(source, target, rows):
    with open(source, "rb") as lines, open(target, "wb") as out:
        out.writelines(line for line, _ in zip(lines, range(rows)))


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("folder", type=pathlib.Path)
    args.add_argument("--qun", default=HERE.parents[1] / "target" / "release" / "qun")
    args.add_argument("--rows", type=int, default=1_000_000)
    args.add_argument("--pairs", type=int, default=5)
    args = args.parse_args()
    folder, source = args.folder, args.folder / "profiles.jsonl"
    workload.write(folder, args.rows)
    kb = json.loads((folder / "kb.json").read_text(encoding="utf-8"))
    subprocess.run([sys.executable, HERE / "convert.py", folder / "kb.json", folder / "base"], check=True)
    batch = [args.qun, "--kb", folder / "base", "batch", "--jobs", "1", *ASKED]

    def qun(output=folder / "out.jsonl"):
        with open(output, "wb") as out:
            return cpu([*batch, source], stdout=out)

    reference = Reference(kb)
    qun()
    print(f"qun: {check(reference, source, folder / 'out.jsonl', of_qun)} answers equal the reference", flush=True)

    yardstick, target = HERE / "yardstick", folder / "yardstick"
    built = shutil.which("cargo") and subprocess.run(
        ["cargo", "build", "--release", "--quiet", "--manifest-path", yardstick / "Cargo.toml"],
        env=os.environ | {"CARGO_TARGET_DIR": str(target)},
    )
    table = []

    def against(name, run, rows, output=None, ours_to=folder / "out.jsonl"):
        """One peer on the first `rows` profiles, in turns with qun on all of them."""
        part = source
        if rows < args.rows:
            part = folder / "part.jsonl"
            first(source, part, rows)
        pairs = []
        for _ in range(args.pairs):
            theirs = run(part) / min(rows, args.rows)
            pairs.append((theirs, qun(ours_to) / args.rows))
        if output:
            print(f"{name}: {check(reference, part, output, of_peer, SAMPLE)} answers equal the reference", flush=True)
        theirs, ours = (statistics.median(pair[place] for pair in pairs) for place in (0, 1))
        ratios = [theirs / ours for theirs, ours in pairs]
        table.append((name, rows, theirs * 1e6, ours * 1e6, statistics.median(ratios), min(ratios), max(ratios)))

    if built and built.returncode == 0:
        program = target / "release" / "yardstick"
        parse = lambda part: cpu([program, part], stderr=subprocess.DEVNULL)
        against("sonic-rs, typed parse alone", parse, args.rows)
        # It writes nothing; this is how far the writing itself, by the system, makes the difference.
        against("the same, and qun's lines thrown away", parse, args.rows, ours_to=os.devnull)
    found = subprocess.run([sys.executable, "-c", "import duckdb; print(duckdb.__version__)"], capture_output=True, text=True)
    if found.returncode == 0:
        output = folder / "duckdb.jsonl"
        code = "import json, sys, peers; kb, source, target = sys.argv[1:]; peers.run_duckdb(json.load(open(kb)), source, target)"
        python = os.environ | {"PYTHONPATH": str(HERE)}
        run = lambda part: cpu([sys.executable, "-c", code, folder / "kb.json", part, output], env=python)
        against(f"DuckDB {found.stdout.strip()}", run, args.rows, output)
    rules, output = folder / "rules.js", folder / "rules.jsonl"
    rules.write_text(peers.RULES_ENGINE, encoding="utf-8")
    asked = "console.log(require(require.resolve('json-rules-engine/package.json', { paths: [process.cwd()] })).version)"
    found = subprocess.run(["node", "-e", asked], capture_output=True, text=True) if shutil.which("node") else None
    if found and found.returncode == 0:
        run = lambda part: cpu(["node", rules, folder / "kb.json", part, output])
        against(f"json-rules-engine {found.stdout.strip()}", run, min(args.rows, 2_000), output)

    print("| program | profiles | its µs per profile | qun's | times ours | least and most |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, rows, theirs, ours, ratio, least, most in table:
        print(f"| {name} | {rows:,} | {theirs:.2f} | {ours:.2f} | {ratio:.2f} | {least:.2f}–{most:.2f} |")


if __name__ == "__main__":
    main()
