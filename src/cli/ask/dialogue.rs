//! The dialogue: carries the steps of the interview to whoever asks, and back.

use super::asker::{Asker, Reply};
use super::wording::Wording;
use anyhow::Result;
use qun::ids::ClashId;
use qun::interview::reading::{Reading, read};
use qun::interview::{AtOffer, Interview, Offer, Question, Step};
use qun::text::harmless_line;
use qun::words;

/// The most characters of a name that are kept.
const LONGEST_NAME: usize = 60;

/// How a dialogue ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parting {
    /// The person wants the advice.
    Advice,
    /// The input ended; the advice goes by what is known.
    EndOfInput,
    /// Ctrl-C.
    Interrupted,
}

/// What one step came to.
enum Turn {
    On,
    Part(Parting),
}

/// Somebody who asks, and somebody who answers.
pub struct Dialogue<'a, 'k, A> {
    pub asker: &'a mut A,
    pub wording: Wording<'k>,
    /// Told what is known after every answer, so that nothing is lost.
    pub keep: &'a mut dyn FnMut(&Interview<'_>, Option<&str>),
    /// What the community is called, if it is known.
    pub name: Option<String>,
    /// Whether the name is asked for.
    pub asks_name: bool,
}

impl<A: Asker> Dialogue<'_, '_, A> {
    /// Asks until the person is done.
    pub fn run(&mut self, interview: &mut Interview<'_>) -> Result<Parting> {
        if self.asks_name
            && let Turn::Part(parting) = self.name(interview)?
        {
            return Ok(parting);
        }
        loop {
            if let Some(proof) = interview.take_proof() {
                self.asker.tell(&self.wording.proof(&proof))?;
            }
            let turn = match interview.step() {
                Step::Question(question) => self.question(interview, &question)?,
                Step::Offer(offer) => self.offer(interview, &offer)?,
                Step::Clash(clash) => self.clash(interview, clash)?,
                Step::Review if interview.asked().is_empty() => Turn::Part(Parting::Advice),
                Step::Review => self.review(interview)?,
                Step::Done => Turn::Part(Parting::Advice),
            };
            (self.keep)(interview, self.name.as_deref());
            match turn {
                Turn::On => {}
                Turn::Part(Parting::EndOfInput) => {
                    self.say("ask.ended")?;
                    return Ok(Parting::EndOfInput);
                }
                Turn::Part(parting) => return Ok(parting),
            }
        }
    }

    fn say(&mut self, key: &str) -> Result<()> {
        self.asker.tell(words::say(key, self.wording.lang))
    }

    fn back(&mut self, interview: &mut Interview<'_>) -> Result<()> {
        if interview.back() { Ok(()) } else { self.say("ask.first") }
    }

    /// The name of the community, which may be left out.
    fn name(&mut self, interview: &mut Interview<'_>) -> Result<Turn> {
        let prompt = self.wording.name();
        let line = match self.asker.ask(&prompt)? {
            Reply::Line(line) => harmless_line(line.trim()),
            Reply::Interrupted => return Ok(Turn::Part(Parting::Interrupted)),
            Reply::End => return Ok(Turn::Part(Parting::EndOfInput)),
        };
        match line.as_str() {
            "e" | "q" => interview.enough(),
            "" | "0" | "b" | "?" | "？" => {}
            _ => self.name = Some(line.chars().take(LONGEST_NAME).collect()),
        }
        (self.keep)(interview, self.name.as_deref());
        Ok(Turn::On)
    }

    /// Answers that contradict each other: either may be changed, or both left.
    fn clash(&mut self, interview: &mut Interview<'_>, clash: ClashId) -> Result<Turn> {
        let facts = interview.clashing(clash);
        let line = match self.asker.ask(&self.wording.clash(interview, clash, &facts))? {
            Reply::Line(line) => qun::spelling::normal(&line).to_lowercase(),
            Reply::Interrupted => return Ok(Turn::Part(Parting::Interrupted)),
            Reply::End => return Ok(Turn::Part(Parting::EndOfInput)),
        };
        let fact = line.parse::<usize>().ok().and_then(|number| facts.get(number.checked_sub(1)?));
        match (line.as_str(), fact) {
            ("b", _) => self.back(interview)?,
            (_, Some(fact)) => interview.change(*fact),
            _ => interview.bear(clash),
        }
        Ok(Turn::On)
    }

    fn question(&mut self, interview: &mut Interview<'_>, question: &Question) -> Result<Turn> {
        let prompt = self.wording.question(interview, question);
        let line = match self.asker.ask(&prompt)? {
            Reply::Line(line) => line,
            Reply::Interrupted => return Ok(Turn::Part(Parting::Interrupted)),
            Reply::End => return Ok(Turn::Part(Parting::EndOfInput)),
        };
        let fact = &self.wording.kb.facts[question.fact];
        let answer = match read(fact, &line) {
            Err(misread) => {
                self.asker.tell(&self.wording.misread(question.fact, &misread))?;
                return Ok(Turn::On);
            }
            Ok(Reading::Nothing) if question.why.is_none() => {
                interview.keep();
                return Ok(Turn::On);
            }
            Ok(Reading::Nothing) => {
                self.say("ask.misread.nothing")?;
                return Ok(Turn::On);
            }
            Ok(Reading::Back) => {
                self.back(interview)?;
                return Ok(Turn::On);
            }
            Ok(Reading::Why) => {
                self.asker.tell(&self.wording.reason(interview, question))?;
                return Ok(Turn::On);
            }
            Ok(Reading::WhatIf) => {
                self.asker.tell(&self.wording.what_if(interview, question.fact))?;
                return Ok(Turn::On);
            }
            Ok(Reading::Enough) => {
                interview.enough();
                return Ok(Turn::On);
            }
            Ok(Reading::Unknown) => None,
            Ok(Reading::Answer(answer)) => Some(answer),
        };
        if !(self.asker.echoes() && prompt.one) {
            let lang = self.wording.lang;
            let words = answer.map_or_else(|| words::say("ask.unknown", lang).to_owned(), |answer| fact.words(answer, lang));
            self.asker.tell(&words::fill("ask.echo", lang, &[("answer", &harmless_line(&words))]))?;
        }
        interview.answer(answer);
        Ok(Turn::On)
    }

    fn offer(&mut self, interview: &mut Interview<'_>, offer: &Offer) -> Result<Turn> {
        match self.asker.ask(&self.wording.offer(offer))? {
            Reply::Interrupted => return Ok(Turn::Part(Parting::Interrupted)),
            Reply::End => return Ok(Turn::Part(Parting::EndOfInput)),
            Reply::Line(line) => match qun::spelling::normal(&line).to_lowercase().as_str() {
                "1" | "" => interview.choose(AtOffer::Onward),
                "2" if offer.against.is_some() => interview.choose(AtOffer::Check),
                "2" | "3" | "e" | "q" => interview.enough(),
                "b" => self.back(interview)?,
                _ => self.say("ask.misread.offer")?,
            },
        }
        Ok(Turn::On)
    }

    fn review(&mut self, interview: &mut Interview<'_>) -> Result<Turn> {
        let (text, prompt) = self.wording.review(interview);
        self.asker.tell(&text)?;
        loop {
            let line = match self.asker.ask(&prompt)? {
                Reply::Interrupted => return Ok(Turn::Part(Parting::Interrupted)),
                Reply::End => return Ok(Turn::Part(Parting::EndOfInput)),
                Reply::Line(line) => qun::spelling::normal(&line).to_lowercase(),
            };
            let asked = interview.asked();
            match (line.as_str(), line.parse::<usize>().ok().and_then(|number| asked.get(number.checked_sub(1)?))) {
                ("" | "e" | "q" | "y", _) => interview.finish(),
                ("b", _) => self.back(interview)?,
                (_, Some(fact)) => interview.change(*fact),
                _ => {
                    let gaps = [("given", harmless_line(&line)), ("n", asked.len().to_string())];
                    let gaps = gaps.each_ref().map(|(gap, value)| (*gap, value.as_str()));
                    self.asker.tell(&words::fill("ask.review.no-such", self.wording.lang, &gaps))?;
                    continue;
                }
            }
            return Ok(Turn::On);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::script::Script;
    use super::*;
    use qun::answer::Answers;
    use qun::engine::judge::Judge;
    use qun::kb::KnowledgeBase;
    use qun::text::Lang;

    /// Plays a script on the shipped base: how it ended, what was said, how many answers are known.
    fn play(lines: &[&str], lang: Lang) -> (Parting, Script, usize) {
        let kb = KnowledgeBase::embedded();
        let judge = Judge::new(&kb);
        let mut interview = Interview::new(&judge, Answers::unknown(kb.facts.len()), false);
        let mut script = Script::of(lines);
        let wording = Wording { kb: &kb, lang };
        let mut dialogue = Dialogue { asker: &mut script, wording, keep: &mut |_, _| {}, name: None, asks_name: false };
        let parting = dialogue.run(&mut interview).expect("a script never fails");
        (parting, script, interview.answers().known())
    }

    #[test]
    fn every_prompt_has_words_for_the_keys_in_both_languages() {
        for lang in Lang::BOTH {
            let (parting, script, known) = play(&["1", "?", "w", "b", "", "0", "e", "2", "1", ""], lang);
            assert_eq!((parting, known), (Parting::Advice, 2));
            assert!(script.replies.is_empty());
            let questions = &script.prompts[..7];
            assert!(questions.iter().all(|prompt| prompt.keys.iter().map(|(key, _)| *key).eq("0b?we".chars())));
        }
    }

    #[test]
    fn the_end_of_a_script_is_the_end_of_the_input() {
        let (parting, _, known) = play(&["1", "1"], Lang::En);
        assert_eq!((parting, known), (Parting::EndOfInput, 2));
    }

    #[test]
    fn ctrl_c_at_any_prompt_is_heard() {
        let kb = KnowledgeBase::embedded();
        let judge = Judge::new(&kb);
        let mut interview = Interview::new(&judge, Answers::unknown(kb.facts.len()), false);
        let mut script = Script::default();
        script.replies.push_back(Reply::Interrupted);
        let mut dialogue = Dialogue {
            asker: &mut script,
            wording: Wording { kb: &kb, lang: Lang::Zh },
            keep: &mut |_, _| {},
            name: None,
            asks_name: false,
        };
        assert_eq!(dialogue.run(&mut interview).expect("a script never fails"), Parting::Interrupted);
    }
}
