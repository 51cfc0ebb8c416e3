#!/usr/bin/env python3
"""Many profiles in files of Parquet, judged by several workers: scale.py [--rows 10000000]

Makes so many profiles out of 100,000 random ones, in 16 files, and has the exported
statement write all verdicts to Parquet: DuckDB on 1 and 2 threads, Spark in
local-cluster mode with 1 and 4 workers of one core each. Prints wall and CPU time
per profile, that of `qun batch` on the same profiles as JSONL beside them. All of it
is on this machine, whose cores are printed: workers beyond those gain nothing.
"""
import argparse
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

import profiles
from engines import statements

HERE = pathlib.Path(__file__).resolve().parent
DISTINCT = 100_000
FILES = 16


def told(args, *more):
    command = [str(args.qun), "export", "sql", "--kb", str(args.base), *more]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def cpu():
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def line(name, rows, seconds, used):
    print(f"| {name} | {rows:,} | {seconds:.1f} | {seconds / rows * 1e6:.2f} | {used / rows * 1e6:.2f} |", flush=True)


def make(args, work):
    """The files of Parquet, and one of JSONL with the distinct profiles."""
    import duckdb

    small = work / "small.jsonl"
    profiles.write(small, profiles.profiles(profiles.Base(args.base), min(DISTINCT, args.rows), args.seed))
    db = duckdb.connect()
    for one in statements(told(args, "--dialect", "duckdb", "--table") + told(args, "--dialect", "duckdb", "--load", "jsonl", "--file", small)):
        db.execute(one)
    (work / "in").mkdir()
    times = max(1, args.rows // DISTINCT)
    for file in range(FILES):
        share = len(range(file, times, FILES))
        if share:
            select = f"SELECT p.* REPLACE (p.id || '-{file}-' || r.range AS id) FROM profiles p, range({share}) r"
            db.execute(f"COPY ({select}) TO '{work}/in/{file}.parquet' (FORMAT parquet)")
    return small, times * min(DISTINCT, args.rows)


def duckdb_on(args, work, threads):
    import duckdb

    *more, query = statements(told(args, "--dialect", "duckdb"))
    db = duckdb.connect()
    db.execute(f"SET threads = {threads}")
    db.execute("SET preserve_insertion_order = false")
    db.execute(f"CREATE VIEW profiles AS SELECT * FROM read_parquet('{work}/in/*.parquet')")
    db.execute(f"COPY ({query}) TO '{work}/duckdb-{threads}' (FORMAT parquet, PER_THREAD_OUTPUT)")


def spark_on(args, work, workers):
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master(f"local-cluster[{workers},1,1500]")
        .config("spark.executor.memory", "1200m")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    *more, query = statements(told(args, "--dialect", "spark"))
    session.read.parquet(f"{work}/in").createOrReplaceTempView("profiles")
    session.sql(query).write.mode("overwrite").parquet(f"{work}/spark-{workers}")
    session.stop()


RUNS = {"duckdb": duckdb_on, "spark": spark_on}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--qun", default=HERE.parents[1] / "target/release/qun")
    parser.add_argument("--base", default=HERE.parents[1] / "data")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", default="duckdb-1,duckdb-2,spark-1,spark-4")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--work", type=pathlib.Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only:
        engine, count = args.only.split("-")
        return RUNS[engine](args, args.work, int(count))
    work = pathlib.Path(tempfile.mkdtemp(prefix="qun-scale-"))
    try:
        small, rows = make(args, work)
        print(f"{os.cpu_count()} cores, {rows:,} profiles\n| run | profiles | seconds | µs per profile | CPU µs per profile |\n| --- | ---: | ---: | ---: | ---: |", flush=True)
        before, start = cpu(), time.monotonic()
        with open(os.devnull, "wb") as out:
            command = [args.qun, "batch", small, "--kb", args.base, "--detail", "ranked", "--quiet", "--jobs", "1"]
            subprocess.run([str(one) for one in command], stdout=out, stderr=subprocess.DEVNULL, check=True)
        line("qun batch, one thread, of the distinct ones", min(DISTINCT, args.rows), time.monotonic() - start, cpu() - before)
        for run in args.runs.split(","):
            before, start = cpu(), time.monotonic()
            again = [sys.executable, __file__, "--only", run, "--work", work, "--qun", args.qun, "--base", args.base]
            subprocess.run([str(one) for one in again], check=True, stderr=subprocess.DEVNULL)
            line(run, rows, time.monotonic() - start, cpu() - before)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
