#!/usr/bin/env python3
"""Holds `qun batch` to its promises where things go wrong or go on for long:

    python3 tests/bench/endure.py FOLDER [--qun target/release/qun] [--rows 10000000] [--kills 100]

- killed at random moments, `--output` holds the old file or the whole new one, and
  the next run leaves no draft of theirs behind;
- interrupted at random moments, stdout ends on a whole line and the status is 130;
- a full disk is told, with status 2, and leaves no part of a file;
- ten million rows through a pipe take no more memory than ten thousand, and the
  first verdict is out long before the input ends.

Prints what it saw; the status is 1 if a promise was broken. Needs a Unix system.
"""
import argparse
import hashlib
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import threading
import time

import workload

HERE = pathlib.Path(__file__).resolve().parent
ASKED = ["--decisions", "type", "--detail", "ranked", "--ignore-unknown", "--unknown-values", "unknown", "--quiet"]
# How many profiles are made; longer inputs repeat them.
MADE = 100_000
# How much more memory a thousand times the rows may take, in KiB.
SLACK = 2_048

broken = []


def promise(kept, words):
    print(("kept   " if kept else "BROKEN ") + words, flush=True)
    if not kept:
        broken.append(words)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def drafts(folder):
    return [name for name in os.listdir(folder) if name.startswith(".qun-")]


def kills(batch, source, folder, times, dice):
    """SIGKILL, anywhere from the start of a run to behind its end."""
    place = folder / "kills"
    place.mkdir(exist_ok=True)
    output = place / "out.jsonl"
    for name in drafts(place):
        (place / name).unlink()
    command = [*batch, "--output", output, source]
    begin = time.monotonic()
    subprocess.run(command, check=True)
    whole, new = time.monotonic() - begin, digest(output)
    output.write_text("old\n")
    old = digest(output)
    seen = {"old": 0, "new": 0, "broken": 0}
    most = 0
    for _ in range(times):
        output.write_text("old\n")
        process = subprocess.Popen(command)
        time.sleep(dice.uniform(0, whole * 1.5))
        process.kill()
        process.wait()
        found = digest(output)
        seen["old" if found == old else "new" if found == new else "broken"] += 1
        most = max(most, len(drafts(place)))
    promise(seen["broken"] == 0, f"killed {times} times within {whole:.2f} s: {seen['old']} old, {seen['new']} new, {seen['broken']} broken files")
    subprocess.run(command, check=True)
    promise(digest(output) == new and not drafts(place) and most <= 1, f"at most {most} drafts at a time, {len(drafts(place))} left by the run after the last kill")


def interruptions(batch, source, folder, times, dice):
    """SIGINT, to stdout; each line must be whole, and the lines those of a run that was left alone."""
    whole = subprocess.run([*batch, source], stdout=subprocess.PIPE, check=True).stdout
    lines = parts = 0
    statuses = set()
    for _ in range(times):
        process = subprocess.Popen([*batch, source], stdout=subprocess.PIPE)
        left = dice.randrange(1, len(whole) * 3 // 4)
        taken = []
        while left > 0 and (some := process.stdout.read1(min(left, 1 << 16))):
            taken.append(some)
            left -= len(some)
        process.send_signal(signal.SIGINT)
        taken = b"".join(taken) + process.stdout.read()
        statuses.add(process.wait())
        lines += taken.count(b"\n")
        parts += not (taken.endswith(b"\n") and whole.startswith(taken))
    promise(parts == 0 and statuses == {130}, f"interrupted {times} times: {lines} lines, {parts} outputs with a part of one, status {statuses}")


def full_disks(batch, source, folder):
    """/dev/full, as a file and as stdout; then a file that may not grow beyond 1 MB."""
    for name, more, out in (("--output /dev/full", ["--output", "/dev/full"], None), ("stdout on /dev/full", [], "/dev/full")):
        with open(out or os.devnull, "wb") as stdout:
            found = subprocess.run([*batch, *more, source], stdout=stdout, stderr=subprocess.PIPE, text=True)
        promise(found.returncode == 2 and found.stderr.count("\n") == 1, f"{name}: status {found.returncode}, {found.stderr.strip()!r}")
    place = folder / "full"
    place.mkdir(exist_ok=True)
    output = place / "out.jsonl"
    output.write_text("old\n")

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    found = subprocess.run([*batch, "--output", output, source], stderr=subprocess.PIPE, text=True, preexec_fn=small)
    kept = found.returncode == 2 and output.read_text() == "old\n" and os.listdir(place) == ["out.jsonl"]
    promise(kept, f"a file that may not grow: status {found.returncode}, {found.stderr.strip()!r}, the folder has {os.listdir(place)}")


def peak(process):
    """The most memory so far, in KiB."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def piped(batch, rows, source):
    """So many rows through a pipe: peak memory, when the first verdict came, when the input ended, verdicts."""
    lines = source.read_bytes()
    ends = {}
    process = subprocess.Popen(batch, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    begin = time.monotonic()

    def feed():
        for _ in range(rows // MADE):
            process.stdin.write(lines)
        some = rows % MADE
        process.stdin.write(b"".join(lines.splitlines(keepends=True)[:some]) if some else b"")
        process.stdin.flush()
        ends["input"] = time.monotonic() - begin
        ends["peak"] = peak(process)
        process.stdin.close()

    feeder = threading.Thread(target=feed)
    feeder.start()
    count = 0
    while some := process.stdout.read1(1 << 20):
        ends.setdefault("first", time.monotonic() - begin)
        count += some.count(b"\n")
    feeder.join()
    return process.wait(), ends["peak"], ends["first"], ends["input"], count


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("folder", type=pathlib.Path)
    args.add_argument("--qun", default=HERE.parents[1] / "target" / "release" / "qun")
    args.add_argument("--rows", type=int, default=10_000_000)
    args.add_argument("--kills", type=int, default=100)
    args.add_argument("--seed", type=int, default=1)
    args = args.parse_args()
    folder, dice = args.folder, random.Random(args.seed)
    workload.write(folder, MADE)
    subprocess.run([sys.executable, HERE / "convert.py", folder / "kb.json", folder / "base"], check=True)
    source = folder / "profiles.jsonl"
    batch = [str(args.qun), "--lang", "en", "--kb", folder / "base", "batch", *ASKED]

    kills(batch, source, folder, args.kills, dice)
    interruptions(batch, source, folder, max(1, args.kills // 4), dice)
    if os.path.exists("/dev/full"):
        full_disks(batch, source, folder)
    for jobs in ("1", "2"):
        one_by_one = [*batch, "--jobs", jobs]
        few = piped(one_by_one, 10_000, source)
        begin = time.monotonic()
        status, most, first, end, count = piped(one_by_one, args.rows, source)
        passed = time.monotonic() - begin
        promise(status == 0 and count == args.rows, f"{jobs} jobs: {count:,} verdicts of {args.rows:,} rows in {passed:.1f} s, status {status}")
        promise(most - few[1] <= SLACK, f"{jobs} jobs: peak memory {most / 1024:.1f} MB, for 10,000 rows {few[1] / 1024:.1f} MB")
        promise(first < end / 2, f"{jobs} jobs: the first verdict after {first:.3f} s, the end of the input after {end:.1f} s")
    if broken:
        sys.exit(f"{len(broken)} broken")


if __name__ == "__main__":
    main()
