"""The neutral base in other programs, each doing the whole job from file to file."""
import json


def atom_sql(atom):
    fact, op, value = atom["fact"], atom["op"], atom["value"]
    written = {True: "true", False: "false"}.get(value) if isinstance(value, bool) else None
    written = written or (f"'{value}'" if isinstance(value, str) else repr(value))
    if op == "has":
        return f"coalesce(list_contains({fact}, {written}), false)"
    return f"coalesce({fact} {dict(eq='=', ge='>=', lt='<')[op]} {written}, false)"


def rule_sql(when):
    for kind, word in (("all", " AND "), ("any", " OR ")):
        if kind in when:
            return "(" + word.join(atom_sql(part) for part in when[kind]) + ")"
    return atom_sql(when)


def duckdb_sql(kb, source, target):
    columns = {"single": "VARCHAR", "multi": "VARCHAR[]", "number": "DOUBLE", "bool": "BOOLEAN"}
    schema = {"id": "VARCHAR"} | {fact["id"]: columns[fact["kind"]] for fact in kb["facts"]}
    schema = json.dumps(schema).replace('"', "'")
    last = len(kb["types"]) - 1
    sums = []
    for place, name in enumerate(kb["types"]):
        rules = [rule for rule in kb["rules"] if rule["type"] == name]
        total = " + ".join(f"CASE WHEN {rule_sql(rule['when'])} THEN {rule['points']} ELSE 0 END" for rule in rules)
        sums.append(f"(({total}) + 1024) * 8 + {last - place}")
    names = "[" + ", ".join(f"'{name}'" for name in kb["types"]) + "]"
    odds = f"exp((k // 8 - ks[1] // 8) / {kb['temperature']})"
    return f"""COPY (
        SELECT id, ranked[1].type AS top, ranked FROM (
            SELECT id, list_transform(ks, lambda k: {{'type': {names}[8 - k % 8], 'points': k // 8 - 1024, 'p': round({odds} / z, 4)}}) AS ranked FROM (
                SELECT id, ks, list_sum(list_transform(ks, lambda k: {odds})) AS z FROM (
                    SELECT id, list_reverse_sort([{", ".join(sums)}]) AS ks
                    FROM read_json('{source}', format = 'newline_delimited', columns = {schema})))))
        TO '{target}' (FORMAT json)"""


def run_duckdb(kb, source, target):
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET preserve_insertion_order = true")
    connection.execute(duckdb_sql(kb, source, target))


RULES_ENGINE = r"""
const fs = require('fs');
const { Engine } = require(require.resolve('json-rules-engine', { paths: [process.cwd()] }));
const [, , base, source, target] = process.argv, kb = JSON.parse(fs.readFileSync(base)), T = kb.types;
const operators = { has: 'contains', ge: 'greaterThanInclusive', lt: 'lessThan', eq: 'equal' };
const atom = a => ({ fact: a.fact, operator: operators[a.op], value: a.value });
const engine = new Engine([], { allowUndefinedFacts: true });
engine.addOperator('contains', (v, w) => Array.isArray(v) && v.includes(w));
engine.addOperator('greaterThanInclusive', (v, w) => typeof v === 'number' && v >= w);
engine.addOperator('lessThan', (v, w) => typeof v === 'number' && v < w);
for (const r of kb.rules) {
  const w = r.when, conditions = w.all ? { all: w.all.map(atom) } : w.any ? { any: w.any.map(atom) } : { all: [atom(w)] };
  engine.addRule({ conditions, event: { type: r.type, params: { points: r.points } } });
}
(async () => {
  const lines = [];
  for (const line of fs.readFileSync(source, 'utf8').split('\n').filter(Boolean)) {
    const { id, name, ...facts } = JSON.parse(line), points = new Array(T.length).fill(0);
    const { events } = await engine.run(facts);
    for (const event of events) points[T.indexOf(event.type)] += event.params.points;
    const order = T.map((_, i) => i).sort((a, b) => points[b] - points[a] || a - b);
    const odds = order.map(i => Math.exp((points[i] - points[order[0]]) / kb.temperature)), sum = odds.reduce((a, b) => a + b);
    const ranked = order.map((i, k) => ({ type: T[i], points: points[i], p: Math.round(odds[k] / sum * 1e4) / 1e4 }));
    lines.push(JSON.stringify({ id, top: T[order[0]], ranked }));
  }
  fs.writeFileSync(target, lines.join('\n') + '\n');
})();
"""
