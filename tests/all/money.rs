//! Money: what a forecast promises over random profiles, and what is likely of a
//! product against a simulation.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test that cannot go on should stop")]

use super::plan::{domains, profile as random};
use crate::thorough::thorough;
use qun::advice::earning::{earning, streams};
use qun::advice::plan::plan;
use qun::advice::stands::stands;
use qun::answer::{Answer, Answers};
use qun::diagnostic::Files;
use qun::engine::chain::{Kept, chain};
use qun::ids::{DecisionId, FactId, IndexVec, OptionId, OptionSet};
use qun::interview::draft;
use qun::kb::KnowledgeBase;
use qun::kb::money::{Role, Unit};
use qun::money::likely::{LogNormal, quantiles};
use qun::money::link::{Origin, Part, Subject};
use qun::money::stream::{Estimate, Stream, estimate};
use qun::money::together::forecast;
use qun::profile::streams::{Number, Own, Streams};
use qun::profile::{self, Profile};
use qun::report::forecast::{self as report, Teller};
use qun::report::{schema, terminal};
use qun::text::Lang;
use std::fs;
use std::path::Path;
use unicode_width::UnicodeWidthStr;

/// How many random profiles: all of them only where the code is fast.
const PROFILES: u64 = thorough(100_000, 200);
/// How many draws the simulation makes.
const DRAWS: usize = thorough(1_000_000, 200_000);

fn profiles() -> u64 {
    std::env::var("QUN_MONEY_PROFILES").ok().and_then(|count| count.parse().ok()).unwrap_or(PROFILES)
}

struct World {
    kb: KnowledgeBase,
    domains: IndexVec<FactId, Vec<Answer>>,
}

impl World {
    fn new() -> World {
        let kb = KnowledgeBase::embedded();
        let domains = domains(&kb);
        World { kb, domains }
    }

    fn answers(&self, seed: u64) -> Answers {
        random(&self.kb, &self.domains, seed)
    }

    fn channel(&self) -> DecisionId {
        self.kb.plan.sections.unwrap().begin.decision
    }

    /// Every stream of the base as if it ran, and as if it began.
    fn streams(&self) -> impl Iterator<Item = Stream> {
        let decision = self.channel();
        let all = self.kb.decisions[decision].candidates.ids();
        all.flat_map(move |one| [true, false].map(|runs| Stream { at: (decision, one), runs, start: 1 }))
    }
}

fn rises(all: [i128; 5]) -> bool {
    all.windows(2).all(|pair| pair[0] <= pair[1])
}

fn assert_sound(one: &Estimate<'_>) {
    assert!(rises(one.gross.all()) && rises(one.net.all()), "{:?} {:?}", one.gross, one.net);
    assert!(!one.links.is_empty(), "a number without a chain");
    for link in &one.links {
        assert!(link.low <= link.high && link.low >= 0, "{link:?}");
        if let Origin::Base(factors) = &link.origin {
            assert!(!factors.is_empty(), "a factor without an origin");
            assert!(factors.iter().all(|factor| !factor.sources.is_empty()));
        }
    }
    if let (Some(active), Some(payers)) = (one.active, one.payers) {
        assert!(rises(active.all()) && rises(payers.all()));
        assert!(payers.all().iter().zip(active.all()).all(|(paying, active)| *paying <= active), "{payers:?} {active:?}");
    }
}

#[test]
fn forecasts_hold_what_they_promise_over_random_profiles() {
    let world = World::new();
    let kb = &world.kb;
    let own = Streams::default();
    let mut counted = 0_u64;
    for seed in 0..profiles() {
        let answers = world.answers(seed);
        let stands = stands(kb, &answers);
        let plan = plan(kb, &answers, &stands);
        let found = earning(kb, &answers, &own, &stands, &plan).unwrap();
        for part in found.parts() {
            counted += 1;
            assert_sound(&part.estimate);
            let months = part.months();
            let year = part.year();
            assert_eq!(year, months.map(|course| course.iter().sum::<i128>()));
            // Where people pay for another stream, less may be counted when all goes well.
            let is_whole = part.payers == part.estimate.payers;
            assert!(!is_whole || year.windows(2).all(|pair| pair[0] <= pair[1]), "{year:?}");
        }
        assert!(found.year().windows(2).all(|pair| pair[0] <= pair[1] + 2), "{:?}", found.year());
        assert!(found.hours() <= found.team.0, "{} of {} hours", found.hours(), found.team.0);
        let sum: [i128; 3] = found
            .parts()
            .map(qun::money::together::Part12::year)
            .fold([0; 3], |sum, one| std::array::from_fn(|course| sum[course] + one[course]));
        assert_eq!(found.year(), sum);
        assert_eq!(found.year(), found.months().map(|course| course.iter().sum::<i128>()));
        if let Some(people) = found.people {
            let most = found.parts().filter_map(|part| part.estimate.active).map(|active| active.most).max().unwrap();
            assert!(rises(people.all()) && people.most <= most);
        }
        let expected = streams(kb, &stands, &plan).len();
        assert_eq!(found.parts().count() + found.left.len(), expected, "every stream is counted or said not to be");
    }
    assert!(counted > profiles() / 4, "{counted}");
}

#[test]
fn every_stream_is_sound_for_every_profile() {
    let world = World::new();
    let own = Streams::default();
    for seed in 0..profiles() / 4 {
        let answers = world.answers(seed);
        let kept = chain(&world.kb, &answers, world.channel());
        let subject = Subject { kb: &world.kb, answers: &answers, own: &own, kept: &kept };
        for stream in world.streams() {
            if let Ok(one) = estimate(&subject, stream) {
                assert_sound(&one);
            }
        }
    }
}

#[test]
fn more_reach_or_trust_never_earns_less() {
    let world = World::new();
    let kb = &world.kb;
    let own = Streams::default();
    let (reach, trust) = (kb.fact("members").unwrap(), kb.fact("trust").unwrap());
    let levels = kb.facts[trust].options().len();
    for seed in 0..profiles() / 4 {
        let mut answers = world.answers(seed);
        let kept = chain(kb, &answers, world.channel());
        let all: Vec<Stream> = world.streams().filter(|stream| stream.runs == (seed % 2 == 0)).step_by(5).collect();
        // Of what may begin another set may be better; then only the middle is chosen to be more.
        let levels_held: &[usize] = if seed % 2 == 0 { &[0, 1, 2] } else { &[1] };
        let holds = |last: Option<[i128; 3]>, year: [i128; 3]| {
            last.is_none_or(|last| levels_held.iter().all(|at| last[*at] <= year[*at] + 2))
        };
        let mut last: Option<[i128; 3]> = None;
        for people in [50, 60, 300, 1_000, 36_000, 1_000_000] {
            answers.set(reach, Some(Answer::Number(people)));
            let subject = Subject { kb, answers: &answers, own: &own, kept: &kept };
            let year = forecast(&subject, &all, 20).unwrap().year();
            assert!(holds(last, year), "{people} people, seed {seed}: {last:?} {year:?}");
            last = Some(year);
        }
        let mut last: Option<[i128; 3]> = None;
        for level in 0..levels {
            answers.set(trust, Some(Answer::Choice(OptionId::new(level))));
            let subject = Subject { kb, answers: &answers, own: &own, kept: &kept };
            let year = forecast(&subject, &all, 20).unwrap().year();
            assert!(holds(last, year), "trust {level}, seed {seed}: {last:?} {year:?}");
            last = Some(year);
        }
    }
}

#[test]
fn of_ten_times_the_people_the_share_is_left_that_the_base_says() {
    let world = World::new();
    let kb = &world.kb;
    let money = kb.money.as_ref().unwrap();
    let own = Streams::default();
    let at = world.streams().map(|stream| stream.at).find(|at| kb.candidate(at.0, at.1).id == "event-tickets").unwrap();
    let mut answers = Answers::unknown(kb.facts.len());
    let size = |answers: &Answers, people: i64| {
        let mut answers = answers.clone();
        answers.set(kb.fact("members").unwrap(), Some(Answer::Number(people)));
        let kept = chain(kb, &answers, world.channel());
        let subject = Subject { kb, answers: &answers, own: &own, kept: &kept };
        subject.factor(money, at, Role::Size).unwrap().ends()
    };
    let every = money.shared.iter().filter(|one| one.role == Role::Size && one.streams.is_empty());
    let (low, high) = every.fold((i64::MAX, 0), |(low, high), one| (low.min(one.low), high.max(one.high)));
    let from = money.size_from;
    assert_eq!(size(&answers, from), (100_000, 100_000), "a small one is untouched");
    assert_eq!(size(&answers, from * 10), (low, high), "while the tie is open, any may apply");
    assert_eq!(size(&answers, from * 100), (low * low / 100_000, high * high / 100_000));
    let tie = &kb.facts[kb.fact("tie").unwrap()];
    let fellows = tie.options().position(|option| option.id == "fellows").unwrap();
    answers.set(kb.fact("tie").unwrap(), Some(Answer::Choices(OptionSet::of(fellows))));
    let (narrow_low, narrow_high) = size(&answers, from * 10);
    assert!(low <= narrow_low && narrow_high < high, "a circle of thousands is mostly onlookers");
    let mut paying = (0, 0);
    for people in (from..from * 200).step_by(777) {
        let (low, high) = size(&answers, people);
        let next = (low * people, high * people);
        // A share is told in thousandths of a percent.
        assert!(next.0 + people >= paying.0 && next.1 + people >= paying.1, "{people} pay less: {paying:?} {next:?}");
        paying = next;
    }
}

/// How many times the most is the least, as logarithms, since sums are whole.
fn width(one: &Estimate<'_>) -> f64 {
    ((one.net.high + 1) as f64).ln() - ((one.net.low + 1) as f64).ln()
}

/// How much two widths may part by rounding alone: each least may be a whole of the currency
/// more than it says, and the closed form is good to a hundredth.
fn rounding(both: [&Estimate<'_>; 2]) -> f64 {
    let whole = |one: &Estimate<'_>| ((one.net.low + 2) as f64).ln() - ((one.net.low + 1) as f64).ln();
    both.iter().map(|one| whole(one) + width(one) / 200.0).sum::<f64>() + 1e-2
}

#[test]
fn an_own_number_narrows_and_an_answer_taken_back_widens() {
    let world = World::new();
    let kb = &world.kb;
    let none = Streams::default();
    for seed in 0..profiles() / 20 {
        let mut answers = world.answers(seed);
        answers.set(kb.fact("members").unwrap(), Some(Answer::Number(100_000)));
        let kept = chain(kb, &answers, world.channel());
        for stream in world.streams() {
            let subject = Subject { kb, answers: &answers, own: &none, kept: &kept };
            let Ok(base) = estimate(&subject, stream) else { continue };
            let before = width(&base);
            for number in [Number::Price, Number::Payers, Number::Times, Number::Fee, Number::Cost, Number::Monthly] {
                // Somewhere in the middle of what the base says.
                let link = base.links.iter().find(|link| link.part.id() == number.id());
                let value = match (number, link) {
                    (Number::Payers, _) => i64::try_from(base.payers.unwrap().middle).unwrap(),
                    (Number::Monthly, _) => i64::try_from(base.gross.middle * 10 / 12).unwrap(),
                    (_, Some(link)) => i64::midpoint(link.low, link.high),
                    (_, None) => continue,
                };
                // A cap on places holds a guess closer than those who renew of a number told.
                if number == Number::Payers && base.chain.places.is_some() {
                    continue;
                }
                let mut own = Streams::default();
                own.set(Own { stream: stream.at.1, number, low: value.max(1), high: value.max(1) });
                // Of payers that were told it is not known how many pay again, which a guess for a year includes: that much wider it may be.
                let subject = Subject { kb, answers: &answers, own: &own, kept: &kept };
                let told = estimate(&subject, stream).unwrap();
                let renewal = told.links.iter().find(|link| link.part.id() == "renewal");
                let again = renewal.map_or(0.0, |link| (link.high as f64 / link.low as f64).ln());
                assert!(
                    width(&told) <= before.hypot(again) + rounding([&base, &told]),
                    "{number:?} of {}: {before} {}",
                    kb.candidate(stream.at.0, stream.at.1).id,
                    width(&told)
                );
            }
            // Where places hold payers down, more of them may come and the range is closer for it.
            if base.chain.places.is_some() {
                continue;
            }
            for fact in ["trust", "tie", "members-are", "entry", "trade"].map(|fact| kb.fact(fact).unwrap()) {
                let mut fewer = answers.clone();
                fewer.set(fact, None);
                let subject = Subject { kb, answers: &fewer, own: &none, kept: &kept };
                let open = estimate(&subject, stream).unwrap();
                let is_wider = width(&open) + rounding([&base, &open]) >= before;
                assert!(is_wider, "{} of {}: {before} {}", kb.facts[fact].id, stream.at.1.index(), width(&open));
            }
        }
    }
}

#[test]
fn the_corners_hold_whatever_a_grid_of_factors_comes_to() {
    let world = World::new();
    let kb = &world.kb;
    let (none, kept) = (Streams::default(), Kept::default());
    let mut answers = Answers::unknown(kb.facts.len());
    answers.set(kb.fact("members").unwrap(), Some(Answer::Number(5_000)));
    answers.set(kb.fact("active-share").unwrap(), Some(Answer::Number(10)));
    let mut tried = 0;
    for stream in world.streams().filter(|stream| !stream.runs) {
        let subject = Subject { kb, answers: &answers, own: &none, kept: &kept };
        let Ok(one) = estimate(&subject, stream) else { continue };
        let free = [Number::Payers, Number::Price, Number::Times, Number::Cost];
        let role = |number: Number| Role::ALL.into_iter().find(|role| role.id() == number.id()).unwrap();
        let link = |number: Number| one.links.iter().find(|link| link.part == Part::Factor(role(number)));
        for at in 0..5_i64.pow(4) {
            let mut own = Streams::default();
            let mut digits = at;
            for number in free {
                let step = digits % 5;
                digits /= 5;
                // A share of the active is no number that an operator tells.
                if let Some(link) = link(number).filter(|link| number != Number::Payers || link.unit == Unit::People) {
                    let value = link.low + (link.high - link.low) * step / 4;
                    own.set(Own { stream: stream.at.1, number, low: value, high: value });
                }
            }
            let subject = Subject { kb, answers: &answers, own: &own, kept: &kept };
            let inner = estimate(&subject, stream).unwrap().net;
            assert!(one.net.least <= inner.least && inner.most <= one.net.most, "{:?} {inner:?}", one.net);
            tried += 1;
        }
    }
    assert!(tried > 10_000);
}

/// A normal generator: G. Marsaglia and T. A. Bray's polar method on a linear congruence.
struct Draws(u64);

impl Draws {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let size = x * x + y * y;
            if size > 0.0 && size < 1.0 {
                return x * (-2.0 * size.ln() / size).sqrt();
            }
        }
    }

    fn of(&mut self, number: LogNormal) -> f64 {
        (number.mean + number.variance.sqrt() * self.normal()).exp()
    }
}

#[test]
fn quantiles_are_those_of_a_simulation() {
    let between = LogNormal::between;
    let capped = [
        (vec![between(20.0, 90.0)], between(100.0, 400.0), Some(50.0)),
        (vec![between(5.0, 500.0)], between(0.5, 0.9), Some(40.0)),
        (vec![between(30.0, 60.0), between(0.2, 0.9)], between(10.0, 1_000.0), Some(25.0)),
        (vec![between(100.0, 120.0)], between(1.0, 30.0), Some(105.0)),
    ];
    let free = [
        (vec![between(0.1, 0.6), between(0.08, 0.5), between(0.7, 1.2)], between(50.0, 600.0), None),
        (vec![between(1.0, 4.0)], between(3_000.0, 40_000.0), None),
    ];
    let mut draws = Draws(7);
    for (parts, rest, cap) in capped.into_iter().chain(free) {
        let count = parts.iter().fold(LogNormal::ONE, |product, part| product.times(*part));
        let found = quantiles(count, rest, cap);
        let mut simulated: Vec<f64> = (0..DRAWS)
            .map(|_| {
                let count: f64 = parts.iter().map(|part| draws.of(*part)).product();
                cap.map_or(count, |cap| count.min(cap)) * draws.of(rest)
            })
            .collect();
        simulated.sort_by(f64::total_cmp);
        for (found, tenths) in found.into_iter().zip([1, 5, 9]) {
            let at = simulated.len() * tenths / 10;
            let off = (found / simulated[at] - 1.0).abs();
            assert!(off < 0.02, "{tenths} tenths of {parts:?} × {rest:?} under {cap:?}: {found} for {}", simulated[at]);
        }
    }
}

/// An example with own numbers, as everybody can try it.
fn circle(kb: &KnowledgeBase) -> Profile {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/money/founders-circle.toml");
    profile::read(&kb.facts, "circle.toml", &fs::read(path).unwrap(), &mut Files::default()).unwrap()
}

#[test]
fn forecasts_keep_to_their_schema_and_say_the_same_in_every_format() {
    let kb = KnowledgeBase::embedded();
    let schema = serde_json::from_str(&schema::render(&kb, "forecast").unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let nothing = Profile::of(Answers::unknown(kb.facts.len()));
    for profile in [circle(&kb), nothing] {
        let stands = stands(&kb, &profile.answers);
        let plan = plan(&kb, &profile.answers, &stands);
        let found = earning(&kb, &profile.answers, &profile.streams, &stands, &plan).unwrap();
        for lang in Lang::BOTH {
            let teller = Teller { kb: &kb, forecast: &found, lang, deadline: plan.deadline, is_stopped: plan.is_stopped };
            let value = report::json::forecast(&teller, &profile);
            let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{errors:?}");
            let page = terminal::render(&report::page(&teller, None), terminal::Setting { width: 80, colour: false });
            assert!(page.lines().all(|line| line.width() <= 80), "{page}");
            let rows = report::csv::csv(&teller).lines().count();
            assert_eq!(rows, 1 + 12 * (found.parts().count() + 1));
        }
    }
}

#[test]
fn an_own_number_comes_through_every_format_of_a_profile() {
    let kb = KnowledgeBase::embedded();
    let profile = circle(&kb);
    assert_ne!(profile.streams, Streams::default());
    let read = |name: &str, text: &str| profile::read(&kb.facts, name, text.as_bytes(), &mut Files::default()).unwrap();
    assert_eq!(read("a.toml", &draft::write(&kb, &profile, Lang::Zh)), profile);
    assert_eq!(read("a.json", &draft::json(&kb, &profile)), profile);
    let flat = read("a.json", "{\"membership.price\": 3800}");
    let price = flat.streams.get(kb.decisions[kb.decision("channel").unwrap()].candidate("membership").unwrap(), Number::Price);
    assert_eq!(price, Some((3_800_000, 3_800_000)));
}

#[test]
fn numbers_that_cannot_be_are_faults_with_their_places() {
    let kb = KnowledgeBase::embedded();
    let faults = |text: &str| {
        let read = profile::read(&kb.facts, "a.toml", text.as_bytes(), &mut Files::default());
        read.unwrap_err().iter().map(|fault| fault.name).collect::<Vec<_>>()
    };
    assert_eq!(faults("[streams.membershop]\nprice = 1"), ["unknown-stream"]);
    assert_eq!(faults("[streams.membership]\nprise = 1"), ["unknown-number"]);
    assert_eq!(faults("[streams.membership]\nprice = 0"), ["number-out-of-range"]);
    assert_eq!(faults("[streams.membership]\nrenewal = 101"), ["number-out-of-range"]);
    assert_eq!(faults("[streams.membership]\nprice = \"much\""), ["wrong-answer-kind"]);
    assert_eq!(faults("streams = 3"), ["wrong-answer-kind"]);
}

#[test]
fn a_base_without_money_forecasts_nothing() {
    let kb = super::support::toy();
    let answers = Answers::unknown(kb.facts.len());
    let stands = stands(&kb, &answers);
    let plan = plan(&kb, &answers, &stands);
    assert!(earning(&kb, &answers, &Streams::default(), &stands, &plan).is_none());
}
