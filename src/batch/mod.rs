//! Many profiles at once: rows in, one verdict each out, every bad row named.
//!
//! Two readers stand side by side. The complete one ([`complete`]) reads any row
//! as a single profile is read and words every fault. The fast one ([`fast`])
//! reads ordinary rows in a single pass; what it does not recognise at once it
//! leaves to the other. Both hand their answers to the same tables ([`crate::engine::compiled`]),
//! which give what [`crate::judge()`] gives.
//!
//! ```
//! use qun::{Batch, Options};
//! let kb = qun::KnowledgeBase::embedded();
//! let batch = Batch::new(&kb, Options::default());
//! let rows = "{\"id\":\"a\",\"entry\":\"purchase\"}\n{\"entry\":\"nonsense\"}\n";
//! let verdicts: Vec<_> = batch.rows(rows.as_bytes()).collect();
//! assert!(verdicts[0].is_ok());
//! assert!(verdicts[1].is_err()); // no such option; the row is named, the rest goes on
//! ```

pub mod columns;
pub mod complete;
pub mod fast;
mod full;
pub mod missing;
pub mod options;
pub mod receipt;
pub mod remarks;
pub mod rows;
pub mod rule;
pub mod run;
pub mod sheet;
pub mod source;
mod tail;
pub mod tally;
pub mod worker;
pub mod write;

use crate::answer::Answers;
use crate::engine::compiled::judging::Judging;
use crate::engine::compiled::marks::Marks;
use crate::engine::compiled::plan::Plan;
use crate::engine::compiled::verdict::Verdict;
use crate::engine::compiled::verify::Verify;
use crate::ids::CandidateId;
use crate::kb::KnowledgeBase;
use crate::profile::Profile;
use crate::profile::names::Names;
use fast::Reader;
use options::{Detail, Options};
use std::collections::HashMap;
use write::Texts;

/// A base compiled for judging many profiles.
pub struct Batch<'a> {
    /// The base.
    pub(crate) kb: &'a KnowledgeBase,
    /// What is asked for.
    pub(crate) options: Options,
    names: Names<'a>,
    /// Candidates by what a known label may call them.
    labels: HashMap<String, CandidateId>,
    plan: Plan<'a>,
    reader: Reader,
    verify: Option<Verify<'a>>,
    face: Face<'a>,
    /// Whether a line has more than its verdict.
    has_tail: bool,
}

/// Puts what is to be said of a profile, given its verdict and row, behind a text
/// as one line, its end included. Of the profile its id, its answers and its own
/// numbers are told; an ordinary row has nothing else to say.
pub type Whole<'a> = dyn Fn(&Profile, &Verdict, u64, &mut String) + Sync + 'a;

/// How verdicts are written.
enum Face<'a> {
    /// As lines of JSON.
    Json(Texts),
    /// As lines that a caller words.
    Whole(Box<Whole<'a>>),
    /// As a table.
    Table(sheet::Columns),
}

impl<'a> Batch<'a> {
    /// Compiles a base. Verdicts are written as lines of JSON.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase, options: Options) -> Batch<'a> {
        let mut plan = Plan::new(kb, &options.decisions);
        let verify = options.verify.then(|| Verify::new(kb, options.ask_next));
        if verify.is_some() || options.detail == Detail::Full {
            plan.keep_answers();
        }
        let face = if options.detail == Detail::Full {
            let lines = full::Lines::new(kb);
            Face::Whole(Box::new(move |profile, verdict, row, text| lines.put(profile, verdict, row, text)))
        } else {
            Face::Json(Texts::new(&plan, options.detail))
        };
        let (names, labels) = (Names::new(&kb.facts), options.labels(kb));
        let has_tail = options.has_tail();
        Batch { kb, names, labels, reader: Reader::new(&plan, &options), options, plan, verify, face, has_tail }
    }

    /// Writes every judgement as this says.
    #[must_use]
    pub(crate) fn whole(mut self, whole: impl Fn(&Profile, &Verdict, u64, &mut String) + Sync + 'a) -> Batch<'a> {
        self.options.detail = Detail::Full;
        self.plan.keep_answers();
        self.reader = Reader::new(&self.plan, &self.options);
        self.face = Face::Whole(Box::new(whole));
        self
    }

    /// Writes a table that keeps the input's columns; for a spreadsheet program
    /// with a byte order mark, its line ends, and no formulas. On a screen, where it
    /// `is_seen`, what could move the cursor is replaced.
    #[must_use]
    pub fn table(mut self, excel: bool, is_seen: bool) -> Batch<'a> {
        self.face = Face::Table(sheet::Columns::new(&self.plan, &self.options, excel, is_seen));
        self
    }

    /// Judges profiles that are at hand, in their order.
    ///
    /// # Panics
    ///
    /// With [`Options::verify`], if the engine comes to another verdict.
    #[must_use]
    pub fn judge(&self, profiles: &[Answers]) -> Vec<Verdict> {
        let mut judging = Judging::new(&self.plan, self.options.ask_next);
        let mut marks = Marks::default();
        let one = |answers: &Answers| {
            marks.fill(&self.plan, answers);
            let mut verdict = Verdict::default();
            judging.judge(&self.plan, &marks, &mut verdict);
            if let Some(Err(difference)) = self.verify.as_ref().map(|verify| verify.marks(&self.plan, &marks, &verdict)) {
                panic!("{difference}");
            }
            verdict
        };
        profiles.iter().map(one).collect()
    }

    /// The base with its tables.
    #[must_use]
    pub(crate) fn plan(&self) -> &Plan<'a> {
        &self.plan
    }

    /// No rows counted yet.
    #[must_use]
    pub(crate) fn tally(&self) -> tally::Tally {
        tally::Tally::new(&self.plan)
    }

    /// The head that a table of verdicts begins with, given the input's heads.
    #[must_use]
    pub(crate) fn head(&self, heads: &columns::Heads) -> Vec<u8> {
        match &self.face {
            Face::Table(columns) => columns.head(heads),
            Face::Json(_) | Face::Whole(_) => Vec::new(),
        }
    }
}
