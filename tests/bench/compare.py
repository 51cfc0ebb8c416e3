#!/usr/bin/env python3
"""Makes the neutral workload, has qun and every peer that is present judge it,
checks the answers against a plain reference, and prints the ratios.

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


def cpu(command, **more):
    """CPU seconds of a command, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(part) for part in command], check=True, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def holds(when, profile):
    if "all" in when:
        return all(holds(part, profile) for part in when["all"])
    if "any" in when:
        return any(holds(part, profile) for part in when["any"])
    found, wanted = profile.get(when["fact"]), when["value"]
    if found is None:
        return False
    return {"eq": lambda: found == wanted, "has": lambda: wanted in found, "ge": lambda: found >= wanted, "lt": lambda: found < wanted}[when["op"]]()


def reference(kb, profile):
    points = {name: sum(rule["points"] for rule in kb["rules"] if rule["type"] == name and holds(rule["when"], profile)) for name in kb["types"]}
    ranked = sorted(points.items(), key=lambda pair: -pair[1])
    odds = [math.exp((points - ranked[0][1]) / kb["temperature"]) for _, points in ranked]
    return [(name, points, round(one / sum(odds), 4)) for (name, points), one in zip(ranked, odds)]


def check(kb, profiles, output):
    """Order and points must be equal on every row, shares within one unit of the last place."""
    rows = 0
    with open(profiles, encoding="utf-8") as given, open(output, encoding="utf-8") as found:
        for line, verdict in zip(given, found, strict=True):
            profile, verdict = json.loads(line), json.loads(verdict)
            wanted = reference(kb, profile)
            ranked = verdict["type"]["ranked"]
            same = profile["id"] == verdict["id"] and [(one["id"].replace("-", "_"), one["points"]) for one in ranked] == [one[:2] for one in wanted]
            if not same or any(abs(one["share"] - share) > 1.0001e-4 for one, (_, _, share) in zip(ranked, wanted)):
                sys.exit(f"row {rows + 1} differs:\n{verdict}\n{wanted}")
            rows += 1
    return rows


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
    # The output is overwritten in place, as a redirect does.
    batch = [args.qun, "--kb", folder / "base", "batch", "--jobs", "1", *ASKED]

    def qun(rows=source):
        with open(folder / "out.jsonl", "wb") as out:
            return cpu([*batch, rows], stdout=out)

    qun()
    print(f"{check(kb, source, folder / 'out.jsonl')} answers equal the reference", flush=True)

    yardstick, target = HERE / "yardstick", folder / "yardstick"
    built = shutil.which("cargo") and subprocess.run(
        ["cargo", "build", "--release", "--quiet", "--manifest-path", yardstick / "Cargo.toml"],
        env=os.environ | {"CARGO_TARGET_DIR": str(target)},
    )
    table = []

    def against(name, run, rows):
        """One peer on the first `rows` profiles, in turns with qun on all of them."""
        part = source
        if rows < args.rows:
            part = folder / "part.jsonl"
            first(source, part, rows)
        pairs = []
        for _ in range(args.pairs):
            theirs = run(part) / min(rows, args.rows)
            pairs.append((theirs, qun() / args.rows))
        median = lambda values: statistics.median(values)
        theirs, ours = median(one for one, _ in pairs), median(one for _, one in pairs)
        table.append((name, theirs * 1e6, ours * 1e6, median(theirs / ours for theirs, ours in pairs)))

    if built and built.returncode == 0:
        program = target / "release" / "yardstick"
        against("sonic-rs, typed parse alone", lambda part: cpu([program, part], stderr=subprocess.DEVNULL), args.rows)
    code = "import json, sys, peers; kb, source, target = sys.argv[1:]; peers.run_duckdb(json.load(open(kb)), source, target)"
    python = os.environ | {"PYTHONPATH": str(HERE)}
    if subprocess.run([sys.executable, "-c", "import duckdb"], capture_output=True).returncode == 0:
        run = lambda part: cpu([sys.executable, "-c", code, folder / "kb.json", part, folder / "duckdb.jsonl"], env=python)
        against("DuckDB", run, min(args.rows, 200_000))
    rules = folder / "rules.js"
    rules.write_text(peers.RULES_ENGINE, encoding="utf-8")
    found = shutil.which("node") and subprocess.run(["node", "-e", "require.resolve('json-rules-engine', { paths: [process.cwd()] })"], capture_output=True)
    if found and found.returncode == 0:
        run = lambda part: cpu(["node", rules, folder / "kb.json", part, folder / "rules.jsonl"])
        against("json-rules-engine", run, min(args.rows, 2_000))

    print("| program | its µs per profile | qun's | its time in ours |\n| --- | ---: | ---: | ---: |")
    for name, theirs, ours, ratio in table:
        print(f"| {name} | {theirs:.2f} | {ours:.2f} | {ratio:.2f} |")


main()
