"""One engine, one base, one file of profiles: engines.py ENGINE FOLDER

FOLDER has table.sql, load.sql and statement.sql for the dialect, with the file to
load named in load.sql. Writes result.parquet there and prints what it took as
JSON: seconds and CPU seconds of the statement, and the peak memory in MB.
"""
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq


def statements(text):
    """The single statements of a file; no literal of ours has a semicolon at the end of a line."""
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return [one.strip().removesuffix(";") for one in "\n".join(lines).split(";\n") if one.strip(" ;\n")]


def process(pid):
    """CPU seconds and peak memory in MB of a process."""
    ticks = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    peak = [line for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM")]
    return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK"), int(peak[0].split()[1]) // 1024


class Watch:
    """What a piece of work takes in a process."""

    def __init__(self, pid):
        self.pid, self.start, self.cpu = pid, time.monotonic(), process(pid)[0]

    def stop(self):
        cpu, peak = process(self.pid)
        return {"seconds": time.monotonic() - self.start, "cpu": cpu - self.cpu, "peak_mb": peak}


def duckdb(setup, query, folder):
    import duckdb

    db = duckdb.connect()
    for one in setup:
        db.execute(one)
    watch = Watch(os.getpid())
    return db.sql(query).to_arrow_table(), watch.stop()


def datafusion(setup, query, folder):
    import datafusion

    session = datafusion.SessionContext()
    for one in setup:
        session.sql(one).collect()
    watch = Watch(os.getpid())
    return pa.Table.from_batches(session.sql(query).collect()), watch.stop()


def clickhouse(setup, query, folder):
    from chdb import session

    db = session.Session(str(folder / "chdb"))
    db.query("CREATE DATABASE IF NOT EXISTS qun ENGINE = Atomic")
    db.query("USE qun")
    for one in setup:
        db.query(one)
    watch = Watch(os.getpid())
    answer = db.query(query, "Arrow")
    used = watch.stop()
    return pa.ipc.open_file(pa.BufferReader(answer.bytes())).read_all(), used


def postgres(setup, query, folder):
    import psycopg2

    tools = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    home = pathlib.Path("/tmp") / f"qun-postgres-{os.getpid()}"
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    home.mkdir(mode=0o755)
    if as_postgres:
        shutil.chown(home, "postgres")
    quiet = {"stdout": subprocess.DEVNULL, "cwd": "/", "check": True}
    subprocess.run([*as_postgres, tools / "initdb", "-D", home / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"], **quiet)
    control = [*as_postgres, tools / "pg_ctl", "-D", home / "data", "-w"]
    subprocess.run([*control, "-l", home / "log", "-o", f"-k {home} -c listen_addresses=''", "start"], **quiet)
    try:
        db = psycopg2.connect(host=str(home), user="postgres", dbname="postgres")
        cursor = db.cursor()
        for one in setup:
            cursor.execute(one)
        db.commit()
        out = folder / "postgres.csv"
        watch = Watch(db.info.backend_pid)
        with open(out, "wb") as file:
            cursor.copy_expert(f"COPY ({query}) TO STDOUT WITH (FORMAT csv, HEADER)", file)
        used = watch.stop()
        convert = pa.csv.ConvertOptions(true_values=["t"], false_values=["f"], strings_can_be_null=True, quoted_strings_can_be_null=False)
        table = pa.csv.read_csv(out, convert_options=convert)
        db.close()
        return table, used
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], **quiet)
        shutil.rmtree(home, ignore_errors=True)


def spark(setup, query, folder):
    from pyspark.sql import SparkSession

    warehouse = folder / "warehouse"
    shutil.rmtree(warehouse, ignore_errors=True)
    session = (
        SparkSession.builder.master(os.environ.get("QUN_SPARK_MASTER", "local[2]"))
        .config("spark.sql.warehouse.dir", str(warehouse))
        .config("spark.ui.enabled", "false")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.driver.memory", "4g")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    for one in setup:
        session.sql(one)
    watch = Watch(session.sparkContext._gateway.proc.pid)
    out = folder / "spark"
    session.sql(query).write.mode("overwrite").parquet(str(out))
    used = watch.stop()
    session.stop()
    return pq.read_table(out), used


ENGINES = {one.__name__: one for one in (duckdb, datafusion, clickhouse, postgres, spark)}


def main():
    engine, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    text = lambda name: (folder / name).read_text(encoding="utf-8")
    setup = statements(text("table.sql")) + statements(text("load.sql"))
    *more, query = statements(text("statement.sql"))
    table, used = ENGINES[engine](setup + more, query, folder)
    pq.write_table(table, folder / "result.parquet")
    print(json.dumps(used))


if __name__ == "__main__":
    main()
