//! What an edit does, held against both bases: 30 edited copies of the shipped base.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it finds nothing")]

use qun::answer::Answers;
use qun::diagnostic::Files;
use qun::diff::flips::{flips, leader};
use qun::diff::joint::{Bases, Side};
use qun::kb::{Folder, KnowledgeBase};
use qun::proof::solve::Outcome;

/// An edit: what it is, and in which files what stands instead of what; the whole
/// file is new if nothing stood there, and gone if nothing stands there any more.
struct Edit {
    name: &'static str,
    parts: &'static [(&'static str, &'static str, &'static str)],
}

const EDITS: &[Edit] = &[
    Edit {
        name: "a strength up",
        parts: &[("types/brand.toml", "when = { is = [\"talk-most\", \"name-stories\"] }\nstrength = \"strong\"", "when = { is = [\"talk-most\", \"name-stories\"] }\nstrength = \"decisive\"")],
    },
    Edit { name: "slight is more", parts: &[("qun.toml", "slight = 2", "slight = 3")] },
    Edit { name: "a mode line", parts: &[("modes/ip-community.toml", "when = { is = [\"goods-kind\", \"mass\"] }\nstrength = \"against\"", "when = { is = [\"goods-kind\", \"mass\"] }\nstrength = \"slight-against\"")] },
    Edit { name: "the floor", parts: &[("qun.toml", "floor = 10\n", "floor = 12\n")] },
    Edit { name: "words", parts: &[("types/brand.toml", "Members wear our name with pride", "Members wear our name proudly")] },
];

fn edited(edit: &Edit) -> Folder {
    let mut folder = Folder::embedded();
    for (path, old, new) in edit.parts {
        let at = folder.files.iter().position(|(name, _)| name == path);
        match at {
            None => folder.files.push(((*path).to_owned(), (*new).to_owned())),
            Some(at) if new.is_empty() && old.is_empty() => {
                folder.files.remove(at);
            }
            Some(at) => {
                let text = &mut folder.files[at].1;
                assert!(text.contains(old), "{path} has no {old:?}");
                *text = text.replacen(old, new, 1);
            }
        }
    }
    folder.files.sort();
    folder
}

fn load(folder: &Folder) -> KnowledgeBase {
    KnowledgeBase::load(folder, &mut Files::default()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn every_witness_of_a_flip_is_judged_as_claimed_by_both_bases() {
    let old = KnowledgeBase::embedded();
    for edit in EDITS {
        let new = load(&edited(edit));
        let bases = Bases::new(&old, &new);
        let start = std::time::Instant::now();
        for decision in flips(&bases) {
            let (mut shown, mut none, mut open) = (0, 0, 0);
            let mut size = 0;
            for pair in &decision.pairs {
                match &pair.found {
                    Outcome::Shown(answers) => {
                        shown += 1;
                        size += answers.known();
                        assert_eq!(leader(&bases, Side::Old, answers, decision.decision[0]), pair.from);
                        assert_eq!(leader(&bases, Side::New, answers, decision.decision[1]), pair.to);
                    }
                    Outcome::Impossible => none += 1,
                    Outcome::Undecided => open += 1,
                }
            }
            eprintln!("{}: {} {shown} {none} {open} size {size} {:?}", edit.name, old.decisions[decision.decision[0]].id, start.elapsed());
        }
    }
    let _ = Answers::unknown(0);
}
