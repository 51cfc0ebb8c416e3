//! After the questions: the operator's own numbers, each of which may be left out.

use super::asker::{Asker, Prompt, Reply};
use super::dialogue::Parting;
use super::wording::Wording;
use anyhow::Result;
use qun::ids::{CandidateId, UnitId};
use qun::interview::money::{self, Wanted};
use qun::interview::reading::{Misread, Reading, key_of, number};
use qun::money::stream::Stream;
use qun::profile::Profile;
use qun::profile::streams::{Number, Own};
use qun::words;

/// Asks for the numbers of some streams and writes them into the profile; `note` hears of each.
pub struct Numbers<'a, 'k, A> {
    pub asker: &'a mut A,
    pub wording: Wording<'k>,
    pub streams: Vec<Stream>,
    pub currency: Option<UnitId>,
    pub note: &'a mut dyn FnMut(&Profile),
}

impl<A: Asker> Numbers<'_, '_, A> {
    /// Asks until all is asked or the person has enough.
    pub fn run(&mut self, profile: &mut Profile) -> Result<Parting> {
        if self.next(profile, &[]).is_none() {
            return Ok(Parting::Advice);
        }
        let mut asked: Vec<(CandidateId, Number)> = Vec::new();
        let mut declined: Vec<(CandidateId, Number)> = Vec::new();
        let gate = self.gate();
        match self.asker.ask(&gate)? {
            Reply::Interrupted => return Ok(Parting::Interrupted),
            Reply::Line(line) if line.trim() == "1" => {}
            Reply::Line(_) | Reply::End => return Ok(Parting::Advice),
        }
        while let Some(wanted) = self.next(profile, &declined) {
            let prompt = self.prompt(wanted);
            let line = match self.asker.ask(&prompt)? {
                Reply::Line(line) => line,
                Reply::Interrupted => return Ok(Parting::Interrupted),
                Reply::End => return Ok(Parting::Advice),
            };
            let at = (wanted.at.1, wanted.number);
            match key_of(&line) {
                Some(Reading::Enough) => return Ok(Parting::Advice),
                Some(Reading::Back) => match asked.pop() {
                    Some((stream, number)) => {
                        profile.streams.clear(stream, number);
                        declined.retain(|one| *one != (stream, number));
                    }
                    None => self.asker.tell(words::say("ask.first", self.wording.lang))?,
                },
                Some(Reading::Why | Reading::WhatIf) => {
                    self.asker.tell(words::say("ask.money.why", self.wording.lang))?;
                }
                Some(_) => {
                    asked.push(at);
                    declined.push(at);
                }
                None => match number(&money::range(self.wording.kb, wanted.number, self.currency), &line) {
                    Ok(value) => {
                        profile.streams.set(Own { stream: at.0, number: at.1, low: value, high: value });
                        asked.push(at);
                    }
                    Err(misread) => self.asker.tell(&self.misread(wanted.number, &misread))?,
                },
            }
            (self.note)(profile);
        }
        Ok(Parting::Advice)
    }

    fn next(&self, profile: &Profile, declined: &[(CandidateId, Number)]) -> Option<Wanted> {
        money::next(self.wording.kb, &self.streams, &profile.streams, declined)
    }

    /// Whether the person knows some of the numbers.
    fn gate(&self) -> Prompt {
        let lang = self.wording.lang;
        let say = |key: &str| words::say(key, lang).to_owned();
        let joint = words::say("line.list-joint", lang);
        let names: Vec<&str> = self.streams.iter().map(|stream| self.named(stream.at.0, stream.at.1)).collect();
        Prompt {
            question: words::fill("ask.money.gate", lang, &[("names", &names.join(joint))]),
            notes: vec![say("ask.money.gate-help")],
            options: vec![say("ask.money.some"), say("ask.money.none")],
            how: say("ask.how-one"),
            one: true,
            ..Prompt::default()
        }
    }

    fn named(&self, decision: qun::ids::DecisionId, candidate: CandidateId) -> &str {
        self.wording.kb.candidate(decision, candidate).name.get(self.wording.lang)
    }

    fn prompt(&self, wanted: Wanted) -> Prompt {
        let (kb, lang) = (self.wording.kb, self.wording.lang);
        let (decision, candidate) = wanted.at;
        let chain = kb.candidate(decision, candidate).money.as_ref();
        let of = |text: Option<&qun::text::Text>| text.map_or("", |text| text.get(lang)).to_owned();
        let unit = money::range(kb, wanted.number, self.currency).unit;
        let gaps = [
            ("name", self.named(decision, candidate).to_owned()),
            ("payer", of(chain.map(|chain| &chain.payer))),
            ("per", of(chain.map(|chain| &chain.per))),
        ];
        let gaps = gaps.each_ref().map(|(gap, value)| (*gap, value.as_str()));
        let unit = unit.get(lang);
        let how = match (wanted.number, unit) {
            (Number::Renewal | Number::Cost, _) => "ask.money.how-percent",
            (_, "") => "ask.money.how-plain",
            _ => "ask.money.how",
        };
        let keys = [('0', "ask.unknown"), ('b', "ask.back"), ('?', "ask.why"), ('e', "ask.enough")];
        Prompt {
            question: words::fill(&format!("ask.money.{}", wanted.number.id()), lang, &gaps),
            keys: keys.into_iter().map(|(key, does)| (key, words::say(does, lang).to_owned())).collect(),
            how: words::fill(how, lang, &[("unit", unit)]),
            ..Prompt::default()
        }
    }

    fn misread(&self, asked: Number, misread: &Misread) -> String {
        let lang = self.wording.lang;
        match misread {
            Misread::OutOfRange { .. } => {
                let most = qun::fact::spoken(asked.most() / 1_000, 0, lang);
                let least = if asked.least() == 0 { "0" } else { "0.001" };
                words::fill("ask.misread.out-of-range", lang, &[("min", least), ("max", &most)])
            }
            Misread::NoNumber { given } => {
                words::fill("ask.misread.no-number", lang, &[("given", &qun::text::harmless_line(given))])
            }
            _ => words::fill("ask.misread.too-fine", lang, &[("n", "3")]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::script::Script;
    use super::*;
    use qun::advice::Adviser;
    use qun::diagnostic::Files;
    use qun::kb::KnowledgeBase;
    use qun::profile;
    use qun::text::Lang;

    const CIRCLE: &str = include_str!("../../../examples/money/founders-circle.toml");

    /// What a script makes of a founders' circle that says no number yet: the profile, and the questions put.
    fn play(lines: &[&str], lang: Lang) -> (Parting, Profile, Vec<String>) {
        let kb = KnowledgeBase::embedded();
        let text = CIRCLE.split_once("[streams").expect("own numbers stand at the end").0;
        let mut profile = profile::read(&kb.facts, "a.toml", text.as_bytes(), &mut Files::default()).expect("a sound example");
        let advice = Adviser::new(&kb).advise(&profile.answers);
        let mut script = Script::of(lines);
        let mut heard = 0;
        let parting = Numbers {
            asker: &mut script,
            wording: Wording { kb: &kb, lang },
            streams: money::streams(&advice.earning),
            currency: money::currency(&kb, &profile.answers),
            note: &mut |_| heard += 1,
        }
        .run(&mut profile)
        .expect("a script never fails");
        assert!(heard >= script.prompts.len().saturating_sub(2));
        (parting, profile, script.prompts.into_iter().map(|prompt| prompt.question).collect())
    }

    fn told(profile: &Profile) -> Vec<(Number, i64)> {
        profile.streams.entries().iter().map(|own| (own.number, own.low)).collect()
    }

    #[test]
    fn every_number_may_be_left_out_and_all_of_them_at_once() {
        for lang in Lang::BOTH {
            for no in ["2", "0", "", "e"] {
                let (parting, profile, questions) = play(&[no], lang);
                assert_eq!((parting, told(&profile), questions.len()), (Parting::Advice, vec![], 1));
            }
            let zeros = ["1"].into_iter().chain(["0"; 40]).collect::<Vec<_>>();
            let (parting, profile, questions) = play(&zeros, lang);
            assert_eq!((parting, told(&profile)), (Parting::Advice, vec![]));
            // Two streams run: price, payers, takings, cost; of the first that begins: price, cost.
            assert_eq!(questions.len(), 1 + 4 + 4 + 2, "{questions:#?}");
            let unique: std::collections::BTreeSet<_> = questions.iter().collect();
            assert_eq!(unique.len(), questions.len(), "{questions:#?}");
        }
    }

    #[test]
    fn what_is_told_spares_what_it_answers() {
        let (_, profile, _) = play(&["1", "3800 元", "112", "85%", "b", "80", "e"], Lang::Zh);
        assert_eq!(told(&profile), [(Number::Price, 3_800_000), (Number::Payers, 112_000), (Number::Renewal, 80_000)]);
        let (_, profile, questions) = play(&["1", "0", "0", "3万", "e"], Lang::Zh);
        assert_eq!(told(&profile), [(Number::Monthly, 30_000_000)]);
        // Neither renewal nor anything but cost is asked of takings.
        assert_eq!(questions.len(), 5, "{questions:#?}");
        let (_, profile, _) = play(&["1", "plenty", "-3", "1e99", "?", "0.5", "e"], Lang::En);
        assert_eq!(told(&profile), [(Number::Price, 500)]);
    }
}
