//! `qun whatif`: changes that are given, proposed, and misspelt.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use assert_cmd::Command;

fn qun(args: &[&str], status: i32) -> String {
    let run = Command::cargo_bin("qun").unwrap().arg("whatif").args(args).args(["--lang", "en"]).assert();
    let output = run.code(status).get_output().clone();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

fn json(args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&qun(&[args, &["--format", "json"]].concat(), 0)).unwrap()
}

/// The arguments that a way is tried by, as the page says them.
fn flags(page: &str) -> Vec<String> {
    let (_, after) = page.split_once("The same command with: ").unwrap();
    let joined: String = after.lines().collect::<Vec<_>>().join(" ").replace("- ", "-");
    joined.split(" --set ").map(|part| part.trim().trim_start_matches("--set ").to_owned()).collect()
}

#[test]
fn what_is_proposed_on_the_command_line_does_it_when_it_is_set() {
    let profile = "examples/chenzao.toml";
    let wide = qun(&[profile, "--become", "learning", "--format", "markdown"], 0).replace('\\', "");
    let given = flags(&wide);
    let mut args = vec![profile];
    given.iter().for_each(|one| args.extend(["--set", one.as_str()]));
    let after = json(&args);
    assert_eq!(after["leaders"][0]["before"]["chosen"][0], "brand");
    assert_eq!(after["leaders"][0]["after"]["chosen"][0], "learning");
    assert_eq!(after["changed"].as_array().unwrap().len(), given.len());
}

#[test]
fn answers_are_set_as_in_profiles_and_faults_name_the_nearest_spelling() {
    let profile = "examples/chenzao.toml";
    let by_label = json(&[profile, "--set", "加入的门槛=交费即可", "--set", "members=1200"]);
    let by_id = json(&[profile, "--set", "entry=fee", "--set", "members = 1200"]);
    assert_eq!(by_label["changed"], by_id["changed"]);
    assert_eq!(by_id["changed"].as_array().unwrap().len(), 2);
    let unknown = json(&[profile, "--set", "tie=?"]);
    assert_eq!(unknown["changed"][0]["after"], serde_json::Value::Null);
    assert!(qun(&[profile, "--set", "entyr=fee"], 2).contains("did you mean `entry`"));
    assert!(qun(&[profile, "--set", "entry=fea"], 2).contains("did you mean `fee`"));
    assert!(qun(&[profile, "--set", "entry"], 2).contains("fact=value"));
    assert!(qun(&[profile], 2).contains("--become"));
    assert!(qun(&[profile, "--become", "lerning"], 2).contains("did you mean"));
    assert!(qun(&[profile, "--open", "membreship"], 2).contains("did you mean"));
    assert!(qun(&[profile, "--become", "learning", "--each"], 2).contains("cannot be combined"));
}

#[test]
fn a_sum_that_leaps_over_ten_times_is_said_not_to_be_counted_on() {
    let profile = std::env::temp_dir().join(format!("qun-leap-{}.toml", std::process::id()));
    let text = "tie = [\"fellows\"]\nentry = \"standing\"\njoins-for = [\"own-company\"]\nmembers-are = \"owners-many\"\n\
                talk-most = \"company-building\"\nmain-income = [\"dues\"]\nsells-now = [\"membership\"]\nmembers = 120\n";
    std::fs::write(&profile, text).unwrap();
    let page =
        |members: &str| qun(&[profile.to_str().unwrap(), "--set", members], 0).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page("members=36000").contains("so do not count on it"), "{}", page("members=36000"));
    assert!(!page("members=240").contains("so do not count on it"));
    std::fs::remove_file(&profile).unwrap();
}
