//! An exam as a page: its figures first, then what went wrong and why.

use super::page::{Block, Page, Section};
use super::percent::percent;
use super::promises;
use crate::calibrate::deciding::{Deciding, deciding, rival};
use crate::calibrate::falsify::{Change, Falsified};
use crate::calibrate::fit::{At, FLAT, Fit};
use crate::calibrate::measure::Measures;
use crate::calibrate::promises::Broken;
use crate::calibrate::{Exam, Verdict};
use crate::fact::decimal;
use crate::ids::{CandidateId, FactId, LineId};
use crate::text::Lang;
use crate::words;

/// How many facts tell a label from its rival, per miss.
const TELLING: usize = 8;
/// The longest bar of the curve, in columns.
const BAR: usize = 24;

/// Everything that a test of the cases found out.
#[derive(Debug, Clone)]
pub struct Findings<'a> {
    /// The exam of the cases that the base was made with.
    pub exam: Exam<'a>,
    /// The exam of those kept apart, if there are any.
    pub unseen: Option<Exam<'a>>,
    /// Promises about the former that are not kept.
    pub broken: Vec<Broken>,
    /// The size of all strengths, if they were made equal.
    pub equal: Option<i32>,
    /// Facts that were answered falsely.
    pub falsified: Vec<Falsified>,
    /// The fitted temperature, if that was asked for.
    pub fit: Option<Fit>,
}

/// The findings as a page.
#[must_use]
pub fn page(findings: &Findings<'_>, lang: Lang) -> Page {
    let writer = Writer { exam: &findings.exam, lang };
    let heading = writer.exam.kb.decisions[writer.exam.decision].heading.get(lang);
    if findings.exam.verdicts.is_empty() && findings.exam.nobody.is_empty() {
        return Page { screen: vec![Block::Lead(writer.fill("exam.none", &[("decision", heading)]))], sections: Vec::new() };
    }
    let measures = findings.exam.measures();
    let mut sections: Vec<Section> = Vec::new();
    sections.extend(findings.falsified.iter().map(|one| writer.falsified(one)));
    sections.extend(findings.fit.as_ref().map(|fit| writer.fit(fit)));
    sections.extend(writer.misses());
    sections.extend(writer.listed("exam.split", |one| one.is_hybrid() && one.is_on_top() && !one.keeps_all()));
    sections.extend(writer.listed("exam.extra", |one| !one.is_hybrid() && one.is_on_top() && one.keeps_second()));
    sections.extend(writer.listed("exam.gap-cases", |one| one.gap));
    sections.extend(writer.named_without_label());
    sections.push(writer.confusion());
    sections.push(writer.reliability());
    Page { screen: writer.screen(findings, &measures), sections }
}

/// Parts of the cases: the word for each, how many, and of how many.
fn counted(measures: &Measures) -> impl Iterator<Item = (&'static str, usize, usize)> {
    let nobody = ("exam.left-alone", measures.nobody_kept, measures.nobody);
    let all = [
        ("exam.top-two", measures.top_two, measures.cases),
        ("exam.hybrids", measures.hybrids_kept, measures.hybrids),
        ("exam.others", measures.others_with_second, measures.cases - measures.hybrids),
        ("exam.abstentions", measures.abstentions, measures.cases),
    ];
    all.into_iter().chain((measures.nobody > 0).then_some(nobody))
}

struct Writer<'a> {
    exam: &'a Exam<'a>,
    lang: Lang,
}

impl Writer<'_> {
    fn say(&self, key: &str) -> String {
        words::say(key, self.lang).to_owned()
    }

    fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        words::fill(key, self.lang, gaps)
    }

    fn named(&self, candidate: CandidateId) -> &str {
        self.exam.kb.candidate(self.exam.decision, candidate).name.get(self.lang)
    }

    fn names(&self, candidates: &[CandidateId]) -> String {
        candidates.iter().map(|one| self.named(*one)).collect::<Vec<_>>().join(" + ")
    }

    fn of(&self, n: usize, all: usize) -> String {
        self.fill("exam.of", &[("n", &n.to_string()), ("all", &all.to_string())])
    }

    fn heads(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.say(key)).collect()
    }

    fn screen(&self, findings: &Findings<'_>, measures: &Measures) -> Vec<Block> {
        let kb = self.exam.kb;
        let (met, all, any) = (measures.top_one.to_string(), measures.cases.to_string(), measures.any_on_top.to_string());
        let mut blocks = vec![Block::Lead(self.fill("exam.lead", &[("met", &met), ("all", &all), ("any", &any)]))];
        blocks.extend(promises::block(kb, &findings.broken, self.lang));
        let mut entry = |key: &str, text: String| blocks.push(Block::Entry(self.say(key), text));
        if !self.exam.without.is_empty() {
            let labels: Vec<&str> = self.exam.without.iter().map(|fact| kb.facts[*fact].label.get(self.lang)).collect();
            entry("exam.without", labels.join(words::say("line.list-joint", self.lang)));
        }
        if let Some(size) = findings.equal {
            entry("exam.equal", self.fill("exam.equal-is", &[("n", &size.to_string())]));
        }
        for (key, n, all) in counted(measures) {
            entry(key, self.of(n, all));
        }
        entry("exam.gaps", self.of(measures.gaps, measures.cases));
        entry("exam.log-loss", format!("{:.4}", measures.log_loss));
        entry("exam.brier", format!("{:.4}", measures.brier));
        entry("exam.temperature", decimal(kb.temperature, 3));
        entry("exam.base", format!("{} ({})", kb.version, kb.hash));
        if let Some(unseen) = &findings.unseen {
            let measures = unseen.measures();
            blocks.push(Block::Heading(self.say("exam.unseen")));
            blocks.push(Block::Entry(self.say("exam.on-top-one"), self.of(measures.top_one, measures.cases)));
            blocks.extend(counted(&measures).map(|(key, n, all)| Block::Entry(self.say(key), self.of(n, all))));
        }
        blocks
    }

    fn misses(&self) -> Option<Section> {
        let mut blocks = Vec::new();
        for one in self.exam.misses() {
            let Some(rival) = rival(one) else { continue };
            blocks.push(Block::Heading(self.miss(one, rival)));
            let lines: Vec<String> =
                deciding(self.exam, one, rival).iter().take(TELLING).map(|found| self.deciding(one, found)).collect();
            blocks.push(if lines.is_empty() { Block::Text(self.say("exam.deciding-none")) } else { Block::Points(lines) });
        }
        if !blocks.is_empty() {
            blocks.insert(0, Block::Text(self.say("exam.legend")));
        }
        Section::unless_empty(self.say("exam.misses"), blocks)
    }

    fn miss(&self, one: &Verdict<'_>, rival: CandidateId) -> String {
        let key = if one.leader().is_none() { "exam.miss-abstains" } else { "exam.miss" };
        let (points, more) = (one.points[one.expected[0]].to_string(), one.points[rival].to_string());
        let (expected, rival) = (self.names(&one.expected), self.named(rival));
        let gaps = [("case", one.case.id.as_str()), ("expected", &expected), ("points", &points), ("rival", rival)];
        self.fill(key, &[gaps.as_slice(), &[("more", more.as_str())]].concat())
    }

    fn deciding(&self, one: &Verdict<'_>, found: &Deciding) -> String {
        let kb = self.exam.kb;
        let colon = if self.lang == Lang::Zh { "：" } else { ": " };
        let fact = |fact: &FactId| {
            let label = kb.facts[*fact].label.get(self.lang);
            let answer = one.case.answers.get(*fact).map(|answer| kb.facts[*fact].words(answer, self.lang));
            answer.map_or_else(|| label.to_owned(), |answer| format!("{label}{colon}{answer}"))
        };
        let line = |(candidate, line): &(CandidateId, LineId)| {
            let evidence = &kb.candidate(self.exam.decision, *candidate).evidence[*line];
            let points = format!("{:+}", evidence.points);
            let statement = evidence.statement.get(self.lang).trim_end_matches(['。', '.']);
            self.fill("exam.deciding-line", &[("name", self.named(*candidate)), ("points", &points), ("trait", statement)])
        };
        let joint = if self.lang == Lang::Zh { "；" } else { "; " };
        let facts = found.facts.iter().map(fact).collect::<Vec<_>>().join(joint);
        let lines = found.lines.iter().map(line).collect::<Vec<_>>().join(joint);
        self.fill("exam.deciding", &[("net", &format!("{:+}", found.net)), ("facts", &facts), ("lines", &lines)])
    }

    /// Cases in one line each, with what they should be and the first three by points.
    fn listed(&self, key: &str, wanted: impl Fn(&Verdict<'_>) -> bool) -> Option<Section> {
        let line = |one: &Verdict<'_>| {
            let colon = if self.lang == Lang::Zh { "：" } else { ": " };
            let first = one.order.iter().take(3);
            let ranked: Vec<String> =
                first.map(|candidate| format!("{} {}", self.named(*candidate), one.points[*candidate])).collect();
            format!("{} ({}){colon}{}", one.case.id, self.names(&one.expected), ranked.join(", "))
        };
        let lines: Vec<String> = self.exam.verdicts.iter().filter(|one| wanted(one)).map(line).collect();
        (!lines.is_empty()).then(|| Section { heading: self.say(key), blocks: vec![Block::Points(lines)] })
    }

    /// Cases that nobody should lead and somebody does.
    fn named_without_label(&self) -> Option<Section> {
        let colon = if self.lang == Lang::Zh { "：" } else { ": " };
        let line = |one: &Verdict<'_>| Some(format!("{}{colon}{}", one.case.id, self.named(one.leader()?)));
        let lines: Vec<String> = self.exam.nobody.iter().filter_map(line).collect();
        (!lines.is_empty()).then(|| Section { heading: self.say("exam.led-anyhow"), blocks: vec![Block::Points(lines)] })
    }

    fn confusion(&self) -> Section {
        let counts = self.exam.confusion().counts;
        let columns = (1..=counts.len()).map(|number| number.to_string()).chain(["–".to_owned()]);
        let heads = std::iter::once(self.say("exam.column.label")).chain(columns).collect();
        let row = |(label, row): (CandidateId, &Vec<usize>)| {
            let cells = row.iter().map(|count| if *count == 0 { "·".to_owned() } else { count.to_string() });
            std::iter::once(format!("{} {}", label.index() + 1, self.named(label))).chain(cells).collect()
        };
        let rows = counts.pairs().map(row).collect();
        let blocks = vec![Block::Text(self.say("exam.confusion-legend")), Block::Table(heads, rows)];
        Section { heading: self.say("exam.confusion"), blocks }
    }

    fn reliability(&self) -> Section {
        let bands = self.exam.reliability();
        let row = |band: &crate::calibrate::measure::Band| {
            let range = self.fill("exam.band", &[("low", &band.low.to_string()), ("high", &band.high.to_string())]);
            vec![range, band.cases.to_string(), format!("{:.1}%", band.share * 100.0), self.of(band.right, band.cases)]
        };
        let rows = bands.iter().filter(|band| band.cases > 0).map(row).collect();
        let table =
            Block::Table(self.heads(&["exam.column.share", "exam.column.cases", "exam.column.mean", "exam.column.right"]), rows);
        Section { heading: self.say("exam.reliability"), blocks: vec![table] }
    }

    fn falsified(&self, one: &Falsified) -> Section {
        let label = self.exam.kb.facts[one.fact].label.get(self.lang);
        let line = |key: &str, n: usize, all: usize| {
            let percent = percent(n, all);
            self.fill(key, &[("n", &n.to_string()), ("all", &all.to_string()), ("percent", &percent)])
        };
        let trials = self.fill("exam.trials", &[("cases", &one.cases.to_string()), ("n", &one.trials.to_string())]);
        let lines = vec![
            line("exam.holds", one.holds, one.trials),
            line("exam.on-top", one.on_top, one.trials),
            line("exam.gap-named", one.gaps, one.trials),
            line("exam.warned", one.warned, one.trials - one.holds),
        ];
        let mut blocks = vec![Block::Text(trials), Block::Points(lines)];
        if !one.changed.is_empty() {
            blocks.push(Block::Text(self.say("exam.changed")));
            blocks.push(Block::Points(one.changed.iter().map(|change| self.changed(one.fact, change)).collect()));
        }
        Section { heading: self.fill("exam.falsified", &[("fact", label)]), blocks }
    }

    fn changed(&self, fact: FactId, change: &Change) -> String {
        let answer = self.exam.kb.facts[fact].words(change.answer, self.lang);
        let leader = change.leader.map_or_else(|| self.say("exam.nobody"), |leader| self.named(leader).to_owned());
        self.fill("exam.change", &[("case", &change.case), ("answer", &answer), ("leader", &leader)])
    }

    fn fit(&self, fit: &Fit) -> Section {
        let (best, now) = (decimal(fit.best.temperature, 3), decimal(fit.now.temperature, 3));
        let (loss, now_loss) = (format!("{:.4}", fit.best.loss), format!("{:.4}", fit.now.loss));
        let gaps = [("best", best.as_str()), ("loss", &loss), ("now", &now), ("now-loss", &now_loss)];
        let (low, high) = (decimal(fit.flat.0, 3), decimal(fit.flat.1, 3));
        let flat = [("low", low.as_str()), ("high", &high), ("flat", &FLAT.to_string())];
        let held = self.fill("exam.fit-held", &[("loss", &format!("{:.4}", fit.held_out_loss))]);
        let mut blocks = vec![Block::Text(self.fill("exam.fit-best", &gaps)), Block::Text(self.fill("exam.fit-flat", &flat))];
        if fit.is_at_the_edge() {
            blocks.push(Block::Text(self.say("exam.fit-edge")));
        }
        blocks.extend([self.curve(fit), Block::Text(held), self.held_out(fit)]);
        Section { heading: self.say("exam.fit"), blocks }
    }

    /// The curve as a table with bars: from the least loss of the curve to its greatest.
    fn curve(&self, fit: &Fit) -> Block {
        let curve = &fit.curve;
        let least = curve.iter().map(|at| at.loss).fold(f64::INFINITY, f64::min);
        let most = curve.iter().map(|at| at.loss).fold(0.0, f64::max);
        let row = |at: &At| {
            let part = if most > least { (at.loss - least) / (most - least) } else { 0.0 };
            let note = match at.temperature {
                best if best == fit.best.temperature => self.say("exam.curve-best"),
                now if now == fit.now.temperature => self.say("exam.curve-now"),
                _ => String::new(),
            };
            vec![decimal(at.temperature, 3), format!("{:.4}", at.loss), "#".repeat(bar(part)), note]
        };
        Block::Table(
            self.heads(&["exam.column.temperature", "exam.column.loss", "exam.column.curve", "exam.column.note"]),
            curve.iter().map(row).collect(),
        )
    }

    fn held_out(&self, fit: &Fit) -> Block {
        let rows = fit.held_out.iter().map(|one| {
            vec![
                self.named(one.label).to_owned(),
                one.cases.to_string(),
                decimal(one.fitted.temperature, 3),
                format!("{:.4}", one.fitted.loss),
                format!("{:.4}", one.now),
            ]
        });
        Block::Table(
            self.heads(&[
                "exam.column.held-out",
                "exam.column.cases",
                "exam.column.temperature",
                "exam.column.fitted-loss",
                "exam.column.now-loss",
            ]),
            rows.collect(),
        )
    }
}

/// The length of a bar for a part from 0 to 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "0 to BAR columns")]
fn bar(part: f64) -> usize {
    libm::rint(part * BAR as f64) as usize
}
