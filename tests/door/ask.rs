//! `qun ask` as a person meets it: recorded plays in a pseudo-terminal, and by lines.
//!
//! A play waits for text on the screen before it types, never for a time to
//! pass; only a play that has gone wrong ends by the clock.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use assert_cmd::Command as Run;
use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// When a play that does not go on is given up.
const PATIENCE: Duration = Duration::from_secs(60);
pub const CTRL_C: &str = "\u{3}";
pub const CTRL_D: &str = "\u{4}";
pub const ESCAPE: &str = "\u{1b}";
pub const ENTER: &str = "\r";

fn toy() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/toy").display().to_string()
}

/// The screen, and whether the program has closed it.
type Shared = Arc<(Mutex<(vt100::Parser, bool)>, Condvar)>;

pub struct Play {
    screen: Shared,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    mode: String,
}

impl Play {
    /// Starts `qun` on the toy base in a terminal of so many columns.
    fn of(args: &[&str], columns: u16) -> Play {
        Play::on(&[args, &["--kb", &toy()]].concat(), (40, columns))
    }

    /// Starts `qun` in a terminal of so many rows and columns.
    pub fn on(args: &[&str], size: (u16, u16)) -> Play {
        Play::named(args, size, "")
    }

    /// The same, with a name for the community where it is asked.
    pub fn named(args: &[&str], (rows, columns): (u16, u16), community: &str) -> Play {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mode = mode(pair.master.as_ref());
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_qun"));
        command.args(args);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.cwd(env!("CARGO_TARGET_TMPDIR"));
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen: Shared = Arc::new((Mutex::new((vt100::Parser::new(rows, columns, 1_000), false)), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let shared = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut bytes = [0; 4_096];
            loop {
                let count = reader.read(&mut bytes).unwrap_or(0);
                let mut inner = shared.0.lock().unwrap();
                inner.0.process(&bytes[..count]);
                inner.1 = count == 0;
                shared.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        let mut play = Play { screen, keyboard, child, master: pair.master, mode };
        if !args.contains(&"--from") {
            let name = if args.contains(&"zh") { "社群叫什么名字" } else { "What is the community called" };
            play.until(&[name]);
            play.keys(community).keys(ENTER);
        }
        play
    }

    pub fn seen(&self, done: impl Fn(&vt100::Screen, bool) -> bool) -> String {
        let (lock, news) = &*self.screen;
        let inner = lock.lock().unwrap();
        let (inner, late) = news.wait_timeout_while(inner, PATIENCE, |inner| !done(inner.0.screen(), inner.1)).unwrap();
        let text = inner.0.screen().contents();
        assert!(!late.timed_out(), "the play does not go on; the screen is:\n{text}");
        text
    }

    /// Waits until all texts are on the screen and a prompt waits for keys.
    fn until(&mut self, texts: &[&str]) -> String {
        let is_asking =
            |text: &str| text.contains("? 你的回答") || text.contains("? Your answer") || text.trim_end().ends_with('>');
        self.seen(|screen, _| {
            let text = screen.contents();
            is_asking(&text) && texts.iter().all(|one| text.contains(one))
        })
    }

    pub fn keys(&mut self, keys: &str) -> &mut Play {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
        self
    }

    /// Waits for the menu below the first screen, and leaves it without saving.
    fn quit(&mut self) -> String {
        let screen = self.seen(|screen, _| {
            let text = screen.contents();
            text.trim_end().lines().last().is_some_and(|line| line.contains("[1 ") && line.contains('6'))
        });
        self.keys(ESCAPE);
        self.until(&["community"]);
        self.keys("0").keys(ENTER);
        screen
    }

    /// Waits for the end: the status and what is left on the screen. The terminal is as it was.
    pub fn end(mut self) -> (u32, String) {
        let text = self.seen(|_, is_closed| is_closed);
        let status = self.child.wait().unwrap().exit_code();
        let inner = self.screen.0.lock().unwrap();
        let screen = inner.0.screen();
        assert!(!screen.hide_cursor() && !screen.bracketed_paste() && !screen.alternate_screen(), "not restored:\n{text}");
        assert_eq!(mode(self.master.as_ref()), self.mode, "the mode of the terminal is not restored");
        (status, text)
    }
}

/// The mode of a terminal, where the system can tell.
#[cfg(unix)]
fn mode(master: &dyn MasterPty) -> String {
    master
        .get_termios()
        .map_or_else(String::new, |mode| format!("{:?} {:?} {:?}", mode.local_flags, mode.input_flags, mode.output_flags))
}

#[cfg(not(unix))]
fn mode(_: &dyn MasterPty) -> String {
    String::new()
}

/// What a play waits for, in one language.
struct Words {
    lang: &'static str,
    question: fn(usize) -> String,
    again: &'static str,
    review: &'static str,
    verdict: &'static str,
    neither: &'static str,
    now: &'static str,
    why: &'static str,
}

const BOTH: [Words; 2] = [
    Words {
        lang: "zh",
        question: |n| format!("第 {n} 问"),
        again: "改答案",
        review: "你的答案：",
        verdict: "犬类",
        neither: "看不出种类",
        now: "现在的答案",
        why: "为什么现在问",
    },
    Words {
        lang: "en",
        question: |n| format!("Question {n}"),
        again: "Change an answer",
        review: "Your answers:",
        verdict: "This is a canine kind",
        neither: "No kind is clear",
        now: "Your answer now",
        why: "Why now",
    },
];

/// Answers in the order in which the toy base asks: pet, says, does-now, size, walks, toys.
const STRAIGHT: [&str; 6] = ["2", "2", "2", "30", "1", "1"];

fn straight(play: &mut Play, words: &Words) {
    for (at, answer) in STRAIGHT[..2].iter().enumerate() {
        play.until(&[&(words.question)(at + 1)]);
        play.keys(answer).keys(ENTER);
    }
    onward(play, words.lang);
    for at in 3..=6 {
        let text = play.seen(|screen, _| {
            let text = screen.contents();
            text.contains(words.review) || (text.contains(&(words.question)(at)) && is_waiting(&text))
        });
        if text.contains(words.review) {
            break;
        }
        play.keys("1").keys(ENTER);
    }
    play.until(&[words.review]);
    play.keys(ENTER);
}

/// Takes the offer to go on to the rest of the advice.
fn onward(play: &mut Play, lang: &str) {
    play.until(&[if lang == "zh" { "接着问其余的建议" } else { "Go on to the rest" }]);
    play.keys("1").keys(ENTER);
}

#[test]
fn straight_through_ends_with_the_advice() {
    for words in &BOTH {
        for columns in [80, 40] {
            let mut play = Play::of(&["ask", "--lang", words.lang], columns);
            straight(&mut play, words);
            let screen = play.quit();
            let (status, _) = play.end();
            assert_eq!(status, 0, "{screen}");
            let screen: String = screen.split_whitespace().collect();
            assert!(screen.contains(if words.lang == "zh" { "犬" } else { "canine" }), "{screen}");
        }
    }
}

#[test]
fn qun_alone_on_a_terminal_asks() {
    for words in &BOTH {
        let mut play = Play::of(&["--lang", words.lang], 80);
        play.until(&[&(words.question)(1)]);
        play.keys(CTRL_C);
        assert_eq!(play.end().0, 130);
    }
}

#[test]
fn going_back_shows_the_old_answer_and_keeps_later_ones() {
    for words in &BOTH {
        let mut play = Play::of(&["ask", "--lang", words.lang], 80);
        for (at, answer) in STRAIGHT[..3].iter().enumerate() {
            if at == 2 {
                onward(&mut play, words.lang);
            }
            play.until(&[&(words.question)(at + 1)]);
            play.keys(answer).keys(ENTER);
        }
        play.until(&[&(words.question)(4)]);
        play.keys("b").keys(ENTER);
        play.until(&[words.again, words.now]);
        play.keys(ESCAPE); // One more, by the other key.
        play.until(&[words.now, if words.lang == "zh" { "爱狗的（" } else { "Dog people (" }]);
        play.keys("1").keys(ENTER);
        // On to the first question without an answer: the later ones are kept.
        let text = play.seen(|screen, _| screen.contents().matches(&(words.question)(4)).count() == 2);
        assert!(!text.contains(&(words.question)(5)), "{text}");
        play.keys("e").keys(ENTER);
        let changed = if words.lang == "zh" { "2. 自称：爱猫的" } else { "2. Says it is: Cat people" };
        let kept = if words.lang == "zh" { "3. 现在做的：代遛" } else { "3. Done now: Walking" };
        play.until(&[words.review, changed, kept]);
        // And change one on the last page.
        play.keys("2").keys(ENTER);
        play.until(&[words.again]);
        play.keys("2").keys(ENTER);
        let again = if words.lang == "zh" { "2. 自称：爱狗的" } else { "2. Says it is: Dog people" };
        play.until(&[again]);
        play.keys(ENTER);
        play.quit();
        assert_eq!(play.end().0, 0);
    }
}

#[test]
fn who_knows_nothing_is_told_so() {
    for words in &BOTH {
        let mut play = Play::of(&["ask", "--lang", words.lang], 80);
        for at in 1..=6 {
            let text = play.seen(|screen, _| {
                let text = screen.contents();
                text.contains(words.review) || (text.contains(&(words.question)(at)) && is_waiting(&text))
            });
            if text.contains(words.review) {
                break;
            }
            play.keys("0").keys(ENTER);
        }
        play.until(&[words.review]);
        play.keys(ENTER);
        let screen = play.quit();
        assert_eq!(play.end().0, 0);
        assert!(screen.contains(words.neither), "{screen}");
    }
}

fn is_waiting(text: &str) -> bool {
    text.trim_end().lines().rev().take(12).any(|line| line.starts_with("? "))
}

#[test]
fn why_says_what_each_answer_does_and_asks_again() {
    for words in &BOTH {
        for columns in [80, 40] {
            let mut play = Play::of(&["ask", "--lang", words.lang], columns);
            play.until(&[&(words.question)(1)]);
            play.keys("?").keys(ENTER);
            let screen = play.until(&[words.why, "+8"]);
            assert_eq!(screen.matches(&(words.question)(1)).count(), 2, "{screen}");
            play.keys(CTRL_C);
            assert_eq!(play.end().0, 130);
        }
    }
}

#[test]
fn ctrl_c_saves_and_the_command_it_names_continues() {
    for words in &BOTH {
        for plain in [false, true] {
            let file = format!("interrupted-{}-{plain}.toml", words.lang);
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&file);
            let _ = std::fs::remove_file(&path);
            let mut args = vec!["ask", "--lang", words.lang, "--save", &file];
            args.extend(plain.then_some("--plain"));
            let mut play = Play::of(&args, 80);
            play.until(&[&(words.question)(1)]);
            play.keys("2").keys(ENTER);
            play.until(&[&(words.question)(2)]);
            play.keys(CTRL_C);
            let (status, screen) = play.end();
            assert_eq!(status, 130, "{screen}");
            assert!(screen.contains(&format!("qun ask --from {file}")), "{screen}");
            assert!(std::fs::read_to_string(&path).unwrap().contains("pet = \"dog\""));

            let mut play = Play::of(&["ask", "--lang", words.lang, "--from", &file], 80);
            // The pet is known, so the first question is another.
            let screen = play.until(&[&(words.question)(1)]);
            assert!(!screen.contains("Which pet") && !screen.contains("养的是什么"), "{screen}");
            play.keys("e").keys(ENTER);
            play.until(&[words.review]);
            play.keys(ENTER);
            play.quit();
            assert_eq!(play.end().0, 0);
        }
    }
}

#[test]
fn the_menu_saves_under_the_name_and_overwrites_nothing() {
    for words in &BOTH {
        let file = format!("community-{}.toml", words.lang);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&file);
        let _ = std::fs::remove_file(&path);
        for taken in [false, true] {
            let mut play = Play::of(&["ask", "--lang", words.lang], 60);
            straight(&mut play, words);
            play.seen(|screen, _| screen.contents().contains("[1 "));
            play.keys("5");
            play.until(&["community"]);
            play.keys(&file).keys(ENTER);
            if taken {
                play.seen(|screen, _| {
                    screen.contents().contains(if words.lang == "zh" { "不覆盖" } else { "not overwritten" })
                });
                play.until(&["community"]);
                play.keys("0").keys(ENTER);
                play.seen(|screen, _| screen.contents().trim_end().lines().last().is_some_and(|line| line.contains("[1 ")));
                play.keys(CTRL_C);
                let (status, screen) = play.end();
                assert_eq!(status, 130);
                assert!(screen.contains("pet = \"dog\""), "{screen}");
            } else {
                play.seen(|screen, _| screen.contents().trim_end().lines().last().is_some_and(|line| line.contains("[1 ")));
                play.keys("q");
                assert_eq!(play.end().0, 0);
                assert!(std::fs::read_to_string(&path).unwrap().contains("pet = \"dog\""));
            }
        }
    }
}

#[test]
fn without_a_file_ctrl_c_prints_the_profile() {
    let mut play = Play::of(&["ask", "--lang", "en"], 80);
    play.until(&["Question 1"]);
    play.keys("2").keys(ENTER);
    play.until(&["Question 2"]);
    play.keys(CTRL_C);
    let (status, screen) = play.end();
    assert_eq!(status, 130);
    assert!(screen.contains("pet = \"dog\"") && screen.contains("qun ask --from profile.toml"), "{screen}");
}

#[test]
fn the_end_of_input_gives_advice_with_what_is_known() {
    for words in &BOTH {
        let mut play = Play::of(&["ask", "--plain", "--lang", words.lang], 80);
        play.until(&[&(words.question)(1)]);
        play.keys("2").keys(ENTER);
        play.until(&[&(words.question)(2)]);
        play.keys(CTRL_D);
        let (status, screen) = play.end();
        assert_eq!(status, 0, "{screen}");
        assert!(screen.contains(words.verdict) || screen.contains("canine") || screen.contains("犬"), "{screen}");
        assert!(screen.contains("pet = \"dog\"") && screen.contains("qun ask --from profile.toml"), "{screen}");
    }
}

#[test]
fn garbage_is_refused_and_the_question_stands() {
    for words in &BOTH {
        let mut play = Play::of(&["ask", "--plain", "--lang", words.lang], 80);
        play.until(&[&(words.question)(1)]);
        for garbage in ["99", "-1", "猫狗鱼", "{\"a\": [", "1 2", "'; DROP TABLE"] {
            play.keys(garbage).keys(ENTER);
        }
        play.seen(|screen, _| screen.contents().matches(&(words.question)(1)).count() >= 3);
        play.keys("2").keys(ENTER);
        play.until(&[&(words.question)(2)]);
        play.keys(CTRL_C);
        assert_eq!(play.end().0, 130);
    }
}

#[test]
fn a_list_that_is_typed_at_takes_labels_and_nothing_else() {
    let mut play = Play::of(&["ask", "--lang", "zh"], 80);
    play.until(&["第 1 问"]);
    play.keys("狗").keys(ENTER);
    play.until(&["第 2 问", "2 狗"]);
    play.keys("xyz").keys(ENTER).keys("\u{7f}\u{7f}\u{7f}").keys("2").keys(ENTER);
    onward(&mut play, "zh");
    play.until(&["第 3 问"]);
    play.keys(CTRL_C);
    assert_eq!(play.end().0, 130);
}

#[test]
fn a_resize_harms_nothing() {
    let mut play = Play::of(&["ask", "--lang", "zh"], 80);
    play.until(&["第 1 问"]);
    play.master.resize(PtySize { rows: 30, cols: 40, pixel_width: 0, pixel_height: 0 }).unwrap();
    play.keys("2").keys(ENTER);
    play.until(&["第 2 问"]);
    play.keys(CTRL_C);
    assert_eq!(play.end().0, 130);
}

fn run(args: &[&str], input: &str) -> (Option<i32>, String, String) {
    let output = Run::new(env!("CARGO_BIN_EXE_qun"))
        .args(args)
        .args(["--kb", &toy()])
        .env("LANG", "C.UTF-8")
        .write_stdin(input)
        .timeout(PATIENCE)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn lines_and_a_profile_are_judged_identically() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved.toml").display().to_string();
    let inputs = ["2\n2\n1\n2\n30\n1 2\n\n", "2\n1\n0\n2\n3.5\n1,3\n", "", "0\n0\n0\n0\n0\n0\n", "2\nb\n3\n1\ne\n"];
    for input in inputs {
        let (status, asked, _) = run(&["ask", "--plain", "--format", "json", "--save", &saved], input);
        assert_eq!(status, Some(0));
        let (status, advised, said) = run(&["advise", &saved, "--format", "json"], "");
        assert_eq!(status, Some(0), "{said}");
        assert_eq!(asked, advised, "{input:?}");
    }
}

#[test]
fn a_pipe_with_answers_needs_no_flag_and_one_without_names_them() {
    let (status, out, _) = run(&["ask", "--format", "json"], "2\n");
    assert_eq!(status, Some(0));
    assert!(out.contains("canine"), "{out}");
    let (status, out, err) = run(&["ask"], "");
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(err.contains("--plain"), "{err}");
}

#[test]
fn only_what_is_missing_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("known.toml");
    std::fs::write(&path, "name = \"Rex\"\npet = \"dog\"\nsays = \"?\"\n").unwrap();
    let path = path.display().to_string();
    let (status, out, err) = run(&["ask", "--plain", "--lang", "en", "--from", &path], "");
    assert_eq!(status, Some(0));
    assert!(!err.contains("Which pet") && !err.contains("What do you call"), "{err}");
    assert!(out.starts_with("Rex: "), "{out}");
}

#[test]
fn all_asks_every_question() {
    let (_, _, err) = run(&["ask", "--plain", "--lang", "en", "--all"], &"0\n".repeat(30));
    let kb = qun::KnowledgeBase::load(&folder(), &mut qun::Files::default()).unwrap();
    for fact in kb.facts() {
        assert!(err.contains(&fact.question.en), "{} was not asked:\n{err}", fact.id);
    }
}

fn folder() -> qun::Folder {
    qun::Folder::read(Path::new(&toy())).unwrap().0
}

#[test]
fn a_folder_that_does_not_exist_is_noticed_before_the_first_question() {
    let (status, _, err) = run(&["ask", "--plain", "--lang", "en", "--save", "no/such/folder/p.toml"], "2\n");
    assert_eq!(status, Some(2));
    assert!(err.contains("no/such/folder/p.toml") && !err.contains("Question 1"), "{err}");
}

#[test]
fn a_hostile_profile_reaches_no_terminal_unescaped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evil.toml");
    std::fs::write(&path, "name = \"\\u001b[2J\"\npet = \"dog\"\n").unwrap();
    let saved = folder.path().join("saved.toml").display().to_string();
    let (status, out, err) = run(&["ask", "--plain", "--from", &path.display().to_string(), "--save", &saved], "e\n");
    assert_eq!(status, Some(0));
    assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}'));
    assert!(!std::fs::read_to_string(&saved).unwrap().contains('\u{1b}'));
}

#[test]
fn w_at_a_question_says_what_each_answer_would_change_and_asks_again() {
    for (lang, now, leads) in
        [("en", "The advice now: Kind: ", "Kind becomes “Canine”"), ("zh", "现在的建议，种类：", "种类变成“犬派”")]
    {
        let (status, _, err) = run(&["ask", "--plain", "--lang", lang], "w\n2\ne\n\n");
        assert_eq!(status, Some(0));
        assert!(err.contains(now) && err.contains(leads), "{err}");
        let question = if lang == "en" { "Which pet is kept?" } else { "养的是什么？" };
        assert_eq!(err.matches(question).count(), 2, "{err}");
    }
}
