//! The house: imports go downwards only, rooms make no circles, halls stay small.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floor of every room, a room being a file or a folder right under `src/`:
/// ground, knowledge, reasoning, proof, advice, uses, faces, door.
const FLOORS: &[(&str, u8)] = &[
    ("answer", 0),
    ("diagnostic", 0),
    ("ids", 0),
    ("spelling", 0),
    ("syntax", 0),
    ("text", 0),
    ("truth", 0),
    ("words", 0),
    ("condition", 1),
    ("embedded", 1),
    ("fact", 1),
    ("kb", 1),
    ("profile", 1),
    ("engine", 2),
    ("proof", 3),
    ("money", 4),
    ("advice", 4),
    ("batch", 5),
    ("calibrate", 5),
    ("compare", 5),
    ("diff", 5),
    ("export", 5),
    ("interview", 5),
    ("lint", 5),
    ("whatif", 5),
    ("report", 6),
    ("cli", DOOR),
    ("main", DOOR),
];

/// The floor of what prints and exits.
const DOOR: u8 = 7;

/// Files that still stand in a circle, each with the reason.
const CIRCLES: &[(&str, &str)] = &[
    ("kb/form.rs", "a form is declared once: its declaration names the readers of its fields, which are told by forms"),
    ("kb/parse/condition.rs", "as above"),
    ("kb/parse/reader.rs", "as above"),
    ("kb/parse/value.rs", "as above"),
    ("kb/raw/mod.rs", "as above"),
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

/// The rooms that a text enters, by `crate::room` or `qun::room`.
fn entered(text: &str) -> BTreeSet<String> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| line.replace("qun::", "crate::"));
    let names = lines.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>());
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
        for other in entered(&text) {
            assert!(floor(&other).unwrap() <= here, "src/{file} imports {other}, which stands above it");
        }
    }
}

#[test]
fn rooms_make_no_circle() {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in files() {
        let here = room(&file).to_owned();
        edges.entry(here.clone()).or_default().extend(entered(&text).into_iter().filter(|other| *other != here));
    }
    // Take away rooms that import nothing that is left; what remains is a circle.
    while let Some(free) =
        edges.iter().find(|(_, to)| to.iter().all(|other| !edges.contains_key(other))).map(|(room, _)| room.clone())
    {
        edges.remove(&free);
    }
    assert!(edges.is_empty(), "rooms in a circle: {edges:?}");
}

/// The modules and what they enter, file by file.
struct Map {
    /// The file of each module by its path, joined by `::`.
    modules: BTreeMap<String, String>,
    /// What a module hands on under another path: its path and the name, and where it comes from.
    handed_on: BTreeMap<String, String>,
}

impl Map {
    /// A path as written in a module, from the root of the crate; `None` if it leads out of it.
    fn absolute(&self, module: &str, path: &str) -> Option<String> {
        let mut here: Vec<&str> = module.split("::").filter(|part| !part.is_empty()).collect();
        let mut parts = path.split("::").map(str::trim).peekable();
        if parts.next_if(|part| ["crate", "qun"].contains(part)).is_some() {
            here.clear();
        } else {
            let starts_here = here.iter().chain(parts.peek()).copied().collect::<Vec<_>>().join("::");
            let is_relative = parts.peek().is_some_and(|part| ["self", "super"].contains(part));
            if !is_relative && !self.modules.contains_key(&starts_here) {
                return None;
            }
            while let Some(step) = parts.next_if(|part| ["self", "super"].contains(part)) {
                here.truncate(here.len() - usize::from(step == "super"));
            }
        }
        Some(here.into_iter().chain(parts).collect::<Vec<_>>().join("::"))
    }

    /// The file in which what a path names is written.
    fn file(&self, path: &str, depth: u8) -> Option<&str> {
        let ends = path.match_indices("::").map(|(at, _)| at).chain([path.len()]).collect::<Vec<_>>();
        for (at, end) in ends.iter().enumerate().rev() {
            let Some(file) = self.modules.get(&path[..*end]) else { continue };
            let handed_on = ends.get(at + 1).and_then(|next| Some((next, self.handed_on.get(&path[..*next])?)));
            return match handed_on {
                Some((next, from)) if depth < 5 => self.file(&format!("{from}{}", &path[*next..]), depth + 1),
                _ => Some(file),
            };
        }
        None
    }
}

/// The paths of a `use`, its groups spread out.
fn spread(tree: &str) -> Vec<String> {
    let Some((before, group)) = tree.trim().split_once('{') else { return vec![tree.trim().to_owned()] };
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in group.trim_end().trim_end_matches('}').chars().chain(std::iter::repeat_n('}', group.matches('{').count())) {
        depth += i32::from(c == '{') - i32::from(c == '}');
        match c {
            ',' if depth == 0 => parts.push(String::new()),
            _ if depth >= 0 => parts.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| spread(&part).into_iter().map(|path| format!("{before}{path}")).collect::<Vec<_>>()).collect()
}

/// Paths anywhere in a code, such as `super::next::FIRM`.
fn paths(code: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    code.split(move |c| !is_part(c))
        .filter(|word| word.contains("::") && !word.starts_with(':'))
        .map(|word| word.trim_end_matches(':'))
}

/// Which files each file leans on. The head of a folder (its `mod.rs`) and what
/// is in the folder are one: a file may use what its own heads say.
fn leans_on() -> BTreeMap<String, BTreeSet<String>> {
    let module = |file: &str| file.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
    let files: BTreeMap<String, String> =
        files().into_iter().filter(|(file, _)| !["lib.rs", "embed.rs", "main.rs"].contains(&file.as_str())).collect();
    let modules = files.keys().map(|file| (module(file), file.clone())).collect();
    let mut map = Map { modules, handed_on: BTreeMap::new() };
    let mut entered: Vec<(String, String)> = Vec::new();
    for (file, text) in &files {
        let (here, mut rest) = (module(file), String::new());
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for statement in code.split_inclusive(';') {
            let Some((before, tree)) = statement.rsplit_once("use ").filter(|(before, _)| {
                before.trim().is_empty() || before.trim().ends_with([')', '}', ']', ';']) || before.trim().ends_with("pub")
            }) else {
                rest += statement;
                continue;
            };
            let is_handed_on = before.trim().ends_with("pub") || before.trim().ends_with(')');
            for path in spread(tree.trim_end_matches(';')) {
                let (path, name) =
                    path.split_once(" as ").map_or((path.as_str(), None), |(path, name)| (path, Some(name.trim())));
                let Some(from) = map.absolute(&here, path) else { continue };
                let name = name.unwrap_or_else(|| from.rsplit("::").next().unwrap()).to_owned();
                if is_handed_on {
                    map.handed_on.insert(format!("{here}::{name}"), from);
                } else {
                    entered.push((file.clone(), from));
                }
            }
        }
        entered.extend(paths(&rest).filter_map(|path| Some((file.clone(), map.absolute(&here, path)?))));
    }
    let mut found: BTreeMap<String, BTreeSet<String>> = files.keys().map(|file| (file.clone(), BTreeSet::new())).collect();
    for (file, path) in &entered {
        let Some(other) = map.file(path, 0).filter(|other| other != file) else { continue };
        let is_own_head = other.strip_suffix("mod.rs").is_some_and(|folder| file.starts_with(folder));
        if !is_own_head {
            found.get_mut(file).unwrap().insert(other.to_owned());
        }
    }
    found
}

/// Takes away what leans on nothing that is left; what remains stands in a circle, or leans on one.
fn circles(mut edges: BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, BTreeSet<String>> {
    loop {
        let free = edges.iter().find(|(file, to)| {
            let is_leaned_on = edges.values().any(|others| others.contains(*file));
            !is_leaned_on || to.iter().all(|other| !edges.contains_key(other))
        });
        let Some(free) = free.map(|(file, _)| file.clone()) else { return edges };
        edges.remove(&free);
    }
}

#[test]
fn files_make_no_circle() {
    let found = circles(leans_on());
    let allowed: BTreeSet<&str> = CIRCLES.iter().map(|(file, _)| *file).collect();
    let standing: BTreeSet<&str> = found.keys().map(String::as_str).collect();
    let new: Vec<_> = standing.difference(&allowed).map(|file| (file, &found[*file])).collect();
    assert!(new.is_empty(), "files in a circle: {new:#?}");
    let done: Vec<_> = allowed.difference(&standing).collect();
    assert!(done.is_empty(), "files that stand in no circle any more: {done:?}");
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
        if floor(room(&file)) != Some(DOOR) {
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
