//! What an interview looks ahead to: the limits that are asked first, and, once
//! the type is firm, what runs, the law of it, and what would change the page.

use super::Interview;
use crate::advice::course::course;
use crate::advice::next::{Next, Why, running as running_facts};
use crate::advice::{plan, stability, stands};
use crate::answer::Answers;
use crate::condition::Variable;
use crate::ids::{DecisionId, FactId};
use crate::kb::KnowledgeBase;

impl Interview<'_> {
    /// Finds the next question. Once the verdict is firm, what comes after it is
    /// what runs today, what the law has to know of it, then what changes the first page most.
    pub(super) fn look_ahead(&mut self, done: &[DecisionId]) {
        (self.next, self.ahead) = course(self.judge, &self.answers, &self.judgement, done);
        let verdict = self.verdict().map(|(decision, _)| decision);
        let about = |next: &Next| matches!(next.why, Why::Decides { decision, .. } if Some(decision) == verdict);
        let is_about = self.next.as_ref().is_some_and(about);
        let kb = self.judge.kb();
        (self.law, self.changes) = Default::default();
        if kb.plan.sections.is_none() || self.answers.known() == 0 || (is_about && !self.ahead.is_firm()) {
            return;
        }
        self.law = law_facts(kb, &self.answers);
        let open = stability::open(kb, &self.answers);
        self.changes = open.iter().flat_map(|one| one.changes.iter().copied()).collect();
        let page = open.iter().map(|one| Next { fact: one.fact, why: Why::Changes(one.changes.iter().copied().collect()) });
        let law = self.law.iter().map(|fact| Next { fact: *fact, why: Why::Opening });
        let mut further: Vec<Next> = running_facts(kb, &self.answers).chain(law).collect();
        for next in page {
            if further.iter().all(|one| one.fact != next.fact) {
                further.push(next);
            }
        }
        self.ahead.further = further.iter().map(|next| next.fact).collect();
        if !is_about {
            self.next = further.into_iter().next();
        }
    }
}

/// What limits everything else: by when money is needed, and the facts that at
/// least a third of the rules of the law ask for, the most asked first.
pub(super) fn limits(kb: &KnowledgeBase) -> Vec<FactId> {
    let reads = |fact: FactId| kb.rules.iter().filter(|rule| rule.when.variables().contains(&Variable::Fact(fact))).count();
    let mut facts: Vec<(usize, FactId)> = kb.facts.ids().map(|fact| (reads(fact), fact)).collect();
    facts.retain(|(count, _)| *count > 0 && count * 3 >= kb.rules.len());
    facts.sort_by_key(|(count, fact)| (std::cmp::Reverse(*count), *fact));
    kb.deadline.iter().map(|deadline| deadline.fact).chain(facts.into_iter().map(|(_, fact)| fact)).collect()
}

/// The open facts that decide whether a rule concerns what runs or is planned.
fn law_facts(kb: &KnowledgeBase, answers: &Answers) -> Vec<FactId> {
    let planned = plan::plan(kb, answers, &stands::stands(kb, answers));
    planned.open_law.into_iter().filter(|fact| answers.is_open(*fact)).collect()
}
