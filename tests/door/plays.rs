//! Plays of the interview on the shipped base, at the sizes that terminals have: the
//! last screen is the first page, and no way of leaving loses an answer.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use crate::ask::{CTRL_C, CTRL_D, ENTER, ESCAPE, Play};

/// Rows and columns.
const SIZES: [(u16, u16); 2] = [(24, 80), (20, 60)];
/// The language, how a question begins, and what stands at the review, on the first page, and at saving.
const BOTH: [[&str; 6]; 2] = [
    ["zh", "第 {n} 问", "你的答案：", "把握", "下一问", "community"],
    ["en", "Question {n}", "Your answers:", "How sure", "Ask next", "community"],
];

fn question(pattern: &str, n: usize) -> String {
    pattern.replace("{n}", &n.to_string())
}

/// Waits until a text stands on the screen and something is asked.
fn asked(play: &Play, text: &str) -> String {
    play.seen(|screen, _| {
        let shown = screen.contents();
        shown.contains(text) && shown.trim_end().lines().rev().take(20).any(|line| line.starts_with("? "))
    })
}

/// Waits for the menu of one line.
fn menu(play: &Play) -> String {
    play.seen(|screen, _| screen.contents().trim_end().lines().last().is_some_and(|line| line.contains("[1 ")))
}

/// Starts an interview and answers one question.
fn begun(lang: &str, pattern: &str, size: (u16, u16)) -> Play {
    let mut play = Play::on(&["ask", "--lang", lang], size);
    asked(&play, &question(pattern, 1));
    play.keys("1").keys(ENTER);
    asked(&play, &question(pattern, 2));
    play
}

/// Has enough after one question, and goes on to the end.
fn ended(lang: &str, pattern: &str, review: &str, size: (u16, u16)) -> Play {
    let mut play = begun(lang, pattern, size);
    play.keys("e").keys(ENTER);
    asked(&play, review);
    play.keys(ENTER);
    menu(&play);
    play
}

#[test]
fn the_last_screen_is_the_first_page() {
    for size in SIZES {
        for [lang, pattern, review, sure, next, _] in BOTH {
            let mut play = ended(lang, pattern, review, size);
            let screen = menu(&play);
            assert!(screen.contains(sure) && screen.contains(next), "{lang} {size:?}:\n{screen}");
            assert!(screen.trim_end().lines().count() <= usize::from(size.0), "{screen}");
            play.keys(CTRL_C);
            assert_eq!(play.end().0, 130);
        }
    }
}

#[test]
fn no_way_of_leaving_loses_an_answer() {
    for size in SIZES {
        for [lang, pattern, review, .., save] in BOTH {
            let kept = |play: Play, status: u32| {
                let (found, screen) = play.end();
                assert_eq!(found, status, "{screen}");
                assert!(screen.contains("qun ask --from"), "{lang} {size:?}:\n{screen}");
            };
            let mut at_a_question = begun(lang, pattern, size);
            at_a_question.keys(CTRL_C);
            kept(at_a_question, 130);
            // Ctrl-D and Escape go back; the answer stands.
            for key in [CTRL_D, ESCAPE] {
                let mut back = begun(lang, pattern, size);
                back.keys(key);
                asked(&back, if lang == "zh" { "现在的答案" } else { "Your answer now" });
                back.keys(CTRL_C);
                kept(back, 130);
            }
            for key in [CTRL_C, CTRL_D] {
                let mut at_the_menu = ended(lang, pattern, review, size);
                at_the_menu.keys(key);
                kept(at_the_menu, 130);
            }
            // What cannot be saved is refused and asked again.
            let mut refused = ended(lang, pattern, review, size);
            refused.keys("q");
            asked(&refused, save);
            refused.keys("no/such/folder/x.toml").keys(ENTER);
            refused.seen(|screen, _| {
                let text = screen.contents();
                text.matches("no/such/folder").count() == 2
                    && text.trim_end().lines().last().is_some_and(|line| line.starts_with("? "))
            });
            refused.keys(CTRL_C);
            kept(refused, 130);
            let mut without_a_list = Play::on(&["ask", "--lang", lang, "--plain"], size);
            without_a_list.seen(|screen, _| screen.contents().contains(&question(pattern, 1)));
            without_a_list.keys("1").keys(ENTER);
            without_a_list.seen(|screen, _| screen.contents().contains(&question(pattern, 2)));
            without_a_list.keys(CTRL_D);
            kept(without_a_list, 0);
        }
    }
}

#[test]
fn a_name_alone_is_kept() {
    let mut play = Play::named(&["ask", "--lang", "en"], SIZES[0], "Friends");
    asked(&play, "Question 1");
    play.keys(CTRL_C);
    let (status, screen) = play.end();
    assert_eq!(status, 130, "{screen}");
    assert!(screen.contains("name = \"Friends\"") && screen.contains("qun ask --from"), "{screen}");
}
