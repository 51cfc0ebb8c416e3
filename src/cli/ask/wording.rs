//! What the questionnaire says: from steps of the interview to prompts and texts.

use super::asker::Prompt;
use qun::advice::next::Why;
use qun::advice::stability::{effects as effects_on_page, page};
use qun::answer::Answer;
use qun::fact::Kind;
use qun::ids::{CandidateId, CandidateRef, ClashId, DecisionId, FactId, OptionId};
use qun::interview::effects::{Effect, effects};
use qun::interview::reading::Misread;
use qun::interview::{Interview, Offer, Proof, Question};
use qun::kb::KnowledgeBase;
use qun::proof::robust::Robustness;
use qun::report::whatif::what;
use qun::text::{Lang, harmless_line};
use qun::words;
use std::fmt::Write;

/// Seconds that a question takes: a quick reader, a slow one.
const SECONDS: (usize, usize) = (15, 25);
/// How many candidates are named in one line.
const NAMES: usize = 3;

/// Everything that a text is made from.
pub struct Wording<'a> {
    pub kb: &'a KnowledgeBase,
    pub lang: Lang,
}

impl Wording<'_> {
    fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        words::fill(key, self.lang, gaps)
    }

    fn say(&self, key: &str) -> String {
        words::say(key, self.lang).to_owned()
    }

    fn named(&self, decision: DecisionId, candidate: CandidateId) -> String {
        harmless_line(self.kb.candidate(decision, candidate).name.get(self.lang))
    }

    fn heading(&self, decision: DecisionId) -> &str {
        self.kb.decisions[decision].heading.get(self.lang)
    }

    /// Names, the first few of them.
    fn names(&self, all: &[CandidateRef]) -> String {
        let joint = words::say("line.list-joint", self.lang);
        let names: Vec<String> = all.iter().take(NAMES).map(|(decision, candidate)| self.named(*decision, *candidate)).collect();
        let names = names.join(joint);
        match all.len() {
            count if count > NAMES => format!("{names} {}", self.fill("ask.reason.more", &[("n", &(count - NAMES).to_string())])),
            _ => names,
        }
    }

    /// What a person is told before the first question. `given` answers are known already.
    pub fn opening(&self, given: usize, all: bool) -> String {
        let verdict = self.kb.screen.verdict.decision;
        let count = self.kb.facts.len() - given.min(self.kb.facts.len());
        let minutes = |seconds: usize| seconds.div_ceil(60).to_string();
        let high = minutes(count * SECONDS.1);
        let title = harmless_line(self.kb.name.get(self.lang));
        let length = match &self.kb.questions {
            Some(promise) if !all && given == 0 => {
                let (mean, most) = (promise.mean.div_ceil(10), promise.most.to_string());
                let low = minutes(usize::from(mean) * SECONDS.0);
                let (mean, heading) = (mean.to_string(), self.heading(verdict));
                let gaps = [("mean", mean.as_str()), ("most", &most), ("heading", heading), ("low", &low), ("high", &high)];
                self.fill("ask.opening", &gaps)
            }
            _ => {
                let low = minutes(count * SECONDS.0 / if all { 1 } else { 3 });
                let count = count.to_string();
                self.fill("ask.opening-plain", &[("count", &count), ("low", &low), ("high", &high)])
            }
        };
        let mut lines = vec![title, length];
        if given > 0 {
            lines.push(self.fill("ask.given", &[("n", &given.to_string())]));
        }
        lines.extend(["ask.privacy", "ask.keys"].map(|key| self.say(key)));
        let other = if self.lang == Lang::Zh { Lang::En } else { Lang::Zh };
        lines.push(words::say("ask.in-this-language", other).to_owned());
        lines.join("\n")
    }

    /// A question as it is put.
    pub fn question(&self, interview: &Interview<'_>, question: &Question) -> Prompt {
        let fact = &self.kb.facts[question.fact];
        let text = |text: &qun::text::Text| harmless_line(text.get(self.lang));
        let mut notes = vec![text(&fact.help)];
        let answer = interview.answers().get(question.fact);
        if question.why.is_none() {
            let answer = answer.map_or_else(|| self.say("ask.unknown"), |answer| fact.words(answer, self.lang));
            notes.push(self.fill("ask.now", &[("answer", &harmless_line(&answer))]));
        }
        let is_menu = matches!(fact.kind, Kind::Choices { candidates_of: Some(_), .. });
        let gloss = |option: OptionId| match &fact.kind {
            Kind::Choices { candidates_of: Some(decision), .. } => {
                let candidates = &self.kb.decisions[*decision].candidates;
                candidates.get(CandidateId::new(option.index())).map(|one| text(&one.summary))
            }
            _ => None,
        };
        let labels = fact.options().pairs().map(|(at, option)| match option.help.as_ref().filter(|_| !is_menu) {
            Some(help) => format!("{} – {}", text(&option.label), text(help)),
            None => match gloss(at) {
                Some(gloss) => format!("{} – {gloss}", text(&option.label)),
                None => text(&option.label),
            },
        });
        let (options, how) = match &fact.kind {
            Kind::Choice(_) => (labels.collect(), self.say("ask.how-one")),
            Kind::YesNo => (vec![self.say("ask.yes"), self.say("ask.no")], self.say("ask.how-one")),
            Kind::Choices { at_most, options, .. } if *at_most >= options.len() => (labels.collect(), self.say("ask.how-any")),
            Kind::Choices { at_most, .. } => (labels.collect(), self.fill("ask.how-some", &[("n", &at_most.to_string())])),
            Kind::Number(range) => {
                let (min, max) = (range.written(range.min), range.written(range.max));
                let is_large = range.max / 10_i64.pow(range.decimals) >= 10_000;
                let key = if is_large { "ask.how-number" } else { "ask.how-number-small" };
                let mut how = self.fill(key, &[("unit", &text(&range.unit)), ("min", &min), ("max", &max)]);
                if (range.min..=range.max).contains(&0) {
                    how = format!("{how} · {}", self.say("ask.zero"));
                }
                (Vec::new(), how)
            }
        };
        let chosen = match answer.filter(|_| question.why.is_none()) {
            Some(Answer::Choice(option)) => Some(option.index()),
            Some(Answer::YesNo(yes)) => Some(usize::from(!yes)),
            _ if question.why.is_none() && interview.answers().is_declined(question.fact) => Some(options.len()),
            _ => None,
        };
        Prompt {
            progress: Some(self.progress(interview, question)),
            question: text(&fact.question),
            notes,
            options,
            keys: self.keys(),
            how,
            one: matches!(fact.kind, Kind::Choice(_) | Kind::YesNo),
            some: matches!(fact.kind, Kind::Choices { .. }),
            picked: match answer.filter(|_| question.why.is_none()) {
                Some(Answer::Choices(chosen)) => chosen.iter().map(OptionId::index).collect(),
                _ => Vec::new(),
            },
            chosen,
        }
    }

    fn keys(&self) -> Vec<(char, String)> {
        let keys = [('0', "ask.unknown"), ('b', "ask.back"), ('?', "ask.why"), ('w', "ask.whatif"), ('e', "ask.enough")];
        keys.into_iter().map(|(key, does)| (key, self.say(does))).collect()
    }

    fn progress(&self, interview: &Interview<'_>, question: &Question) -> String {
        if question.why.is_none() {
            return self.say("ask.progress-again");
        }
        let progress = interview.progress();
        let (n, left) = ((progress.asked + 1).to_string(), progress.left.max(1).to_string());
        let heading = self.heading(self.kb.screen.verdict.decision);
        let key = if progress.deciding { "ask.progress-deciding" } else { "ask.progress-further" };
        self.fill(key, &[("n", &n), ("left", &left), ("heading", heading)])
    }

    /// The question for the name of the community.
    pub fn name(&self) -> Prompt {
        Prompt { question: self.say("ask.name.question"), notes: vec![self.say("ask.name.help")], ..Prompt::default() }
    }

    /// Answers that contradict each other, to be changed or left.
    pub fn clash(&self, interview: &Interview<'_>, clash: ClashId, facts: &[FactId]) -> Prompt {
        let clash = &self.kb.clashes[clash];
        let change = |fact: &FactId| {
            let one = &self.kb.facts[*fact];
            let answer = interview.answers().get(*fact).map_or_else(String::new, |answer| one.words(answer, self.lang));
            let gaps = [("label", harmless_line(one.label.get(self.lang))), ("answer", harmless_line(&answer))];
            self.fill("ask.clash.change", &gaps.each_ref().map(|(gap, value)| (*gap, value.as_str())))
        };
        Prompt {
            progress: Some(self.say("ask.clash.title")),
            question: harmless_line(clash.says.get(self.lang)),
            notes: vec![harmless_line(clash.believe.get(self.lang))],
            options: facts.iter().map(change).chain([self.say("ask.clash.leave")]).collect(),
            keys: vec![('b', self.say("ask.back"))],
            how: self.say("ask.how-one"),
            one: true,
            ..Prompt::default()
        }
    }

    /// What single answers could still change on the first page.
    fn page(&self, offer: &Offer) -> String {
        if self.kb.plan.sections.is_none() {
            return String::new();
        }
        if offer.changes.is_empty() {
            return self.say("ask.offer.page-stable");
        }
        let told: Vec<String> = offer.changes.iter().map(|change| self.say(&format!("change.{}", change.id()))).collect();
        let what = told.join(words::say("line.list-joint", self.lang));
        self.fill("ask.offer.page", &[("n", &offer.further.to_string()), ("what", &what)])
    }

    /// The offer to stop.
    pub fn offer(&self, offer: &Offer) -> Prompt {
        let name = self.named(offer.decision, offer.leader);
        let onward = self.fill("ask.offer.onward", &[("n", &offer.further.to_string())]);
        let heading = self.heading(offer.decision);
        let (question, options) = if let Some(against) = offer.against {
            let (left, n) = (offer.left.to_string(), against.to_string());
            let gaps = [("heading", heading), ("name", &name), ("left", &left), ("n", &n)];
            (self.fill("ask.offer.text", &gaps), vec![onward, self.say("ask.offer.check"), self.say("ask.offer.advice")])
        } else {
            let question = self.fill("ask.offer.proven", &[("heading", heading), ("name", &name)]);
            (question, vec![onward, self.say("ask.offer.advice")])
        };
        Prompt {
            question,
            options,
            notes: Some(self.page(offer)).filter(|text| !text.is_empty()).into_iter().collect(),
            keys: vec![('b', self.say("ask.back"))],
            how: self.say("ask.how-one"),
            one: true,
            ..Prompt::default()
        }
    }

    /// That a verdict is proven.
    pub fn proof(&self, proof: &Proof) -> String {
        let name = self.named(proof.decision, proof.leader);
        let gaps = [("heading", self.heading(proof.decision)), ("name", &name), ("n", &proof.spared.to_string())];
        let mut text = format!("\n{}", self.fill("ask.proof.text", &gaps));
        if !proof.settled {
            text = format!("{text}{}", self.say("ask.proof.unknown"));
        }
        if proof.further > 0 {
            text = format!("{text}\n{}", self.fill("ask.proof.onward", &[("n", &proof.further.to_string())]));
        }
        text
    }

    /// Why a question comes now, and what each answer would do.
    pub fn reason(&self, interview: &Interview<'_>, question: &Question) -> String {
        let fact = &self.kb.facts[question.fact];
        let reason = match &question.why {
            None => self.say("ask.reason.again"),
            Some(Why::Opening) if question.limits => self.say("ask.reason.limits"),
            Some(Why::Opening) if interview.answers().known() > 0 => self.say("ask.reason.rest"),
            Some(Why::Opening) => self.say("advice.next-opening"),
            Some(Why::Law) => self.say("advice.next-law"),
            Some(Why::Changes(changes)) => {
                let told: Vec<String> = changes.iter().map(|change| self.say(&format!("change.{}", change.id()))).collect();
                self.fill("advice.next-changes", &[("what", &told.join(&self.say("line.list-joint")))])
            }
            Some(Why::Fits { .. }) => self.say("advice.next-fits"),
            Some(Why::Decides { decision, leader, rival, .. }) => {
                let (leader, rival) = (self.named(*decision, *leader), self.named(*decision, *rival));
                self.fill("advice.next-decides", &[("leader", &leader), ("rival", &rival)])
            }
            Some(Why::Opens { decision, candidates }) => {
                let all: Vec<_> = candidates.iter().map(|candidate| (*decision, *candidate)).collect();
                self.fill("advice.next-opens", &[("names", &self.names(&all))])
            }
        };
        let example = self.fill("ask.reason.example", &[("example", &harmless_line(fact.example.get(self.lang)))]);
        let mut text = format!(
            "\n{}\n{example}\n{}\n",
            self.fill("ask.reason.title", &[("reason", &reason)]),
            self.say("ask.reason.effects")
        );
        let effects = effects(interview.judge(), interview.answers(), question.fact);
        let told: Vec<String> = effects.iter().filter_map(|effect| self.effect(question.fact, effect)).collect();
        for line in &told {
            let _ = writeln!(text, "  {line}");
        }
        if told.len() < effects.len() {
            let key = if told.is_empty() { "ask.reason.none" } else { "ask.reason.others" };
            let _ = writeln!(text, "  {}", self.say(key));
        }
        text
    }

    /// What an answer does; nothing if it does nothing.
    fn effect(&self, fact: FactId, effect: &Effect) -> Option<String> {
        let colon = if self.lang == Lang::Zh { "：" } else { ": " };
        let head = self.head(fact, effect.answer);
        // A question that decides something says what it decides; the rest would be noise.
        let mut parts: Vec<String> = Vec::new();
        let moves = effect.moves.iter().take(NAMES);
        let moves: Vec<String> =
            moves.map(|(decision, candidate, points)| format!("{} {points:+}", self.named(*decision, *candidate))).collect();
        if !moves.is_empty() {
            parts.push(moves.join(words::say("line.list-joint", self.lang)));
        }
        let is_silent = parts.is_empty();
        for (key, all) in [("ask.reason.opens", &effect.opens), ("ask.reason.shuts", &effect.shuts)] {
            if is_silent && !all.is_empty() {
                parts.push(self.fill(key, &[("names", &self.names(all))]));
            }
        }
        let joint = if self.lang == Lang::Zh { "；" } else { "; " };
        (!parts.is_empty()).then(|| format!("{}{colon}{}", harmless_line(&head), parts.join(joint)))
    }

    /// An answer with its number among the options.
    fn head(&self, fact: FactId, answer: Answer) -> String {
        let words = self.kb.facts[fact].words(answer, self.lang);
        match answer {
            Answer::Choice(option) => format!("{} {words}", option.index() + 1),
            Answer::Choices(chosen) => format!("{} {words}", chosen.iter().next().map_or(0, OptionId::index) + 1),
            Answer::Number(_) => self.fill("ask.reason.from", &[("low", &words)]),
            Answer::YesNo(yes) => format!("{} {words}", usize::from(!yes) + 1),
        }
    }

    /// How each answer would change what is shown: what that is now, then every
    /// answer that changes it.
    pub fn what_if(&self, interview: &Interview<'_>, fact: FactId) -> String {
        let colon = if self.lang == Lang::Zh { "：" } else { ": " };
        let decision = self.kb.screen.verdict.decision;
        let now = page(self.kb, interview.answers());
        let nobody = || self.say("ask.review.nobody");
        let leader = now.leader.map_or_else(nobody, |leader| self.named(decision, leader));
        let money = now.money.map_or_else(nobody, |(at, _)| self.named(at.0, at.1));
        let gaps = [("heading", self.heading(decision)), ("name", &leader), ("money", &money)];
        let mut text = format!("\n{}\n", self.fill("ask.what-if.now", &gaps));
        let effects = effects_on_page(self.kb, interview.answers(), fact);
        let (changing, others): (Vec<_>, Vec<_>) = effects.iter().partition(|effect| !effect.changes.is_empty());
        for effect in &changing {
            let what = harmless_line(&what(self.kb, effect, self.lang));
            let _ = writeln!(text, "  {}{colon}{what}", harmless_line(&self.head(fact, effect.answer)));
        }
        let key = match (changing.is_empty(), others.is_empty()) {
            (true, _) => "ask.what-if.none",
            (false, false) => "ask.what-if.others",
            (false, true) => return text,
        };
        let _ = writeln!(text, "  {}", self.say(key));
        text
    }

    /// The last page.
    pub fn review(&self, interview: &Interview<'_>) -> (String, Prompt) {
        let mut text = format!("\n{}\n", self.say("ask.review.title"));
        let answers = interview.answers();
        let words = |fact: FactId, answer: Option<Answer>| {
            let words = answer.map_or_else(|| self.say("ask.unknown"), |answer| self.kb.facts[fact].words(answer, self.lang));
            harmless_line(&words)
        };
        let label = |fact: FactId| harmless_line(self.kb.facts[fact].label.get(self.lang));
        let colon = if self.lang == Lang::Zh { "：" } else { ": " };
        for (at, fact) in interview.asked().iter().enumerate() {
            let _ = writeln!(text, "{:>3}. {}{colon}{}", at + 1, label(*fact), words(*fact, answers.get(*fact)));
        }
        let robust = Robustness::new(interview.judge()).of(self.kb, answers);
        let pivots = robust.map_or_else(Vec::new, |robust| robust.pivots);
        if !pivots.is_empty() {
            let _ = writeln!(text, "{}", self.say("ask.review.pivots"));
        }
        for pivot in &pivots {
            let number = interview.asked().iter().position(|fact| *fact == pivot.fact).map_or(0, |at| at + 1).to_string();
            let name = pivot.leader.map_or_else(|| self.say("ask.review.nobody"), |leader| self.named(pivot.decision, leader));
            let (label, answer) = (label(pivot.fact), words(pivot.fact, answers.get(pivot.fact)));
            let other = words(pivot.fact, Some(pivot.other));
            let gaps = [("n", number.as_str()), ("label", &label), ("answer", &answer), ("other", &other), ("name", &name)];
            let _ = writeln!(text, "  * {}", self.fill("ask.review.pivot", &gaps));
        }
        let keys = vec![('b', self.say("ask.back"))];
        (text, Prompt { question: self.say("ask.review.how"), keys, ..Prompt::default() })
    }

    /// Why a line was not understood.
    pub fn misread(&self, fact: FactId, misread: &Misread) -> String {
        let one = &self.kb.facts[fact];
        let (key, gaps): (&str, Vec<(&str, String)>) = match misread {
            Misread::NoOption { given, count } => {
                ("ask.misread.no-option", vec![("given", harmless_line(given)), ("n", count.to_string())])
            }
            Misread::OnlyOne => ("ask.misread.only-one", vec![]),
            Misread::TooMany { at_most } => ("ask.misread.too-many", vec![("n", at_most.to_string())]),
            Misread::NotAlone { none } => {
                ("ask.misread.not-alone", vec![("none", one.options()[*none].label.get(self.lang).to_owned())])
            }
            Misread::NoNumber { given } => ("ask.misread.no-number", vec![("given", harmless_line(given))]),
            Misread::OutOfRange { min, max } => {
                let written = |number: i64| one.words(Answer::Number(number), self.lang);
                ("ask.misread.out-of-range", vec![("min", written(*min)), ("max", written(*max))])
            }
            Misread::TooFine { decimals: 0 } => ("ask.misread.whole", vec![]),
            Misread::TooFine { decimals } => ("ask.misread.too-fine", vec![("n", decimals.to_string())]),
        };
        let gaps: Vec<(&str, &str)> = gaps.iter().map(|(gap, value)| (*gap, value.as_str())).collect();
        self.fill(key, &gaps)
    }
}
