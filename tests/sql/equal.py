#!/usr/bin/env python3
"""Every engine gives what `qun batch` gives.

equal.py [--base DIR] [--rows N] [--seed S] [--engines duckdb,datafusion] [--profiles FILE]

Makes random profiles of a base (or takes a file whose keys are ids of facts),
judges them with `qun batch` and with the exported statement on each engine, and
compares every column: whole numbers, names and truths must be equal, shares must
be within 1e-9 of the exact ones and round to those of `qun batch`. What is said
and seen and the clashes are compared on the first rows with `--detail full`.
"""
import argparse
import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import profiles
from engines import ENGINES, process

HERE = pathlib.Path(__file__).resolve().parent
READINESS = ["never", "stop", "mend", "keep", "in-place", "open", "confirm", "later", "drop"]
NEAR = 1e-9
LOAD = "jsonl"


def snake(name):
    return name.replace("-", "_")


def run(*command, out=None):
    """Runs a program, tells its seconds and CPU seconds, and stops at a failure."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    found = subprocess.run([str(one) for one in command], stdout=out or subprocess.PIPE, text=out is None, encoding="utf-8" if out is None else None, stderr=subprocess.PIPE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if found.returncode:
        sys.stderr.write(found.stderr if out is None else found.stderr.decode())
        sys.exit(f"{' '.join(map(str, command))} ended with {found.returncode}")
    return found.stdout, time.monotonic() - start, cpu


def watched(*command):
    """What a program takes that writes to nowhere; its peak as seen fifty times a second."""
    start, peak = time.monotonic(), 0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(os.devnull, "wb") as out:
        running = subprocess.Popen([str(one) for one in command], stdout=out, stderr=out)
        while running.poll() is None:
            try:
                peak = max(peak, process(running.pid)[1])
            except (OSError, IndexError):
                pass
            time.sleep(0.02)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert running.returncode == 0, command
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": time.monotonic() - start, "cpu": cpu, "peak_mb": peak}


class Expected:
    """What `qun batch` says, as a column per column of the statement."""

    def __init__(self, base, rows):
        self.whole, self.names, self.shares = {}, {}, {}
        self.place = {}
        for decision, keep, order in base.decisions:
            at = {one: number for number, one in enumerate(order)}
            points = np.zeros((rows, len(order)), np.int32)
            if keep == "leaders":
                chosen = np.full((rows, 2), -1, np.int16)
                margin = np.full(rows, -1, np.int32)
                shares = np.zeros((rows, len(order)))
                self.place[decision] = (keep, at, points, chosen, margin, shares)
                self.names[snake(decision)] = (chosen[:, 0], order)
                self.names[f"{snake(decision)}_second"] = (chosen[:, 1], order)
                self.whole[f"{snake(decision)}_margin"] = margin
                for number, one in enumerate(order):
                    self.shares[f"{snake(decision)}_share_{snake(one)}"] = (shares[:, number], points, number)
            else:
                stands = np.zeros((rows, len(order)), np.int16)
                self.place[decision] = (keep, at, points, stands)
                for number, one in enumerate(order):
                    self.names[f"{snake(decision)}_readiness_{snake(one)}"] = (stands[:, number], READINESS)
            for number, one in enumerate(order):
                self.whole[f"{snake(decision)}_points_{snake(one)}"] = points[:, number]

    def take(self, row, verdict):
        for decision, place in self.place.items():
            found = verdict[decision]
            at, points = place[1], place[2]
            for one in found["ranked"]:
                points[row, at[one["id"]]] = one["points"]
            if place[0] == "leaders":
                for number, one in enumerate(found["chosen"]):
                    place[3][row, number] = at[one]
                if found["margin"] is not None:
                    place[4][row] = found["margin"]
                for one in found["ranked"]:
                    place[5][row, at[one["id"]]] = one["share"]
            else:
                for number, readiness in enumerate(READINESS):
                    for one in found.get(readiness, ()):
                        place[3][row, at[one]] = number


def expected(args, base, path, rows, work):
    verdicts = work / "verdicts.jsonl"
    brief = ["batch", path, "--kb", args.base, "--quiet", "--unknown-values", "unknown"]
    used = watched(args.qun, *brief, "--jobs", "1")
    with open(verdicts, "wb") as out:
        run(args.qun, *brief, "--detail", "ranked", out=out)
    wanted = Expected(base, rows)
    row = 0
    with open(verdicts, encoding="utf-8") as file:
        for row, line in enumerate(file, 1):
            wanted.take(row - 1, json.loads(line))
    assert row == rows, f"qun batch judged {row} of {rows} rows"
    verdicts.unlink()
    return wanted, used


def details(args, base, path, work):
    """Gap and clashes of the first rows, as `advise` tells them."""
    some = work / "some.jsonl"
    with open(path, encoding="utf-8") as file, open(some, "w", encoding="utf-8") as out:
        out.writelines(line for line, _ in zip(file, range(args.full)))
    text, _, _ = run(args.qun, "batch", some, "--kb", args.base, "--quiet", "--unknown-values", "unknown", "--detail", "full")
    return [json.loads(line) for line in text.splitlines()]


def compare(base, wanted, full, table):
    """How many values of which columns differ."""
    order = np.argsort(pc.cast(table["id"], "int64").to_numpy())
    faults = {}

    def note(name, wrong):
        count = int(np.count_nonzero(wrong))
        if count:
            faults[name] = (count, int(np.argmax(wrong)))

    column = lambda name: table[name].combine_chunks().take(order)
    for name, worth in wanted.whole.items():
        note(name, pc.fill_null(pc.cast(column(name), "int64"), -1).to_numpy() != worth)
    for name, (worth, names) in wanted.names.items():
        found = pc.cast(column(name), "string")
        codes = pc.fill_null(pc.index_in(found, value_set=pa.array(names)), -1).to_numpy()
        codes = np.where(pc.is_valid(found).to_numpy(zero_copy_only=False) & (codes < 0), -2, codes)
        note(name, codes != worth)
    exact = {}
    for name, (rounded, points, number) in wanted.shares.items():
        if id(points) not in exact:
            weights = np.exp((points - points.max(axis=1, keepdims=True)) * (np.log(10) / 10 / base.manifest["temperature"]))
            exact[id(points)] = weights / weights.sum(axis=1, keepdims=True)
        found = pc.cast(column(name), "float64").to_numpy()
        note(name, ~(np.abs(found - exact[id(points)][:, number]) <= NEAR))
        note(name + " rounded", ~(np.abs(found - rounded) <= 0.00005 + NEAR))
    for decision, keep, _ in base.decisions:
        if keep == "leaders":
            for side in ("stated", "observed"):
                found = column(f"{snake(decision)}_{side}").slice(0, len(full)).to_pylist()
                apart = lambda one: one["gap"] and one["gap"][side] if (one["gap"] or {}).get("decision") == decision else None
                earlier = [d for d, k, _ in base.decisions[: [d for d, _, _ in base.decisions].index(decision)] if k == "leaders"]
                hidden = lambda one: (one["gap"] or {}).get("decision") in earlier
                note(f"{decision} {side}", np.array([not hidden(one) and have != apart(one) for have, one in zip(found, full)]))
    for clash in base.clashes:
        found = column(f"clash_{snake(clash)}").slice(0, len(full)).to_pylist()
        has = [any(one["id"] == clash for one in row["clashes"]) for row in full]
        note(f"clash {clash}", np.array([bool(a) != b for a, b in zip(found, has)]))
    return faults


def export(args, folder, dialect, path):
    folder.mkdir()
    sql = [args.qun, "export", "sql", "--kb", args.base, "--dialect", dialect]
    run(*sql, "--output", folder / "statement.sql")
    run(*sql, "--load", LOAD, "--file", path, "--output", folder / "load.sql")
    ddl, _, _ = run(*sql, "--table")
    (folder / "table.sql").write_text(ddl, encoding="utf-8")
    if args.damage:
        statement = folder / "statement.sql"
        text = statement.read_text(encoding="utf-8")
        old, new = args.damage.split("=>")
        assert old in text, f"the statement has no {old}"
        statement.write_text(text.replace(old, new), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--qun", default=HERE.parents[1] / "target/release/qun")
    parser.add_argument("--base", default=HERE.parents[1] / "data")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--full", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--engines", default="duckdb,datafusion")
    parser.add_argument("--profiles", help="a file of profiles instead of random ones")
    parser.add_argument("--damage", help="OLD=>NEW: changes the statements, to see that it is noticed")
    parser.add_argument("--keep", help="a folder for all that is made")
    args = parser.parse_args()
    work = pathlib.Path(args.keep or tempfile.mkdtemp(prefix="qun-sql-"))
    work.mkdir(exist_ok=True)
    work.chmod(0o755)
    base = profiles.Base(args.base)
    path = work / "profiles.jsonl"
    if args.profiles:
        shutil.copy(args.profiles, path)
        rows = sum(1 for _ in open(path, "rb"))
        print(f"profiles of {args.profiles}")
    else:
        rows = args.rows
        print(f"seed {args.seed}", flush=True)
        profiles.write(path, profiles.profiles(base, rows, args.seed))
    wanted, used = expected(args, base, path, rows, work)
    full = details(args, base, path, work) if args.full else []
    print(f"| engine | rows | columns | values that differ | seconds | CPU µs per profile | peak MB |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    print(f"| qun batch, one thread | {rows:,} | | | {used['seconds']:.2f} | {used['cpu'] / rows * 1e6:.2f} | {used['peak_mb']:,} |", flush=True)
    bad = False
    for engine in args.engines.split(","):
        folder = work / engine
        shutil.rmtree(folder, ignore_errors=True)
        export(args, folder, engine, path)
        text, _, _ = run(sys.executable, HERE / "engines.py", engine, folder)
        used = json.loads(text.splitlines()[-1])
        table = pq.read_table(folder / "result.parquet")
        faults = compare(base, wanted, full, table)
        count = sum(count for count, _ in faults.values())
        bad |= count > 0 or table.num_rows != rows
        print(f"| {engine} | {table.num_rows:,} | {table.num_columns} | {count:,} | {used['seconds']:.2f} | {used['cpu'] / rows * 1e6:.2f} | {used['peak_mb']:,} |", flush=True)
        for name, (count, row) in list(faults.items())[:5]:
            print(f"  {name}: {count} differ, the first in row {row}")
    if not args.keep:
        shutil.rmtree(work, ignore_errors=True)
    print("0 passed, 1 failed" if bad else "1 passed, 0 failed")
    sys.exit(bad)


if __name__ == "__main__":
    main()
