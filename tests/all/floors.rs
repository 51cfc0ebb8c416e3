//! The house: imports go downwards only, rooms make no circles, halls stay small.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floor of every room, a room being a file or a folder right under `src/`.
const FLOORS: &[(&str, u8)] = &[
    ("answer", 0),
    ("diagnostic", 0),
    ("spelling", 0),
    ("syntax", 0),
    ("text", 0),
    ("truth", 0),
    ("condition", 1),
    ("fact", 1),
    ("kb", 1),
    ("profile", 1),
    ("engine", 2),
    ("batch", 3),
    ("calibrate", 3),
    ("cases", 3),
    ("interview", 3),
    ("lint", 3),
    ("report", 4),
    ("words", 4),
    ("cli", 5),
    ("main", 5),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The text of every source file by its path below `src/`, without its unit tests.
fn files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).unwrap();
        (name, text.split("#[cfg(test)]").next().unwrap().to_owned())
    };
    paths.into_iter().map(read).collect()
}

fn room(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

/// The rooms that a text enters, by `crate::room` or, in the door, `qun::room`.
fn entered(file: &str, text: &str) -> BTreeSet<String> {
    let prefix = if floor(room(file)) == Some(5) { "qun::" } else { "crate::" };
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let names = lines.flat_map(|line| line.split(prefix).skip(1).map(str::to_owned).collect::<Vec<_>>());
    let direct = names.flat_map(|rest| match rest.strip_prefix('{') {
        Some(group) => group.split([',', '}']).map(|part| part.trim().to_owned()).collect::<Vec<_>>(),
        None => vec![rest],
    });
    let word = |text: String| text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned();
    direct.map(word).filter(|name| floor(name).is_some()).collect()
}

#[test]
fn every_room_has_a_floor() {
    for file in files().keys().filter(|file| !["lib.rs", "embed.rs"].contains(&file.as_str())) {
        assert!(floor(room(file)).is_some(), "src/{file} stands on no floor");
    }
}

#[test]
fn imports_go_downwards_only() {
    for (file, text) in files() {
        let Some(here) = floor(room(&file)) else { continue };
        for other in entered(&file, &text) {
            assert!(floor(&other).unwrap() <= here, "src/{file} imports {other}, which stands above it");
        }
    }
}

#[test]
fn rooms_make_no_circle() {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in files() {
        let here = room(&file).to_owned();
        edges.entry(here.clone()).or_default().extend(entered(&file, &text).into_iter().filter(|other| *other != here));
    }
    // Take away rooms that import nothing that is left; what remains is a circle.
    while let Some(free) =
        edges.iter().find(|(_, to)| to.iter().all(|other| !edges.contains_key(other))).map(|(room, _)| room.clone())
    {
        edges.remove(&free);
    }
    assert!(edges.is_empty(), "rooms in a circle: {edges:?}");
}

#[test]
fn no_hall_is_over_400_lines_and_each_says_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in files().keys() {
        let text = fs::read_to_string(root.join(file)).unwrap();
        assert!(text.lines().count() <= 400, "src/{file} has {} lines", text.lines().count());
        assert!(text.starts_with("//! "), "src/{file} does not say what it is for");
    }
}

#[test]
fn the_library_never_prints_and_never_unwraps() {
    for (file, text) in files().into_iter().filter(|(file, _)| file != "embed.rs") {
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        assert!(!code.contains(".unwrap()"), "src/{file} unwraps");
        if floor(room(&file)) != Some(5) {
            for word in ["println!", "eprintln!", "print!(", "std::process", "io::stdin", "io::stdout", "SystemTime", "std::env"]
            {
                assert!(!code.contains(word), "src/{file} has {word}");
            }
        }
    }
}

#[test]
fn the_engine_knows_no_community_words() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut ids = Vec::new();
    for folder in ["types", "modes"] {
        for entry in fs::read_dir(data.join(folder)).unwrap() {
            ids.push(entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned());
        }
    }
    for (file, text) in files() {
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for id in &ids {
            let quoted = format!("\"{id}\"");
            assert!(!code.iter().any(|line| line.contains(&quoted)), "src/{file} knows {id}");
        }
    }
}
