//! Broken bases: one fault each, each caught by exactly the finding that names
//! it, faults of form and lints alike.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it finds nothing")]

use super::support::{changed, toy_folder};
use qun::diagnostic::{Diagnostic, Files, Level};
use qun::kb::{Folder, KnowledgeBase};
use qun::lint::{self, Settings, Subject};
use qun::report::diagnostics::human;
use qun::text::Lang;
use std::collections::BTreeSet;

/// A file, what is replaced by what, and the finding. An empty old text adds to
/// the end of the file, or adds the file.
const BROKEN: &[(&str, &str, &str, &str)] = &[
    // Faults of form.
    ("qun.toml", "floor = 5", "floor = five", "broken-syntax"),
    ("qun.toml", "hours = 4", "hours = 4\nfact = \"pet\"", "condition-kind"),
    ("qun.toml", "hybrid-margin = 3", "hybrid-margin = -1", "setting-out-of-range"),
    ("qun.toml", "clear = 5", "clear = 0", "strength-out-of-range"),
    ("qun.toml", "", "\n[[allow]]\nlint = \"idle-lines\"\n", "missing-key"),
    ("invariants.toml", "", NEVER_OPENED, "unknown-standing"),
    ("invariants.toml", "", NEVER_NAMED, "unknown-candidate"),
    ("invariants.toml", "", NEVER_READ, "unknown-fact"),
    ("kinds/canine.toml", "{ yes = \"walks\" }", "{ yes = \"pet\" }", "condition-kind"),
    ("kinds/canine.toml", "{ is = [\"pet\", \"dog\"] }", "{ is = [\"pet\", []] }", "wrong-shape"),
    ("kinds/canine.toml", "{ is = [\"pet\", \"dog\"] }", "{ is = [\"pet\", \"dog\"], yes = \"walks\" }", "bad-condition"),
    ("kinds/canine.toml", "en = \"Canine\"", "en = \" \"", "empty-text"),
    ("offers/walking.toml", "fixed = true", "fixed = \"yes\"", "wrong-kind"),
    ("offers/walking.toml", "low = 10", "low = 10.0005", "bad-number"),
    ("cases/rex.toml", "toys = [\"ball\"]", "toys = []", "empty-list"),
    ("cases/rex.toml", "walks = true", "walks = \"often\"", "wrong-answer-kind"),
    ("cases/rex.toml", "toys = [\"ball\"]", "toys = [\"ball\", \"none\"]", "none-and-others"),
    ("cases/rex.toml", "toys = [\"ball\"]", "toys = [\"ball\", \"wool\", \"castle\"]", "too-many-choices"),
    ("cases/rex.toml", "toys = [\"ball\"]", "toys = [\"ball\", \"ball\"]", "option-given-twice"),
    ("cases/tom.toml", "size = 4.5", "size = 4.55", "too-fine"),
    ("cases/tom.toml", "says = \"cats\"", "sais = \"cats\"", "unknown-answer-key"),
    ("styles/calm.toml", "strength = \"clear\"", "strength = \"clearly\"", "unknown-strength"),
    ("qun.toml", "mean = 4.0", "mean = 1.0", "overlong-questionnaires"),
    // Lints of form.
    ("facts/all.toml", "", FACT, "unused-facts"),
    ("facts/all.toml", "  { id = \"dogs\"", BIRDS, "unused-options"),
    ("sources.toml", "[[restored]]", LEAFLET, "unused-sources"),
    (
        "kinds/canine.toml",
        "source = \"book#2\"\n",
        "source = \"book#2\"\ngrows-into = [\"feline\", \"aquatic\"]\n",
        "unsorted-lists",
    ),
    ("kinds/canine.toml", "name = { zh = \"犬派\",", "name = { zh = \"犬派\",\n", "toml-1-1-forms"),
    ("kinds/canine.toml", "en = \"Canine\" }", "en = \"Canine\", }", "toml-1-1-forms"),
    ("kinds/canine.toml", "en = \"Canine\" }", "en = \"Can\\x69ne\" }", "toml-1-1-forms"),
    ("offers/walking.toml", "as-of = \"2020\"", "as-of = \"20\"", "undated-figures"),
    ("offers/walking.toml", "as-of = \"2020\"", "as-of = \"2020-13\"", "undated-figures"),
    ("offers/walking.toml", "as-of = \"2020\"\nsource = \"book#2\"", "as-of = \"2020\"\nsource = []", "unsourced-figures"),
    (
        "offers/walking.toml",
        "when = { below = [\"size\", 60] }\nsource = \"judgement\"",
        "when = { below = [\"size\", 60] }\nsource = []",
        "unsourced-evidence",
    ),
    ("qun.toml", "", ALLOWED, "unused-allowances"),
    ("kinds/aquatic.toml", FISH, "{ is = [\"pet\", \"fish\"] }\nstrength = \"slight\"", "uneven-ceilings"),
    // Proofs.
    (
        "offers/grooming.toml",
        "{ is = [\"pet\", [\"cat\", \"dog\"]] }",
        "{ all = [{ is = [\"pet\", \"cat\"] }, { is = [\"pet\", \"dog\"] }] }",
        "constant-conditions",
    ),
    ("kinds/aquatic.toml", FISH, "{ is = [\"pet\", \"fish\"] }\nstrength = \"against\"", "unreachable-candidates"),
    (
        "offers/walking.toml",
        "{ below = [\"size\", 60] }",
        "{ any = [{ below = [\"size\", 60] }, { at-least = [\"size\", 60] }] }",
        "constant-conditions",
    ),
    (
        "offers/walking.toml",
        "when = { yes = \"walks\" }",
        "when = { all = [{ yes = \"walks\" }, { at-least = [\"size\", 60] }] }",
        "closed-candidates",
    ),
    ("offers/walking.toml", "supporting = {", "# supporting = {", "idle-lines"),
    ("offers/walking.toml", "strength = \"slight\"", "strength = \"strong-against\"", "needless-markers"),
    ("invariants.toml", "", NEVER_WALKED, "broken-invariants"),
    ("invariants.toml", "", NEVER_CALM, "broken-invariants"),
    ("cases/tom.toml", "kind = \"feline\"", "kind = \"canine\"", "missed-cases"),
    ("qun.toml", "", "\n[[measured]]\ndecision = \"kind\"\nkept = 1\n", "missed-measures"),
    ("cases/rex.toml", "style = \"lively\"", "style = \"calm\"", "missed-cases"),
];

const FISH: &str = "{ is = [\"pet\", \"fish\"] }\nstrength = \"strong\"";
const NEVER_OPENED: &str =
    "[[never]]\nid = \"a\"\nsays = { zh = \"不可。\", en = \"Never.\" }\ncandidate = \"offer/walking\"\ngroup = \"opened\"\n";
const NEVER_NAMED: &str =
    "[[never]]\nid = \"a\"\nsays = { zh = \"不可。\", en = \"Never.\" }\ncandidate = \"offer/wlaking\"\ngroup = \"open\"\n";
const NEVER_READ: &str = "[[never]]\nid = \"a\"\nsays = { zh = \"不可。\", en = \"Never.\" }\ncandidate = \"offer/walking\"\ngroup = \"open\"\nunless = { yes = \"wlaks\" }\n";
const NEVER_WALKED: &str = "[[never]]\nid = \"a\"\nsays = { zh = \"不可。\", en = \"Never.\" }\ncandidate = \"offer/walking\"\ngroup = \"open\"\nunless = { is = [\"pet\", \"dog\"] }\n";
const NEVER_CALM: &str = "[[never]]\nid = \"a\"\nsays = { zh = \"不可。\", en = \"Never.\" }\ncandidate = \"style/calm\"\ngroup = \"chosen\"\nwhen = { chosen = [\"kind\", \"canine\"] }\n";
const FACT: &str = "\n[[fact]]\nid = \"colour\"\nkind = \"yes-no\"\nnature = \"observed\"\nlabel = { zh = \"是黑的\", en = \"Is black\" }\n\
    question = { zh = \"是黑的吗？\", en = \"Is it black?\" }\nhelp = { zh = \"看。\", en = \"Look.\" }\nexample = { zh = \"是。\", en = \"Yes.\" }\nsource = \"judgement\"\n";
const BIRDS: &str = "  { id = \"birds\", label = { zh = \"爱鸟的\", en = \"Bird people\" } },\n  { id = \"dogs\"";
const LEAFLET: &str = "[[document]]\nid = \"leaflet\"\ntitle = { zh = \"传单\", en = \"A leaflet\" }\n\n[[restored]]";
const ALLOWED: &str = "\n[[allow]]\nlint = \"unused-facts\"\nreason = { zh = \"从前有。\", en = \"There was one.\" }\n";

/// The toy base with a change, or with something added to the end of a file.
fn broken(path: &str, old: &str, new: &str) -> Folder {
    let mut folder = toy_folder();
    match folder.files.iter_mut().find(|(name, _)| name == path) {
        Some((_, text)) if old.is_empty() => {
            text.push_str(new);
            folder
        }
        _ => changed(path, old, new),
    }
}

/// Everything that fails a check, as the command finds it.
fn findings(folder: &Folder, files: &mut Files) -> Vec<Diagnostic> {
    match KnowledgeBase::load(folder, files) {
        Err(faults) => faults,
        Ok(kb) => {
            let found = lint::run(&Subject::new(&kb, files, &folder.name), &Settings::default());
            found.into_iter().filter(|one| one.level > Level::Note).collect()
        }
    }
}

#[test]
fn each_broken_base_is_caught_by_exactly_the_finding_that_names_it() {
    assert!(BROKEN.len() >= 40);
    let mut wrong = Vec::new();
    for (path, old, new, name) in BROKEN {
        let found = findings(&broken(path, old, new), &mut Files::default());
        let names: BTreeSet<&str> = found.iter().map(|one| one.name).collect();
        if names != BTreeSet::from([*name]) {
            wrong.push(format!("{path}: {old:?} -> {new:?}: expected {name}, found {names:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_lint_that_can_fail_a_check_has_a_broken_base_or_a_test_of_its_own() {
    let named: BTreeSet<&str> = BROKEN.iter().map(|(_, _, _, name)| *name).collect();
    let elsewhere = [
        "coverage-gaps",
        "ever-open-candidates",
        "idle-facts",
        "idle-options",
        "impossible-chains",
        "indistinct-candidates",
        "undecided-proofs",
    ];
    for lint in lint::ALL.iter().filter(|lint| lint.level().is_some_and(|level| level > Level::Note)) {
        assert!(named.contains(lint.name()) != elsewhere.contains(&lint.name()), "{}", lint.name());
    }
}

/// The whole message of the only finding.
fn message(folder: &Folder, lang: Lang) -> String {
    let mut files = Files::default();
    let found = findings(folder, &mut files);
    assert_eq!(found.len(), 1);
    human(&found[0], &files, lang, false)
}

#[test]
fn one_strength_that_bars_a_candidate_is_explained() {
    let line = "{ is = [\"pet\", \"fish\"] }\nstrength = \"strong\"";
    let folder = broken("kinds/aquatic.toml", line, &line.replace("\"strong\"", "\"against\""));
    let said = message(&folder, Lang::En);
    assert!(said.contains("`aquatic` can never win"), "{said}");
    assert!(said.contains("With every question answered it has at most 2 points; the floor is 5."), "{said}");
    assert!(message(&folder, Lang::Zh).contains("`aquatic` 永远不会胜出"));
}

#[test]
fn one_strength_that_breaks_an_invariant_is_explained_with_a_profile() {
    let rule = "[[never]]\nid = \"calm-for-canines\"\nsays = { zh = \"犬派不安静。\", en = \"Canines are not calm.\" }\n\
        candidate = \"style/calm\"\ngroup = \"leader\"\nunless = { any = [{ chosen = [\"kind\", \"feline\"] }, { chosen = [\"kind\", \"aquatic\"] }] }\n";
    let mut folder = broken("invariants.toml", "", rule);
    assert_eq!(findings(&folder, &mut Files::default()), []);
    let (_, calm) = folder.files.iter_mut().find(|(name, _)| name == "styles/calm.toml").unwrap();
    calm.push_str("\n[[evidence]]\ntrait = { zh = \"很重\", en = \"It is heavy\" }\nwhen = { at-least = [\"size\", 60] }\nstrength = \"slight\"\nsource = \"judgement\"\n");
    assert_eq!(findings(&folder, &mut Files::default()), [], "two points are below the floor");
    let (_, calm) = folder.files.iter_mut().find(|(name, _)| name == "styles/calm.toml").unwrap();
    *calm = calm.replace("\"slight\"", "\"clear\"");
    let said = message(&folder, Lang::En);
    assert!(said.contains("the invariant `calm-for-canines` does not hold: `calm` can be leader"), "{said}");
    assert!(said.contains("Canines are not calm. This profile breaks it: size = 60"), "{said}");
}
