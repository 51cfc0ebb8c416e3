//! A base with four cases whose streams are known, with which figures are reckoned by hand.

use qun::Folder;
use std::path::Path;

pub const DOG: &str = "[expect]\nkind = \"canine\"\n[answers]\npet = \"dog\"\nwalks = true\n";

pub const CAT: &str = "[expect]\nkind = \"feline\"\n[answers]\npet = \"cat\"\n";

/// A case with these streams, perhaps kept apart.
pub fn case(streams: &str, unseen: bool, rest: &str) -> String {
    format!(
        "name = {{ zh = \"它\", en = \"It\" }}\nsummary = {{ zh = \"它。\", en = \"It.\" }}\nsource = \"judgement\"\nunseen = {unseen}\n\
         [runs]\nstreams = [{streams}]\n{rest}"
    )
}

/// The toy base with these cases instead of its own.
pub fn with(cases: &[(&str, &str, bool, &str)]) -> Folder {
    let toy = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/toy");
    let (mut folder, _) = Folder::read(&toy).expect("the toy base is there");
    "toy".clone_into(&mut folder.name);
    folder.files.retain(|(name, _)| !name.starts_with("cases/"));
    let written = cases.iter().map(|(id, streams, unseen, rest)| (format!("cases/{id}.toml"), case(streams, *unseen, rest)));
    folder.files.extend(written);
    folder.files.sort();
    folder
}

/// A dog that is walked, a cat that is groomed, a dog with both, and a cat that is walked.
pub const FOUR: [(&str, &str, bool, &str); 4] = [
    ("a", "\"walking\"", false, DOG),
    ("b", "\"grooming\"", false, CAT),
    ("c", "\"walking\", \"grooming\"", false, DOG),
    ("d", "\"walking\"", false, CAT),
];

/// The four cases in a base that promises this.
pub fn promising(promises: &str) -> Folder {
    let mut folder = with(&FOUR);
    let (_, text) = folder.files.iter_mut().find(|(name, _)| name == "qun.toml").expect("there is a manifest");
    text.push_str(promises);
    folder
}
