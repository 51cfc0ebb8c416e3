//! From the tables of one TOML file to the base as written.

use super::form;
use super::raw::{
    Allowance, Candidate, Case, Claim, Condition, Decision, Document, Estimate, Evidence, Fact, FactGroup, FactOption, Figure,
    Gap, Manifest, Named, Need, Never, Questions, Restored, Screen, Section, SourcedText, Sources,
};
use super::reader::{Reader, Table};
use crate::diagnostic::{At, Place};
use crate::profile;
use crate::text::Text;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Root<'t> = Spanned<DeTable<'t>>;

fn enter<'t>(reader: &mut Reader<'_>, root: &'t Root<'t>, form: &form::Form) -> Table<'t> {
    reader.enter(root.get_ref(), root.span(), form)
}

fn plain(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Text {
    reader.text(table, key).map(|at| at.value).unwrap_or_default()
}

fn maybe(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Option<Text> {
    reader.text(table, key).map(|at| at.value)
}

/// Reads `qun.toml`.
pub fn manifest(reader: &mut Reader<'_>, root: &Root<'_>) -> Manifest {
    let table = enter(reader, root, &form::MANIFEST);
    let strengths = reader.map(&table, "strengths");
    let strengths = strengths.into_iter().filter_map(|(id, value)| Some((id, reader.integer_of(value)?))).collect();
    let units = reader.map(&table, "units");
    let units = units.into_iter().filter_map(|(id, value)| Some((id, reader.text_of(value)?.value))).collect();
    let decisions = reader.tables(&table, "decisions", &form::DECISION);
    let screen = reader.table(&table, "screen", &form::SCREEN);
    let questions = reader.table(&table, "questions", &form::QUESTIONS);
    let estimate = reader.table(&table, "estimate", &form::ESTIMATE);
    let allowances = reader.tables(&table, "allow", &form::ALLOWANCE);
    let allowance = |reader: &mut Reader<'_>, table: &Table<'_>| Allowance {
        lint: reader.string(table, "lint"),
        at: reader.string(table, "at"),
        reason: plain(reader, table, "reason"),
    };
    Manifest {
        version: reader.string(&table, "version").map(|at| at.value).unwrap_or_default(),
        name: plain(reader, &table, "name"),
        facts: reader.strings(&table, "facts"),
        opening: reader.string(&table, "opening"),
        floor: reader.integer(&table, "floor"),
        hybrid_margin: reader.integer(&table, "hybrid-margin"),
        temperature: reader.number(&table, "temperature"),
        strengths,
        units,
        decisions: decisions.iter().map(|table| decision(reader, table)).collect(),
        screen: screen.map(|table| Screen {
            verdict: reader.string(&table, "verdict"),
            week: reader.strings(&table, "week"),
            money: reader.strings(&table, "money"),
            red_line: reader.strings(&table, "red-line"),
        }),
        questions: questions.map(|table| Questions { most: reader.integer(&table, "most"), mean: reader.number(&table, "mean") }),
        estimate: estimate
            .map(|table| Estimate { audience: reader.string(&table, "audience"), share: reader.string(&table, "share") }),
        allowances: allowances.iter().map(|table| allowance(reader, table)).collect(),
    }
}

fn decision(reader: &mut Reader<'_>, table: &Table<'_>) -> Decision {
    let sections = reader.tables(table, "sections", &form::SECTION);
    let section = |reader: &mut Reader<'_>, table: &Table<'_>| Section {
        id: reader.id(table, "id"),
        heading: plain(reader, table, "heading"),
        optional: reader.boolean(table, "optional"),
    };
    let groups = reader.tables(table, "groups", &form::GROUP);
    Decision {
        id: reader.id(table, "id"),
        folder: reader.id(table, "folder"),
        keep: reader.string(table, "keep"),
        heading: plain(reader, table, "heading"),
        order: reader.strings(table, "order"),
        sections: sections.iter().map(|table| section(reader, table)).collect(),
        groups: groups.iter().map(|table| named(reader, table, "name")).collect(),
        neither: maybe(reader, table, "neither"),
        second: maybe(reader, table, "second"),
        unproven: reader.boolean(table, "unproven"),
    }
}

fn named(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Named {
    Named { id: reader.id(table, "id"), name: plain(reader, table, key) }
}

/// Reads a file of `facts/`.
pub fn facts(reader: &mut Reader<'_>, root: &Root<'_>, id: &str) -> FactGroup {
    let table = enter(reader, root, &form::FACTS);
    let facts = reader.tables(&table, "fact", &form::FACT);
    let name = plain(reader, &table, "name");
    FactGroup { id: id.to_owned(), name, facts: facts.iter().map(|table| fact(reader, table)).collect() }
}

fn fact(reader: &mut Reader<'_>, table: &Table<'_>) -> Fact {
    let options = reader.tables(table, "options", &form::OPTION);
    let option = |reader: &mut Reader<'_>, table: &Table<'_>| FactOption {
        id: reader.id(table, "id"),
        label: reader.text(table, "label"),
        help: maybe(reader, table, "help"),
        neutral: maybe(reader, table, "neutral"),
    };
    Fact {
        id: reader.id(table, "id"),
        kind: reader.string(table, "kind"),
        nature: reader.string(table, "nature"),
        label: reader.text(table, "label"),
        question: plain(reader, table, "question"),
        help: plain(reader, table, "help"),
        example: plain(reader, table, "example"),
        sources: reader.strings(table, "source"),
        options: options.iter().map(|table| option(reader, table)).collect(),
        options_of: reader.string(table, "options-of"),
        at_most: reader.integer(table, "at-most"),
        min: reader.number(table, "min"),
        max: reader.number(table, "max"),
        decimals: reader.integer(table, "decimals"),
        unit: maybe(reader, table, "unit"),
        neutral: maybe(reader, table, "neutral"),
    }
}

/// Reads a candidate's file.
pub fn candidate(reader: &mut Reader<'_>, root: &Root<'_>, id: &str) -> Candidate {
    let table = enter(reader, root, &form::CANDIDATE);
    let texts = reader.map(&table, "text").into_iter();
    let texts = texts.filter_map(|(section, value)| sourced_text(reader, section, value)).collect();
    let figures = reader.map(&table, "figures").into_iter();
    let figures = figures.filter_map(|(id, value)| figure(reader, id, value)).collect();
    let evidence = reader.tables(&table, "evidence", &form::EVIDENCE);
    let needs = reader.tables(&table, "need", &form::NEED);
    Candidate {
        id: id.to_owned(),
        place: beginning(reader, root),
        name: reader.text(&table, "name"),
        summary: plain(reader, &table, "summary"),
        sources: reader.strings(&table, "source"),
        groups: reader.strings(&table, "groups"),
        grows_into: reader.strings(&table, "grows-into"),
        after: reader.strings(&table, "after"),
        texts,
        evidence: evidence.iter().map(|table| line(reader, table)).collect(),
        needs: needs.iter().map(|table| need(reader, table)).collect(),
        figures,
    }
}

/// The first line of a file, for messages about the file as a whole.
fn beginning(reader: &Reader<'_>, root: &Root<'_>) -> Place {
    let first = root.get_ref().iter().map(|(key, _)| key.span()).min_by_key(|span| span.start);
    reader.place(first.unwrap_or(0..0))
}

fn sourced_text(reader: &mut Reader<'_>, section: At<String>, value: &Spanned<DeValue<'_>>) -> Option<SourcedText> {
    let table = reader.table_of(value, &form::SOURCED_TEXT)?;
    Some(SourcedText { section, text: reader.both(&table), sources: reader.strings(&table, "source") })
}

fn figure(reader: &mut Reader<'_>, id: At<String>, value: &Spanned<DeValue<'_>>) -> Option<Figure> {
    let table = reader.table_of(value, &form::FIGURE)?;
    Some(Figure {
        id,
        label: plain(reader, &table, "label"),
        low: reader.number(&table, "low"),
        high: reader.number(&table, "high"),
        unit: reader.string(&table, "unit"),
        as_of: reader.string(&table, "as-of"),
        sources: reader.strings(&table, "source"),
    })
}

fn line(reader: &mut Reader<'_>, table: &Table<'_>) -> Evidence {
    let head = table.get("trait").map_or(table.span(), toml::Spanned::span);
    Evidence {
        place: reader.place(head),
        statement: plain(reader, table, "trait"),
        when: table.get("when").and_then(|value| condition(reader, value)),
        strength: reader.string(table, "strength"),
        sources: reader.strings(table, "source"),
        supporting: maybe(reader, table, "supporting"),
    }
}

fn need(reader: &mut Reader<'_>, table: &Table<'_>) -> Need {
    let head = table.get("lacks").map_or(table.span(), toml::Spanned::span);
    Need {
        place: reader.place(head),
        lacks: plain(reader, table, "lacks"),
        when: table.get("when").and_then(|value| condition(reader, value)),
        sources: reader.strings(table, "source"),
        fixed: reader.boolean(table, "fixed"),
        law: reader.boolean(table, "law"),
    }
}

/// Reads a condition: a table with exactly one of the known keys.
fn condition(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<At<Condition>> {
    use crate::diagnostic::Diagnostic;
    let keys = form::CONDITIONS.join(", ");
    let place = reader.place(value.span());
    let entries: Vec<_> = value.get_ref().as_table().map(|table| table.iter().collect()).unwrap_or_default();
    let [(key, inner)] = entries.as_slice() else {
        reader.fault(Diagnostic::error("bad-condition", place).with("keys", keys));
        return None;
    };
    let span = key.span();
    let condition = match key.get_ref().as_ref() {
        "is" => options(reader, inner).map(|(fact, options)| Condition::Is(fact, options)),
        "has" => options(reader, inner).map(|(fact, options)| Condition::Has(fact, options)),
        "yes" => reader.string_of(inner).map(Condition::Yes),
        "at-least" => bound(reader, inner).map(|(fact, number)| Condition::AtLeast(fact, number)),
        "below" => bound(reader, inner).map(|(fact, number)| Condition::Below(fact, number)),
        "chosen" => options(reader, inner).and_then(|(decision, mut candidates)| match candidates.len() {
            1 => Some(Condition::Chosen(decision, candidates.remove(0))),
            _ => wrong_shape(reader, inner.span(), "[\"decision\", \"candidate\"]"),
        }),
        "all" => conditions(reader, inner).map(Condition::All),
        "any" => conditions(reader, inner).map(Condition::Any),
        "not" => condition_box(reader, inner).map(Condition::Not),
        other => {
            let near = crate::spelling::nearest(other, form::CONDITIONS);
            let fault = Diagnostic::error("unknown-condition", reader.place(span));
            reader.fault(fault.with("given", other).with("keys", keys).near(near));
            None
        }
    };
    Some(At { value: condition?, place })
}

fn condition_box(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Box<At<Condition>>> {
    condition(reader, value).map(Box::new)
}

fn conditions(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Vec<At<Condition>>> {
    match value.get_ref().as_array() {
        Some(items) if !items.is_empty() => Some(items.iter().filter_map(|item| condition(reader, item)).collect()),
        _ => wrong_shape(reader, value.span(), "[ { … }, { … } ]"),
    }
}

/// `["fact", "option"]` or `["fact", ["option", "option"]]`.
fn options(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<(At<String>, Vec<At<String>>)> {
    match value.get_ref().as_array().map(|items| items.iter().collect::<Vec<_>>()).as_deref() {
        Some([fact, options]) => {
            let fact = reader.string_of(fact)?;
            let options = reader.strings_of(options);
            if options.is_empty() {
                return wrong_shape(reader, value.span(), "[\"fact\", [\"option\", …]]");
            }
            Some((fact, options))
        }
        _ => wrong_shape(reader, value.span(), "[\"fact\", \"option\"]"),
    }
}

/// `["fact", 200]`.
fn bound(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<(At<String>, At<String>)> {
    let items: Vec<_> = value.get_ref().as_array().map(|items| items.iter().collect()).unwrap_or_default();
    let found = match items.as_slice() {
        [fact, number] => reader.string_of(fact).zip(reader.number_of(number)),
        _ => None,
    };
    found.or_else(|| wrong_shape(reader, value.span(), "[\"fact\", 200]"))
}

fn wrong_shape<T>(reader: &mut Reader<'_>, span: Range<usize>, expected: &str) -> Option<T> {
    let place = reader.place(span);
    reader.fault(crate::diagnostic::Diagnostic::error("wrong-shape", place).with("expected", expected));
    None
}

/// Reads a case's file.
pub fn case(reader: &mut Reader<'_>, root: &Root<'_>, id: &str) -> Case {
    let table = enter(reader, root, &form::CASE);
    let expect = reader.map(&table, "expect").into_iter();
    let expect = expect.map(|(decision, value)| (decision, reader.strings_of(value))).collect();
    let place = beginning(reader, root);
    let answers = match table.get("answers").map(|value| (value, value.get_ref().as_table())) {
        Some((value, Some(answers))) => profile::toml::answers(answers, &reader.place(value.span())),
        _ => profile::Written::empty(place.clone()),
    };
    Case {
        id: id.to_owned(),
        name: plain(reader, &table, "name"),
        summary: plain(reader, &table, "summary"),
        sources: reader.strings(&table, "source"),
        place,
        expect,
        answers,
    }
}

/// Reads `invariants.toml`.
pub fn invariants(reader: &mut Reader<'_>, root: &Root<'_>) -> Vec<Never> {
    let table = enter(reader, root, &form::INVARIANTS);
    let never = |reader: &mut Reader<'_>, table: &Table<'_>| Never {
        id: reader.id(table, "id"),
        says: plain(reader, table, "says"),
        candidate: reader.string(table, "candidate"),
        group: reader.string(table, "group"),
        when: table.get("when").and_then(|value| condition(reader, value)),
        unless: table.get("unless").and_then(|value| condition(reader, value)),
    };
    reader.tables(&table, "never", &form::NEVER).iter().map(|table| never(reader, table)).collect()
}

/// Reads `sources.toml`.
pub fn sources(reader: &mut Reader<'_>, root: &Root<'_>) -> Sources {
    let table = enter(reader, root, &form::SOURCES);
    let documents = reader.tables(&table, "document", &form::DOCUMENT);
    let restored = reader.tables(&table, "restored", &form::RESTORED);
    let gaps = reader.tables(&table, "gap", &form::GAP);
    let claims = reader.tables(&table, "claim", &form::CLAIM);
    Sources {
        documents: documents.iter().map(|table| document(reader, table)).collect(),
        restored: restored
            .iter()
            .map(|table| Restored {
                document: reader.string(table, "document"),
                written: reader.string(table, "written").map(|at| at.value).unwrap_or_default(),
                meant: plain(reader, table, "meant"),
            })
            .collect(),
        gaps: gaps
            .iter()
            .map(|table| Gap {
                id: reader.id(table, "id"),
                text: plain(reader, table, "text"),
                document: reader.string(table, "document"),
            })
            .collect(),
        claims: claims
            .iter()
            .map(|table| Claim {
                id: reader.id(table, "id"),
                section: reader.string(table, "section"),
                says: plain(reader, table, "says"),
                held_by: reader.strings(table, "held-by"),
                waived: maybe(reader, table, "waived"),
            })
            .collect(),
    }
}

fn document(reader: &mut Reader<'_>, table: &Table<'_>) -> Document {
    let sections = reader.tables(table, "sections", &form::DOCUMENT_SECTION);
    Document {
        id: reader.id(table, "id"),
        title: plain(reader, table, "title"),
        url: reader.string(table, "url").map(|at| at.value),
        note: maybe(reader, table, "note"),
        sections: sections.iter().map(|table| named(reader, table, "title")).collect(),
    }
}
