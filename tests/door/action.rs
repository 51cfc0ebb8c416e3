//! The action that compares bases on a pull request: its shell body, run against a
//! small repository, with a stand-in for `gh`.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The shell body of the last step.
fn body() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/actions/diff/action.yml");
    let text = fs::read_to_string(path).unwrap();
    let (_, body) = text.rsplit_once("      run: |\n").unwrap();
    body.lines().map(|line| line.strip_prefix("        ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

fn done(command: &mut Command) -> Output {
    let out = command.output().unwrap();
    assert!(out.status.success(), "{command:?}: {}", String::from_utf8_lossy(&out.stderr));
    out
}

/// A repository with the toy base in `base/` as its origin has it, and a clone of it.
struct World {
    folder: TempDir,
}

impl World {
    fn new() -> World {
        let world = World { folder: tempfile::tempdir().unwrap() };
        let origin = world.path("origin");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/toy"), &origin.join("base"));
        let git = |folder: &Path, arguments: &[&str]| {
            let who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
            done(Command::new("git").args(who).args(arguments).current_dir(folder));
        };
        git(&origin, &["init", "--quiet", "--initial-branch=main"]);
        git(&origin, &["add", "."]);
        git(&origin, &["commit", "--quiet", "--message=a base"]);
        git(world.folder.path(), &["clone", "--quiet", "origin", "clone"]);
        let gh = world.path("bin/gh");
        fs::create_dir_all(gh.parent().unwrap()).unwrap();
        fs::write(&gh, "#!/bin/sh\necho \"$@\" > \"$SAID\"\ncp \"$5\" \"$SAID.page\"\nexit \"${GH_FAILS:-0}\"\n").unwrap();
        fs::set_permissions(&gh, fs::Permissions::from_mode(0o755)).unwrap();
        world
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn edit(&self, file: &str, old: &str, new: &str) {
        let path = self.path("clone/base").join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{file} has no {old}");
        fs::write(path, text.replacen(old, new, 1)).unwrap();
    }

    /// Runs the body as a runner does; its status, what it printed, and the summary.
    fn run(&self, more: &[(&str, &str)]) -> (i32, String, String) {
        let search = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        let summary = self.path("summary");
        fs::write(&summary, "").unwrap();
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &body()]).current_dir(self.path("clone"));
        bash.env("PATH", search).env("QUN", env!("CARGO_BIN_EXE_qun")).env("RUNNER_TEMP", self.folder.path());
        bash.env("GITHUB_STEP_SUMMARY", &summary).env("SAID", self.path("said"));
        for (key, value) in [("BASE", "base"), ("AGAINST", "main"), ("PROFILES", ""), ("FAIL_ON", ""), ("COMMENT", "true")] {
            bash.env(key, value);
        }
        let out = bash.env("NUMBER", "7").env("GH_TOKEN", "none").envs(more.iter().copied()).output().unwrap();
        let text = [out.stdout, out.stderr].concat();
        (out.status.code().unwrap(), String::from_utf8(text).unwrap(), fs::read_to_string(summary).unwrap())
    }

    /// What the stand-in for `gh` was told, and the page that it got.
    fn comment(&self) -> Option<(String, String)> {
        let said = fs::read_to_string(self.path("said")).ok()?;
        Some((said, fs::read_to_string(self.path("said.page")).unwrap()))
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

const OLD: (&str, &str, &str) = ("qun.toml", "\nfloor = 5", "\nfloor = 9");

/// The line of the manifest with the version, and the same with another.
fn raised() -> (String, String) {
    let toy = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/toy/qun.toml");
    let text = fs::read_to_string(toy).unwrap();
    let line = text.lines().find(|line| line.starts_with("version = ")).unwrap();
    (line.to_owned(), "version = \"99.0.0\"".to_owned())
}

#[test]
fn an_edit_whose_version_is_raised_passes_and_is_commented_on() {
    let world = World::new();
    world.edit(OLD.0, OLD.1, OLD.2);
    let (old, new) = raised();
    world.edit("qun.toml", &old, &new);
    let (status, text, summary) = world.run(&[]);
    assert_eq!(status, 0, "{text}");
    assert!(summary.starts_with("# "), "{summary}");
    let (said, page) = world.comment().unwrap();
    assert!(said.starts_with("pr comment 7 --body-file ") && said.contains("--edit-last --create-if-none"), "{said}");
    assert_eq!(page, summary);
    // Verdicts turn, which fails only where that was asked for.
    assert_eq!(world.run(&[("FAIL_ON", "flips")]).0, 1);
    // Nobody is kept from merging because a fork may not comment.
    let (status, text, _) = world.run(&[("GH_FAILS", "1")]);
    assert!(status == 0 && text.contains("::warning::"), "{text}");
}

#[test]
fn an_edit_whose_version_is_not_raised_fails_and_is_commented_on() {
    let world = World::new();
    world.edit(OLD.0, OLD.1, OLD.2);
    let (status, text, summary) = world.run(&[]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("::error"), "{text}");
    assert_eq!(world.comment().unwrap().1, summary);
    assert!(!summary.is_empty());
}

#[test]
fn a_base_with_faults_fails_with_its_faults_and_without_a_comment() {
    let world = World::new();
    world.edit(OLD.0, OLD.1, "\nfloor = \"five\"");
    let (status, text, summary) = world.run(&[]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("qun.toml"), "{text}");
    assert!(summary.is_empty() && world.comment().is_none());
}

#[test]
fn nothing_changed_passes_a_new_base_passes_and_nothing_to_compare_with_is_said() {
    let world = World::new();
    let (status, text, _) = world.run(&[("COMMENT", "false")]);
    assert!(status == 0 && world.comment().is_none(), "{text}");
    copy(&world.path("clone/base"), &world.path("clone/other"));
    let (status, text, _) = world.run(&[("BASE", "other")]);
    assert!(status == 0 && text.contains("::notice::"), "{text}");
    let (status, text, _) = world.run(&[("AGAINST", "")]);
    assert!(status == 2 && text.contains("::error::"), "{text}");
}
