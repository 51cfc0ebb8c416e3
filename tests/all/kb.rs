//! Loading: every fault of every file in one run, at its place, and only that fault.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::support::{changed, faults, toy, toy_folder};
use qun::diagnostic::Files;
use qun::ids::DecisionId;
use qun::kb::files::FolderFault;
use qun::kb::form::{FILES, Kind};
use qun::kb::{Folder, KnowledgeBase};
use std::collections::BTreeSet;

#[test]
fn the_toy_base_is_sound() {
    assert_eq!(faults(&toy_folder()), [""; 0]);
}

#[test]
fn the_embedded_base_is_sound() {
    assert_eq!(faults(&Folder::embedded()), [""; 0]);
}

/// What the build wrote is what the program makes of the same files, to the byte, and nothing is lost on the way.
#[test]
fn the_base_that_is_built_in_is_the_base_of_the_files() {
    let of_files = KnowledgeBase::load(&Folder::embedded(), &mut Files::default()).unwrap();
    let built_in = KnowledgeBase::built_in().expect("the build found no faults");
    assert!(built_in.to_bytes().unwrap() == of_files.to_bytes().unwrap());
    assert!(format!("{built_in:?}") == format!("{of_files:?}"));
    let toy = toy();
    let back = KnowledgeBase::from_bytes(&toy.to_bytes().unwrap()).unwrap();
    assert_eq!(format!("{back:?}"), format!("{toy:?}"));
    assert!(KnowledgeBase::from_bytes(b"").is_none());
}

#[test]
fn three_faults_in_three_files_are_three_messages() {
    let mut folder = changed("kinds/canine.toml", "strength = \"clear\"", "strength = \"claer\"");
    for (path, old, new) in [
        ("facts/all.toml", "kind = \"yes-no\"", "kind = \"yesno\""),
        ("offers/walking.toml", "when = { yes = \"walks\" }", "when = { yes = \"walk\" }"),
    ] {
        let (_, text) = folder.files.iter_mut().find(|(name, _)| name == path).unwrap();
        *text = text.replacen(old, new, 1);
    }
    let found = faults(&folder);
    let names: Vec<_> = found.iter().map(std::string::String::as_str).collect();
    assert_eq!(
        names,
        [
            "toy/facts/all.toml:65:8 unknown-kind",
            "toy/kinds/canine.toml:25:12 unknown-strength",
            "toy/offers/walking.toml:46:16 unknown-fact"
        ]
    );
}

#[test]
fn several_faults_in_one_table_are_all_found() {
    let folder = changed(
        "kinds/canine.toml",
        "trait = { zh = \"养狗\", en = \"A dog is kept\" }\nwhen = { is = [\"pet\", \"dog\"] }\nstrength = \"strong\"",
        "trait = { zh = \"养狗\" }\nwhen = { is = [\"pet\", \"dgo\"] }\nstrength = \"strogn\"\ncolour = \"red\"",
    );
    let found = faults(&folder);
    let names: Vec<_> = found.iter().map(|fault| fault.rsplit(' ').next().unwrap()).collect();
    assert_eq!(names, ["missing-key", "unknown-option", "unknown-strength", "unknown-key"]);
}

#[test]
fn five_faults_in_five_files_are_five_messages_the_cause_first() {
    let mut folder = changed("qun.toml", "floor = 5", "floor = 0");
    for (path, old, new) in [
        ("facts/all.toml", "kind = \"yes-no\"", "kind = \"yesno\""),
        ("kinds/canine.toml", "strength = \"clear\"", "strength = \"claer\""),
        ("kinds/feline.toml", "source = \"book#1\"", "sorce = \"book#1\""),
        ("offers/walking.toml", "[text.who]\nzh = \"你\"", "[text.who]\nzh = \"你"),
    ] {
        let (_, text) = folder.files.iter_mut().find(|(name, _)| name == path).unwrap();
        assert!(text.contains(old), "{path}");
        *text = text.replacen(old, new, 1);
    }
    let found = faults(&folder);
    let names: Vec<_> = found.iter().map(|fault| fault.rsplit(' ').next().unwrap()).collect();
    assert_eq!(names, ["broken-syntax", "unknown-kind", "unknown-strength", "unknown-key", "setting-out-of-range"], "{found:?}");
}

#[test]
fn what_a_broken_file_declares_is_not_missed_elsewhere() {
    for (path, old, new) in [
        ("facts/all.toml", "kind = \"choice\"", "kind = choice"),
        ("facts/all.toml", "[[fact]]", "[[fact]"),
        ("sources.toml", "[[restored]]", "[[restored"),
        ("offers/walking.toml", "[text.who]", "[text.who"),
        ("kinds/feline.toml", "[[evidence]]", "[[evidence]"),
        ("cases/tom.toml", "[answers]", "[answers"),
        ("qun.toml", "[strengths]", "[strengths"),
        ("qun.toml", "facts = [\"all\"]", "facts = [\"all\""),
    ] {
        let found = faults(&changed(path, old, new));
        assert!(found.iter().all(|fault| fault.ends_with(" broken-syntax")), "{path}: {new}: {found:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_base_is_a_fault_and_never_opened() {
    let folder = tempfile::tempdir().unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket.toml")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.toml")).status().unwrap();
    assert!(made.success());
    let (_, faults) = Folder::read(folder.path()).unwrap();
    let names = faults;
    assert_eq!(names, ["pipe.toml", "socket.toml"].map(|name| (name.to_owned(), FolderFault::NoFile)));
}

#[test]
fn the_field_tables_of_the_manual_are_the_forms() {
    let manual = include_str!("../../data/README.md");
    let tables = manual.split("## Field tables").nth(1).unwrap().split("\n## How to add").next().unwrap();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for cell in tables.split('`').skip(1).step_by(2) {
        let name = cell.trim_matches(['[', ']']);
        told.insert(name.split('.').next().unwrap());
    }
    for (file, form) in &FILES {
        let mut left = vec![form];
        while let Some(form) = left.pop() {
            for field in form.fields {
                // Both languages of a text are told of once.
                assert!(
                    told.contains(field.key) || ["zh", "en"].contains(&field.key),
                    "{file}: nothing on `{}` of {}",
                    field.key,
                    form.name
                );
                match field.kind {
                    Kind::Table(inner) | Kind::Tables(inner) => left.push(inner),
                    Kind::Map(Kind::Table(inner)) => left.push(inner),
                    _ => {}
                }
            }
        }
    }
}

/// One fault each: the file, what is replaced by what, and the fault's name. An
/// empty old text adds a file.
const BROKEN: &[(&str, &str, &str, &str)] = &[
    ("qun.toml", "version = \"0.0.1\"", "version = 0.0.1", "broken-syntax"),
    ("qun.toml", "version = \"0.0.1\"", "version = 1", "wrong-kind"),
    ("qun.toml", "version = \"0.0.1\"", "", "missing-key"),
    ("qun.toml", "floor = 5", "floor = 5\nroof = 6", "unknown-key"),
    ("qun.toml", "floor = 5", "floor = 0", "setting-out-of-range"),
    ("qun.toml", "temperature = 1.0", "temperature = 1000", "setting-out-of-range"),
    ("qun.toml", "opening = \"pet\"", "opening = \"pat\"", "unknown-fact"),
    ("qun.toml", "facts = [\"all\"]", "facts = [\"all\", \"more\"]", "missing-file"),
    ("qun.toml", "slight = 2", "slight = 200", "strength-out-of-range"),
    ("qun.toml", "keep = \"all\"", "keep = \"most\"", "unknown-keep"),
    ("qun.toml", "verdict = \"kind/verdict\"", "verdict = \"kind/verdikt\"", "unknown-section"),
    ("qun.toml", "give-up = \"offer/sign\"\n", "", "wrong-shape"),
    (
        "offers/walking.toml",
        "[text.sign]\nzh = \"有人再来\"\nen = \"Somebody comes back\"\nsource = \"judgement\"\n",
        "",
        "missing-section",
    ),
    ("notes.toml", "", "a = 1\n", "stray-file"),
    ("kinds/Bad Name.toml", "", "a = 1\n", "bad-id"),
    ("facts/all.toml", "kind = \"choice\"", "kind = \"chioce\"", "unknown-kind"),
    ("facts/all.toml", "nature = \"stated\"", "nature = \"said\"", "unknown-nature"),
    ("facts/all.toml", "nature = \"observed\"", "nature = \"observed\"\nchange = \"esay\"", "unknown-change"),
    (
        "facts/all.toml",
        "label = { zh = \"自称\", en = \"Says it is\" }",
        "label = { zh = \"自称\", en = \"Pet\" }",
        "duplicate-label",
    ),
    ("facts/all.toml", "en = \"Ball\" }", "en = \"Ball\" }, former = [\"wool\"]", "former-name-in-use"),
    ("facts/all.toml", "en = \"Ball\" }", "en = \"Ball\" }, former = [\"圆球\", \"圆球\"]", "former-name-in-use"),
    ("facts/all.toml", "en = \"Ball\" }", "en = \"Ball\" }, former = [\"球；毛线球\"]", "separator-in-label"),
    ("facts/all.toml", "zh = \"球\", en = \"Ball\"", "zh = \"球、毛线球\", en = \"Ball\"", "separator-in-label"),
    ("facts/all.toml", "zh = \"数一数。\"", "zh = \"\"", "empty-text"),
    ("facts/all.toml", "max = 100", "max = 100.25", "bad-number"),
    ("facts/all.toml", "decimals = 1", "decimals = 4", "setting-out-of-range"),
    ("facts/all.toml", "options-of = \"offer\"", "options-of = \"offers\"", "unknown-decision"),
    ("facts/all.toml", "at-most = 2", "at-most = 9", "setting-out-of-range"),
    ("kinds/canine.toml", "zh = \"养狗\", en = \"A dog is kept\"", "zh = \"养\", en = \"It is walked\"", "duplicate-trait"),
    ("qun.toml", "folder = \"kinds\"", "folder = \"kinds\"\norder = [\"feline\", \"feline\"]", "duplicate-id"),
    ("kinds/feline.toml", "{ is = [\"pet\", \"cat\"] }", "{ is = [\"pot\", \"cat\"] }", "unknown-fact"),
    ("kinds/feline.toml", "{ is = [\"pet\", \"cat\"] }", "{ is = [\"pet\", \"cta\"] }", "unknown-option"),
    ("kinds/feline.toml", "{ is = [\"pet\", \"cat\"] }", "{ has = [\"pet\", \"cat\"] }", "condition-kind"),
    ("kinds/feline.toml", "{ is = [\"pet\", \"cat\"] }", "{ si = [\"pet\", \"cat\"] }", "unknown-condition"),
    ("kinds/feline.toml", "{ is = [\"pet\", \"cat\"] }", "{ is = \"pet\" }", "wrong-shape"),
    ("kinds/feline.toml", "{ is = [\"pet\", \"cat\"] }", "[\"pet\", \"cat\"]", "bad-condition"),
    ("kinds/feline.toml", "{ is = [\"pet\", \"cat\"] }", "{ has = [\"does-now\", \"walking\"] }", "options-of-in-condition"),
    ("kinds/feline.toml", "{ is = [\"pet\", \"cat\"] }", "{ chosen = [\"style\", \"calm\"] }", "not-an-earlier-choice"),
    ("styles/calm.toml", "{ chosen = [\"kind\", \"feline\"] }", "{ chosen = [\"kind\", \"felin\"] }", "unknown-candidate"),
    ("styles/calm.toml", "{ chosen = [\"kind\", \"feline\"] }", "{ at-least = [\"size\", 200] }", "setting-out-of-range"),
    ("styles/calm.toml", "{ chosen = [\"kind\", \"feline\"] }", "{ at-least = [\"size\", 2.55] }", "bad-number"),
    ("kinds/feline.toml", "grows-into = [\"aquatic\"]", "grows-into = [\"feline\"]", "cycle"),
    ("offers/grooming.toml", "after = [\"walking\"]", "after = [\"wlaking\"]", "unknown-candidate"),
    ("kinds/feline.toml", "source = \"book#1\"", "source = \"book#3\"", "unknown-source"),
    ("offers/walking.toml", "unit = \"percent\"", "unit = \"per-cent\"", "unknown-unit"),
    ("offers/walking.toml", "high = 20.5", "high = 2", "empty-range"),
    ("offers/walking.toml", "[text.sign]", "[text.sing]", "unknown-section"),
    ("cases/tom.toml", "pet = \"cat\"", "pet = \"lion\"", "unknown-answer"),
    ("cases/tom.toml", "size = 4.5", "size = 101", "out-of-range"),
    ("cases/tom.toml", "kind = \"feline\"", "kind = \"fleine\"", "unknown-candidate"),
    ("cases/tom.toml", "kind = \"feline\"", "", "case-expects-nothing"),
    ("sources.toml", "held-by = \"kinds/feline\"", "held-by = \"kinds/tiger\"", "unknown-holder"),
    ("sources.toml", "held-by = \"kinds/feline\"", "", "claim-nobody-holds"),
    ("sources.toml", "waived = { zh = \"小标题\", en = \"a heading\" }", "", "sentence-nobody-carries"),
    ("sources.toml", "waived = { zh = \"小标题\", en = \"a heading\" }", "claims = [\"cats-are-dogs\"]", "unknown-claim"),
    ("sources.toml", "waived = { zh = \"小标题\", en = \"a heading\" }", "claims = [\"cats-are-cats\"]", "claim-elsewhere"),
    (
        "sources.toml",
        "claims = [\"cats-are-cats\"]",
        "waived = { zh = \"小标题\", en = \"a heading\" }",
        "claim-without-sentence",
    ),
    ("sources.toml", "8899aabbccddeeff", "8899aabbccddeefe", "ledger-changed"),
    ("sources.toml", "id = \"no-fish\"", "id = \"no fish\"", "bad-id"),
    ("sources.toml", "document = \"book\"\nwritten", "document = \"bok\"\nwritten", "unknown-source"),
];

#[test]
fn each_broken_base_is_caught_by_exactly_the_fault_that_names_it() {
    for (path, old, new, name) in BROKEN {
        let found = faults(&changed(path, old, new));
        let names: Vec<_> = found.iter().map(|fault| fault.rsplit(' ').next().unwrap()).collect();
        assert_eq!(names, [*name], "{path}: {old:?} -> {new:?}: {found:?}");
    }
}

#[test]
fn a_block_with_too_many_combinations_is_a_fault() {
    let option = |at: usize| {
        format!(
            "  {{ id = \"o{at}\", label = {{ zh = \"项{at}\", en = \"Option {at}\" }} }},
"
        )
    };
    let options = (0..11).map(option).collect::<Vec<_>>().concat();
    let facts = ["x", "y"].map(|id| {
        format!(
            "\n[[fact]]\nid = \"{id}\"\nkind = \"choices\"\nnature = \"observed\"\nlabel = {{ zh = \"标{id}\", en = \"Label {id}\" }}\n\
             question = {{ zh = \"？\", en = \"?\" }}\nhelp = {{ zh = \"看\", en = \"Look\" }}\nexample = {{ zh = \"例\", en = \"As\" }}\n\
             source = \"judgement\"\noptions = [\n{options}]\n"
        )
    });
    let mut folder = changed(
        "kinds/feline.toml",
        "{ is = [\"pet\", \"cat\"] }",
        "{ all = [{ has = [\"x\", \"o1\"] }, { has = [\"y\", \"o2\"] }] }",
    );
    let (_, text) = folder.files.iter_mut().find(|(name, _)| name == "facts/all.toml").unwrap();
    text.push_str(&facts.concat());
    let found = faults(&folder);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("too-large-block"), "{found:?}");
}

#[test]
fn the_nearest_spelling_is_offered() {
    let folder = changed("kinds/canine.toml", "strength = \"clear\"", "strength = \"claer\"");
    let faults = KnowledgeBase::load(&folder, &mut Files::default()).unwrap_err();
    assert_eq!(faults[0].near.as_deref(), Some("clear"));
}

#[test]
fn the_hash_reads_line_ends_alike_and_notices_every_other_change() {
    let folder = toy_folder();
    let mut windows = folder.clone();
    for (_, text) in &mut windows.files {
        *text = text.replace('\n', "\r\n");
    }
    assert_eq!(folder.hash(), windows.hash());
    assert_ne!(folder.hash(), changed("cases/tom.toml", "4.5", "4.6").hash());
    assert_eq!(toy().hash.len(), 12);
}

#[test]
fn a_ninth_candidate_and_another_decision_need_no_code() {
    let text = include_str!("../toy/kinds/aquatic.toml").replace("Aquatic", "Avian").replace("水族", "鸟派");
    let mut folder = changed("kinds/avian.toml", "", &text);
    let (_, manifest) = folder.files.iter_mut().find(|(name, _)| name == "qun.toml").unwrap();
    manifest.push_str(
        "\n[[decisions]]\nid = \"mood\"\nfolder = \"moods\"\nkeep = \"all\"\nheading = { zh = \"心情\", en = \"Mood\" }\n",
    );
    let mood = "name = { zh = \"好\", en = \"Good\" }\nsummary = { zh = \"好心情。\", en = \"Fine.\" }\nsource = \"judgement\"\n";
    folder.files.push(("moods/good.toml".to_owned(), mood.to_owned()));
    let kb = KnowledgeBase::load(&folder, &mut Files::default()).expect("sound");
    assert_eq!((kb.decisions[DecisionId::new(0)].candidates.len(), kb.decisions.len()), (4, 4));
}
