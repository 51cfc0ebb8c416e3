//! Build script: puts the files of `data/` into the program.

#![expect(clippy::print_stdout, reason = "a build script speaks to cargo on stdout")]

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("data");
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src/embed.rs");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    let mut all: Vec<(String, PathBuf)> = paths.into_iter().map(|path| (name(&root, &path), path)).collect();
    all.sort();
    let list = |keep: fn(&str) -> bool| -> String {
        let entry =
            |(name, path): &(String, PathBuf)| format!("    ({name:?}, include_str!({:?})),\n", path.display().to_string());
        all.iter().filter(|(name, _)| keep(name)).map(entry).collect()
    };
    let code = format!(
        "pub static FILES: &[(&str, &str)] = &[\n{}];\npub static ALL: &[(&str, &str)] = &[\n{}];\n",
        list(|name| Path::new(name).extension().is_some_and(|ending| ending == "toml")),
        list(|_| true)
    );
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("embedded.rs");
    fs::write(target, code).expect("the build folder is writable");
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("data/ is readable") {
        let entry = entry.expect("data/ is readable");
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            println!("cargo::rerun-if-changed={}", entry.path().display());
            walk(&entry.path(), found);
        } else {
            found.push(entry.path());
        }
    }
}

fn name(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).expect("walked from the root");
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
