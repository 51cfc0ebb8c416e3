//! The library in thirty lines: read a profile, judge it, print the account of the leader.
//!
//! `cargo run --example judge -- examples/xiaomi-miui.toml`

#![expect(clippy::print_stdout, reason = "an example shows its result")]
#![allow(clippy::disallowed_methods, reason = "and reads its argument")]

use qun::{Files, KnowledgeBase, Lang, judge};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a profile")?;
    let kb = KnowledgeBase::embedded();
    let mut files = Files::default();
    let profile =
        kb.read_profile(&path, &std::fs::read(&path)?, &mut files).map_err(|faults| faults[0].message(&files, Lang::En))?;
    let judgement = judge(&kb, &profile.answers);
    for outcome in &judgement.decisions {
        let decision = &kb.decisions()[outcome.decision()];
        let Some(leader) = outcome.leader() else { continue };
        let candidate = &decision.candidates[leader];
        let account = outcome.of(leader).ok_or("a leader is ranked")?;
        println!("{}: {} ({} points)", decision.heading.get(Lang::En), candidate.name.get(Lang::En), account.points);
        for (line, truth) in candidate.evidence.iter().zip(&account.lines).filter(|(_, truth)| truth.is_yes()) {
            println!("  {:+} {} ({truth:?})", line.points, line.statement.get(Lang::En));
        }
    }
    Ok(())
}
