//! A rule as a person writes it, held against the base.

use super::holds::{Comparison, Rule, Test};
use super::tokens::{Token, tokens};
use crate::engine::compiled::plan::Plan;
use crate::engine::kernel::Readiness;
use crate::engine::ready::lists;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::{Keep, KnowledgeBase};
use crate::spelling::{nearest, normal};

/// The deepest nesting of brackets and negations.
const DEEPEST: usize = 64;
/// What stands for nobody where a candidate could stand.
const NOBODY: &str = "none";
/// The fields of a decision that keeps leaders.
const LEADING: [&str; 6] = ["chosen", "leader", "second", "margin", "settled", POINTS];
/// The field with the points of a candidate.
const POINTS: &str = "points";
/// That what is said and what is seen point apart.
const GAP: &str = "gap";

/// What is wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("character {at}: {what:?}")]
pub struct Fault {
    /// At which character, from 1.
    pub at: usize,
    /// What it is.
    pub what: What,
    /// What was found there; empty at the end.
    pub found: String,
    /// What could stand there.
    pub valid: Vec<String>,
    /// The spelling that was probably meant.
    pub near: Option<String>,
}

/// Kinds of faults of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A quotation mark is never closed.
    Open,
    /// Something else should stand there.
    Unexpected,
    /// It goes on behind its end.
    Behind,
    /// Brackets and negations are nested too deep.
    TooDeep,
    /// There is no such decision or field.
    NoField,
    /// A field has no decision before it.
    NoDecision,
    /// The decision is not among those that are asked for.
    NotAsked,
    /// There is no such candidate.
    NoCandidate,
    /// A number should stand there.
    NoNumber,
    /// It should be true or false.
    NoTruth,
    /// The comparison does not fit: only `=` and `!=` do.
    NoOrder,
}

impl Rule {
    /// Reads a rule over the verdicts of a plan.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it.
    pub fn read(plan: &Plan<'_>, text: &str) -> Result<Rule, Fault> {
        let tokens =
            tokens(text).map_err(|at| Fault { at, what: What::Open, found: String::new(), valid: Vec::new(), near: None })?;
        let end = text.chars().count() + 1;
        let mut reader = Reader { plan, tokens: &tokens, next: 0, end, decision: None, depth: 0 };
        let rule = reader.any()?;
        match reader.tokens.get(reader.next) {
            Some(_) => Err(reader.fault(What::Behind, &["and", "or"])),
            None => Ok(rule),
        }
    }
}

struct Reader<'a> {
    plan: &'a Plan<'a>,
    tokens: &'a [Token<'a>],
    next: usize,
    /// The character behind the last.
    end: usize,
    /// The decision named last.
    decision: Option<DecisionId>,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn kb(&self) -> &'a KnowledgeBase {
        self.plan.kb
    }

    /// That something is wrong with the next word.
    fn fault(&self, what: What, valid: &[&str]) -> Fault {
        let word = self.tokens.get(self.next);
        let found = word.map_or("", |word| word.text);
        let near = word.and_then(|word| nearest(word.text, valid.iter().copied())).map(str::to_owned);
        let valid = valid.iter().map(|one| (*one).to_owned()).collect();
        Fault { at: word.map_or(self.end, |word| word.at), what, found: found.to_owned(), valid, near }
    }

    /// Takes the next word if it is this one.
    fn take(&mut self, text: &str) -> bool {
        let is_it = self.tokens.get(self.next).is_some_and(|word| !word.is_quoted && word.text == text);
        self.next += usize::from(is_it);
        is_it
    }

    fn any(&mut self) -> Result<Rule, Fault> {
        let mut all = vec![self.all()?];
        while self.take("or") {
            all.push(self.all()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Rule::Any(all) })
    }

    fn all(&mut self) -> Result<Rule, Fault> {
        let mut all = vec![self.one()?];
        while self.take("and") {
            all.push(self.one()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Rule::All(all) })
    }

    fn one(&mut self) -> Result<Rule, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault(What::TooDeep, &[]));
        }
        let found = if self.take("not") {
            Rule::Not(Box::new(self.one()?))
        } else if self.take("(") {
            let inner = self.any()?;
            if !self.take(")") {
                return Err(self.fault(What::Unexpected, &[")", "and", "or"]));
            }
            inner
        } else {
            self.test()?
        };
        self.depth -= 1;
        Ok(found)
    }

    /// `type.margin < 5`, `margin < 5`, `type.points.brand >= 10`, `channel.open = membership`.
    fn test(&mut self) -> Result<Rule, Fault> {
        let kb = self.kb();
        let decisions: Vec<&str> = kb.decisions.iter().map(|one| one.id.as_str()).chain([GAP]).collect();
        let Some(word) = self.tokens.get(self.next).filter(|word| word.is_quoted || !is_sign(word.text)) else {
            return Err(self.fault(What::Unexpected, &decisions));
        };
        let (first, rest) = word.text.split_once('.').map_or((word.text, None), |(first, rest)| (first, Some(rest)));
        let (decision, field) = match (kb.decision(first), self.decision) {
            (Some(decision), _) => (decision, rest.unwrap_or_default()),
            (None, _) if word.text == GAP => {
                self.next += 1;
                return self.truth(Rule::Gap);
            }
            (None, Some(decision)) => (decision, word.text),
            (None, None) if LEADING.contains(&first) || list(first).is_some() => {
                return Err(self.fault(What::NoDecision, &decisions));
            }
            (None, None) => {
                let mut fault = self.fault(What::NoField, &decisions);
                fault.near = nearest(first, decisions.iter().copied()).map(str::to_owned);
                return Err(fault);
            }
        };
        if !self.plan.decisions[decision].printed {
            return Err(self.fault(What::NotAsked, &[]));
        }
        self.decision = Some(decision);
        self.field(decision, field)
    }

    /// The field of a decision, which the next word names, and what is said of it.
    fn field(&mut self, decision: DecisionId, field: &str) -> Result<Rule, Fault> {
        let kb = self.kb();
        let keep = kb.decisions[decision].keep;
        let lists = if keep == Keep::All { lists(kb, decision) } else { Vec::new() };
        let mut valid: Vec<&str> = lists.iter().map(|list| list.id()).collect();
        valid.extend(if keep == Keep::Leaders { &LEADING[..] } else { &[POINTS][..] });
        let (name, of) = field.split_once('.').map_or((field, None), |(name, of)| (name, Some(of)));
        let is_whole = valid.contains(&name) && (name == POINTS) == of.is_some();
        if !is_whole {
            let mut fault = self.fault(What::NoField, &valid);
            fault.near = nearest(name, valid.iter().copied()).filter(|near| *near != name).map(str::to_owned);
            return Err(fault);
        }
        let candidate = of.map(|of| self.candidate(decision, of)).transpose()?;
        self.next += 1;
        let of = |test: Test| Rule::Decision(decision, test);
        match (name, candidate) {
            ("settled", _) => self.truth(of(Test::Settled)),
            ("margin", _) => self.number(|how, number| of(Test::Margin(how, number))),
            (_, Some(candidate)) => self.number(|how, number| of(Test::Points(candidate, how, number))),
            _ => {
                let is_so = self.is_or_not()?;
                let Some(word) = self.tokens.get(self.next) else {
                    let ids: Vec<&str> = kb.decisions[decision].candidates.iter().map(|one| one.id.as_str()).collect();
                    return Err(self.fault(What::NoCandidate, &ids));
                };
                let is_nobody = word.text == NOBODY && !word.is_quoted;
                let one = if is_nobody { None } else { Some(self.candidate(decision, word.text)?) };
                self.next += 1;
                let test = match name {
                    "chosen" => Test::Chosen(one),
                    "leader" => Test::Leader(one),
                    "second" => Test::Second(one),
                    _ => Test::Stands(list(name).unwrap_or(Readiness::Never), one),
                };
                Ok(if is_so { of(test) } else { Rule::Not(Box::new(of(test))) })
            }
        }
    }

    /// A candidate by its id or by its name in either language.
    fn candidate(&self, decision: DecisionId, text: &str) -> Result<CandidateId, Fault> {
        let all = &self.kb().decisions[decision].candidates;
        let wanted = normal(text);
        let is_called = |(_, one): &(CandidateId, &crate::kb::Candidate)| {
            one.id == text || normal(&one.name.zh) == wanted || normal(&one.name.en) == wanted
        };
        all.pairs().find(is_called).map(|(at, _)| at).ok_or_else(|| {
            let ids: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
            let mut fault = self.fault(What::NoCandidate, &ids);
            (fault.near, fault.found) = (nearest(text, ids).map(str::to_owned), text.to_owned());
            fault
        })
    }

    /// `=` or `!=`.
    fn is_or_not(&mut self) -> Result<bool, Fault> {
        if self.take("=") || self.take("==") {
            return Ok(true);
        }
        if self.take("!=") {
            return Ok(false);
        }
        let is_order = self.tokens.get(self.next).is_some_and(|word| is_sign(word.text));
        Err(self.fault(if is_order { What::NoOrder } else { What::Unexpected }, &["=", "!="]))
    }

    /// Nothing, which means that it holds, or `= true`, `!= false` and their like.
    fn truth(&mut self, rule: Rule) -> Result<Rule, Fault> {
        let follows = self.tokens.get(self.next).is_some_and(|word| !word.is_quoted && is_sign(word.text) && word.text != ")");
        if !follows {
            return Ok(rule);
        }
        let is_so = self.is_or_not()?;
        let wanted = self.take("true");
        if !wanted && !self.take("false") {
            return Err(self.fault(What::NoTruth, &["true", "false"]));
        }
        Ok(if is_so == wanted { rule } else { Rule::Not(Box::new(rule)) })
    }

    /// A comparison with a whole number.
    fn number(&mut self, of: impl Fn(Comparison, i64) -> Rule) -> Result<Rule, Fault> {
        const HOW: [(&str, Comparison, bool); 7] = [
            ("=", Comparison::Equal, true),
            ("==", Comparison::Equal, true),
            ("!=", Comparison::Equal, false),
            ("<", Comparison::Less, true),
            ("<=", Comparison::AtMost, true),
            (">", Comparison::Greater, true),
            (">=", Comparison::AtLeast, true),
        ];
        let Some((_, how, is_so)) = HOW.into_iter().find(|(sign, _, _)| self.take(sign)) else {
            return Err(self.fault(What::Unexpected, &HOW.map(|(sign, _, _)| sign)));
        };
        let number = self.tokens.get(self.next).filter(|word| !word.is_quoted).and_then(|word| word.text.parse().ok());
        let number = number.ok_or_else(|| self.fault(What::NoNumber, &[]))?;
        self.next += 1;
        let rule = of(how, number);
        Ok(if is_so { rule } else { Rule::Not(Box::new(rule)) })
    }
}

fn is_sign(word: &str) -> bool {
    word.starts_with(['=', '<', '>', '!', '(', ')'])
}

/// The list of this name.
fn list(name: &str) -> Option<Readiness> {
    Readiness::ALL.into_iter().find(|one| one.id() == name)
}
