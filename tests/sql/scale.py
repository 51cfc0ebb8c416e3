#!/usr/bin/env python3
"""Many profiles in files of Parquet, judged by several workers: scale.py [--rows 10000000]

Makes so many profiles out of 100,000 random ones, in 16 files, and has the exported
statement write all verdicts to Parquet: DuckDB and ClickHouse on 1 and 2 threads,
Spark in local-cluster mode with 1 and 4 workers of one core each. Prints wall and
CPU time per profile, that of `qun batch` on the distinct profiles as JSONL beside
them, and ends with 1 where the types written are not those that it gives, counted.
All is on this machine, whose cores are printed: workers beyond those gain nothing.
"""
import argparse
import collections
import json
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


def distinct(args):
    """How many profiles are made: enough copies of them that every file has some."""
    return max(1, min(DISTINCT, args.rows // FILES))


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
    profiles.write(small, profiles.profiles(profiles.Base(args.base), distinct(args), args.seed))
    db = duckdb.connect()
    for one in statements(told(args, "--dialect", "duckdb", "--table") + told(args, "--dialect", "duckdb", "--load", "jsonl", "--file", small)):
        db.execute(one)
    (work / "in").mkdir()
    times = max(1, args.rows // distinct(args))
    for file in range(FILES):
        share = len(range(file, times, FILES))
        if share:
            select = f"SELECT p.* REPLACE (p.id || '-{file}-' || r.range AS id) FROM profiles p, range({share}) r"
            db.execute(f"COPY ({select}) TO '{work}/in/{file}.parquet' (FORMAT parquet)")
    return small, times * distinct(args)


def duckdb_on(args, work, threads):
    import duckdb

    *more, query = statements(told(args, "--dialect", "duckdb"))
    db = duckdb.connect()
    db.execute(f"SET threads = {threads}")
    db.execute("SET preserve_insertion_order = false")
    db.execute(f"CREATE VIEW profiles AS SELECT * FROM read_parquet('{work}/in/*.parquet')")
    db.execute(f"COPY ({query}) TO '{work}/duckdb-{threads}' (FORMAT parquet, PER_THREAD_OUTPUT)")


def clickhouse_on(args, work, threads):
    from chdb import session

    *more, query = statements(told(args, "--dialect", "clickhouse"))
    db = session.Session(str(work / f"chdb-{threads}"))
    db.query("CREATE DATABASE IF NOT EXISTS qun ENGINE = Atomic")
    for one in ["USE qun", *more, f"SET max_threads = {threads}", f"CREATE VIEW profiles AS SELECT * FROM file('{work}/in/*.parquet', Parquet)"]:
        db.query(one)
    (work / f"clickhouse-{threads}").mkdir()
    db.query(f"INSERT INTO FUNCTION file('{work}/clickhouse-{threads}/all.parquet', Parquet) {query}")


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
    for one in more:
        session.sql(one)
    session.read.parquet(f"{work}/in").createOrReplaceTempView("profiles")
    session.sql(query).write.mode("overwrite").parquet(f"{work}/spark-{workers}")
    gateway = session.sparkContext._gateway
    session.stop()
    # What the workers took is known only once they have ended.
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()


def types(work, run, decision):
    """How often each leader of the first decision was written."""
    import pyarrow.dataset as ds

    found = ds.dataset(work / run, format="parquet").to_table(columns=[decision])[decision].cast("string").value_counts()
    return collections.Counter({one["values"]: one["counts"] for one in found.to_pylist()})


def judged(args, small, decision, times):
    """The same, as `qun batch` gives it."""
    command = [args.qun, "batch", small, "--kb", args.base, "--detail", "brief", "--quiet", "--unknown-values", "unknown"]
    text = subprocess.run([str(one) for one in command], check=True, capture_output=True, text=True).stdout
    chosen = (json.loads(line)[decision]["chosen"] for line in text.splitlines())
    found = collections.Counter(one[0] if one else None for one in chosen)
    return collections.Counter({one: count * times for one, count in found.items()})


RUNS = {"duckdb": duckdb_on, "clickhouse": clickhouse_on, "spark": spark_on}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--qun", default=HERE.parents[1] / "target/release/qun")
    parser.add_argument("--base", default=HERE.parents[1] / "data")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", default="duckdb-1,duckdb-2,clickhouse-1,clickhouse-2,spark-1,spark-4")
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
        decision = next(one for one, keep, _ in profiles.Base(args.base).decisions if keep == "leaders")
        wanted = judged(args, small, decision, rows // distinct(args))
        before, start = cpu(), time.monotonic()
        with open(os.devnull, "wb") as out:
            command = [args.qun, "batch", small, "--kb", args.base, "--detail", "ranked", "--quiet", "--unknown-values", "unknown", "--jobs", "1"]
            subprocess.run([str(one) for one in command], stdout=out, stderr=subprocess.DEVNULL, check=True)
        line("qun batch, one thread, of the distinct ones", distinct(args), time.monotonic() - start, cpu() - before)
        for run in args.runs.split(","):
            before, start = cpu(), time.monotonic()
            again = [sys.executable, __file__, "--only", run, "--work", work, "--qun", args.qun, "--base", args.base]
            subprocess.run([str(one) for one in again], check=True, stderr=subprocess.DEVNULL)
            line(run, rows, time.monotonic() - start, cpu() - before)
            found = types(work, run, decision)
            if found != wanted:
                sys.exit(f"{run} differs: {found} instead of {wanted}")
            shutil.rmtree(work / run)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
