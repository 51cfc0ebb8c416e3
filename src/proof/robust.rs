//! Robustness: how much has to be wrong before another candidate leads.
//!
//! Three questions about one verdict of the first leader decision. Which single
//! answers does it hang on? Which single line, if it were not there or weighed
//! twice as much? And by how much may all strengths be off at once? The last is
//! the stability radius of sensitivity analysis: if no strength is off by more,
//! each in whatever direction, the leader stays, and nothing greater has that
//! property. It is exact, because points are sums: against a rival every line
//! that holds of either can take away at most what it is off by.

use crate::answer::{Answer, Answers};
use crate::condition::Variable;
use crate::engine::bounds::Tables;
use crate::engine::chain::Kept;
use crate::engine::judge::Judge;
use crate::engine::kernel::{Points, Rule};
use crate::engine::score::{all_points, truths};
use crate::ids::{CandidateId, DecisionId, FactId, LineId};
use crate::kb::{Decision, Keep, KnowledgeBase};
use crate::truth::Truth;
use std::cmp::Reverse;

/// How many pivotal answers are named at most.
pub const MOST: usize = 3;

/// How much has to be wrong before another candidate leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robust {
    /// The decision: the first that keeps leaders.
    pub decision: DecisionId,
    /// Its leader.
    pub leader: CandidateId,
    /// The answers that it hangs on, the most pivotal first; at most [`MOST`].
    pub pivots: Vec<Pivot>,
    /// How far all strengths may be off; `None` if any error would do no harm.
    pub radius: Option<Radius>,
    /// Single lines that it hangs on, the heaviest first.
    pub lines: Vec<LineEdit>,
}

/// An answer on which the verdict hangs: another one to the same question,
/// everything else unchanged, gives the decision another leader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pivot {
    /// The fact.
    pub fact: FactId,
    /// The other answer that takes most from the leader.
    pub other: Answer,
    /// The decision.
    pub decision: DecisionId,
    /// Its leader under that other answer; `None` if it would abstain.
    pub leader: Option<CandidateId>,
}

/// How far strengths may be off, in points per line: what the leader has to lose,
/// divided by the lines that can take it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Radius {
    /// The rival that would come first; none where the leader would lose its floor.
    pub rival: Option<CandidateId>,
    /// The points that the leader is ahead of it, or above the floor.
    pub points: i32,
    /// How many lines hold of the two, or of the leader.
    pub lines: i32,
    /// Whether the leader still leads where all of it is lost: ties go to the earlier.
    pub holds_level: bool,
}

/// A line on which the verdict hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineEdit {
    /// The candidate.
    pub candidate: CandidateId,
    /// The number of its line, which holds.
    pub line: LineId,
    /// Whether it is doubled; else it is taken away.
    pub is_doubled: bool,
    /// The leader that follows; `None` if the decision would abstain.
    pub leader: Option<CandidateId>,
}

impl Radius {
    /// The greatest error in hundredths of a point per line up to which the leader certainly stays.
    #[must_use]
    pub fn hundredths(&self) -> i32 {
        ((self.points * 100 - i32::from(!self.holds_level)) / self.lines.max(1)).max(0)
    }

    /// Whether it is smaller than another one, or as small and worse at its end.
    fn is_below(&self, other: &Radius) -> bool {
        let (one, two) = (self.points * other.lines, other.points * self.lines);
        (one, self.holds_level) < (two, other.holds_level)
    }
}

/// A base with what the questions need, for many profiles.
#[derive(Debug, Clone)]
pub struct Robustness {
    decision: Option<DecisionId>,
    facts: Vec<Read>,
}

/// A fact that the decision reads.
#[derive(Debug, Clone)]
struct Read {
    fact: FactId,
    /// Answers that stand for all.
    answers: Vec<Answer>,
    /// The lines that read it, as candidate and number.
    lines: Vec<(CandidateId, LineId)>,
}

impl Robustness {
    /// Prepares the first leader decision; nothing if nothing is proven about it.
    #[must_use]
    pub fn new(judge: &Judge<'_>) -> Robustness {
        let kb = judge.kb();
        let first = kb.decisions.position(|decision| decision.keep == Keep::Leaders);
        let tables = first.and_then(|first| judge.tables(first));
        let facts = tables.map_or_else(Vec::new, |tables| facts(&kb.decisions[tables.decision()], tables));
        Robustness { decision: tables.map(Tables::decision), facts }
    }

    /// How robust the verdict on a profile is; `None` where nobody leads.
    #[must_use]
    pub fn of(&self, kb: &KnowledgeBase, answers: &Answers) -> Option<Robust> {
        let decision = self.decision?;
        let points = all_points(kb, decision, answers, &Kept::default());
        let leader = Rule::of(kb).choose(&points).leader()?;
        let state = State { kb, decision, answers, points, leader };
        Some(Robust { decision, leader, pivots: state.pivots(&self.facts), radius: state.radius(), lines: state.lines() })
    }
}

/// What the decision reads, fact by fact.
fn facts(decision: &Decision, tables: &Tables) -> Vec<Read> {
    let mut facts: Vec<FactId> = tables.facts().collect();
    facts.sort_unstable();
    let lines = |fact: FactId| {
        let all = decision.candidates.pairs().flat_map(|(candidate, one)| {
            let reads = move |line: &crate::kb::Evidence| line.when.variables().contains(&Variable::Fact(fact));
            let lines = one.evidence.pairs().filter(move |(_, line)| reads(line));
            lines.map(move |(line, _)| (candidate, line))
        });
        all.collect()
    };
    facts.into_iter().map(|fact| Read { fact, answers: tables.answers(fact), lines: lines(fact) }).collect()
}

/// One verdict.
struct State<'a> {
    kb: &'a KnowledgeBase,
    decision: DecisionId,
    answers: &'a Answers,
    points: Points,
    leader: CandidateId,
}

impl State<'_> {
    fn leader_of(&self, points: &Points) -> Option<CandidateId> {
        Rule::of(self.kb).choose(points).leader()
    }

    /// The points that lines count under some answers, by candidate.
    fn counted(&self, lines: &[(CandidateId, LineId)], answers: &Answers) -> Points {
        let mut found = Points::filled(0, self.points.len());
        for (candidate, line) in lines {
            let line = &self.kb.candidate(self.decision, *candidate).evidence[*line];
            if line.when.truth(answers, &()).is_yes() {
                found[*candidate] += line.points;
            }
        }
        found
    }

    /// The most pivotal answers first: those whose change takes the most from the leader.
    fn pivots(&self, facts: &[Read]) -> Vec<Pivot> {
        let mut found: Vec<(i32, Pivot)> = Vec::new();
        let mut changed = self.answers.clone();
        for read in facts.iter().filter(|read| self.answers.get(read.fact).is_some()) {
            let before = self.counted(&read.lines, self.answers);
            let mut worst: Option<(i32, Pivot)> = None;
            for other in &read.answers {
                changed.set(read.fact, Some(*other));
                let after = self.counted(&read.lines, &changed);
                let points: Points = after.pairs().map(|(one, after)| self.points[one] + after - before[one]).collect();
                let now = self.leader_of(&points);
                let rivals = points.pairs().filter(|(one, _)| *one != self.leader);
                let lead = points[self.leader] - rivals.map(|(_, points)| *points).max().unwrap_or(0);
                if now != Some(self.leader) && worst.is_none_or(|(least, _)| lead < least) {
                    worst = Some((lead, Pivot { fact: read.fact, other: *other, decision: self.decision, leader: now }));
                }
            }
            changed.restore(read.fact, self.answers);
            found.extend(worst);
        }
        found.sort_by_key(|(lead, pivot)| (*lead, pivot.fact));
        found.into_iter().take(MOST).map(|(_, pivot)| pivot).collect()
    }

    /// The lines of a candidate that hold.
    fn holding(&self, candidate: CandidateId) -> Vec<LineId> {
        let truths = truths(self.kb.candidate(self.decision, candidate), self.answers, &());
        truths.pairs().filter(|(_, truth)| **truth == Truth::Yes).map(|(line, _)| line).collect()
    }

    fn radius(&self) -> Option<Radius> {
        let count = |one: CandidateId| i32::try_from(self.holding(one).len()).unwrap_or(i32::MAX / 2);
        let own = count(self.leader);
        let over = |rival: CandidateId| Radius {
            rival: Some(rival),
            points: self.points[self.leader] - self.points[rival],
            lines: own + count(rival),
            holds_level: self.leader < rival,
        };
        let floor = Radius { rival: None, points: self.points[self.leader] - self.kb.floor, lines: own, holds_level: true };
        let rivals = self.points.ids().filter(|rival| *rival != self.leader);
        let all = rivals.map(over).chain([floor]).filter(|radius| radius.lines > 0);
        all.reduce(|least, one| if one.is_below(&least) { one } else { least })
    }

    /// Every line that holds, taken away and doubled.
    fn lines(&self) -> Vec<LineEdit> {
        let mut found: Vec<(i32, LineEdit)> = Vec::new();
        for candidate in self.points.ids() {
            for line in self.holding(candidate) {
                let weight = self.kb.candidate(self.decision, candidate).evidence[line].points;
                for (is_doubled, change) in [(false, -weight), (true, weight)] {
                    let mut points = self.points.clone();
                    points[candidate] += change;
                    let leader = self.leader_of(&points);
                    if leader != Some(self.leader) {
                        found.push((weight.abs(), LineEdit { candidate, line, is_doubled, leader }));
                    }
                }
            }
        }
        found.sort_by_key(|(weight, edit)| (Reverse(*weight), edit.candidate != self.leader, edit.candidate, edit.line));
        found.into_iter().map(|(_, edit)| edit).collect()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_hundredths() {
        use qun::proof::robust::Radius;
        let radius = Radius { rival: None, points: 13, lines: 9, holds_level: true };
        assert_eq!(radius.hundredths(), 144);
    }
}
