//! What one stream brings in within a year: its chain, picked and multiplied.

use super::link::{Link, Origin, Part, Subject, WHOLE};
use super::product::{Product, Range, Swing, active_people, ceil};
use crate::ids::CandidateRef;
use crate::kb::effort::{Effort, Span};
use crate::kb::money::{Chain, Money, Role, Unit};
use crate::profile::streams::Number;

/// A stream that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    /// The candidate, with its decision.
    pub at: CandidateRef,
    /// Whether it runs.
    pub runs: bool,
    /// The week in which it is begun, from 1; of no account for what runs.
    pub start: u32,
}

/// What one stream brings in within a year.
#[derive(Debug, Clone)]
pub struct Estimate<'a> {
    /// The stream.
    pub stream: Stream,
    /// Its chain in the base.
    pub chain: &'a Chain,
    /// The links, in the order in which they are multiplied.
    pub links: Vec<Link<'a>>,
    /// The people active within a year, in thousandths of a person, if the chain counts them.
    pub active: Option<Range>,
    /// Those who pay within a year, in thousandths; `None` if only the takings are known.
    pub payers: Option<Range>,
    /// Whether there is no room for more payers.
    pub is_full: bool,
    /// Takings of a year, in hundredths of the currency.
    pub gross: Range,
    /// What is left of them after fee and cost.
    pub net: Range,
    /// What is to be paid in a year anyway, from the least to the most.
    pub fixed: Option<(i128, i128)>,
    /// Hours until it runs, and hours a week from then on.
    pub setup: Option<Span>,
    /// Hours a week while it runs.
    pub weekly: Option<Span>,
    /// Weeks from its start to the first money; none for what runs.
    pub first_cash: Option<Span>,
    /// How many payers it takes to pay what is fixed, at best and at worst; `None` if
    /// nothing is fixed, or if nothing is left of a payment.
    pub break_even: Option<(i128, i128)>,
    /// What each factor does, the greatest first.
    pub swings: Vec<Swing>,
}

/// What is not known, so that nothing can be said of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// How many people are reached.
    Reach,
    /// How many pay.
    Payers,
    /// What one pays.
    Price,
}

/// The links of a chain, by what they are.
struct Links<'a> {
    reach: Option<Link<'a>>,
    active: Option<Link<'a>>,
    payers: Option<Link<'a>>,
    size: Option<Link<'a>>,
    trust: Option<Link<'a>>,
    renewal: Option<Link<'a>>,
    price: Option<Link<'a>>,
    times: Option<Link<'a>>,
    fee: Option<Link<'a>>,
    cost: Option<Link<'a>>,
}

/// What one stream brings in; else what would have to be known.
///
/// # Errors
///
/// What is missing; nothing if the base has no chain for it.
pub fn estimate<'a>(subject: &Subject<'a, '_>, stream: Stream) -> Result<Estimate<'a>, Vec<Missing>> {
    let (chain, links, product) = multiplied(subject, stream)?;
    let kb = subject.kb;
    let monthly = subject.own.get(stream.at.1, Number::Monthly);
    let fixed = subject.money().and_then(|money| subject.factor(money, stream.at, Role::Fixed));
    let effort = kb.candidate(stream.at.0, stream.at.1).effort.as_ref();
    let span = |of: fn(&Effort) -> Option<Span>| effort.and_then(of);
    let counts = links.reach.as_ref().zip(links.active.as_ref());
    let told = monthly.map(|(low, high)| Link { part: Part::Monthly, low, high, unit: Unit::Times, origin: Origin::Yours });
    let mut found = Estimate {
        stream,
        chain,
        active: counts.map(|(reach, active)| active_people(reach, active)),
        payers: monthly.is_none().then(|| product.payers()),
        is_full: product.is_full(),
        gross: product.amounts((WHOLE, WHOLE)),
        net: product.amounts(product.kept()),
        fixed: fixed.as_ref().map(|link| (i128::from(link.low) / 10, i128::from(link.high) / 10)),
        setup: span(|effort| effort.setup_hours).filter(|_| !stream.runs),
        weekly: span(|effort| effort.weekly_hours),
        first_cash: span(|effort| effort.first_cash_weeks).filter(|_| !stream.runs),
        break_even: None,
        swings: product.swings(),
        links: told.into_iter().chain(links.all()).chain(fixed).collect(),
    };
    if let (Some(fixed), None) = (found.fixed, monthly) {
        let (worst, best) = product.of_one();
        found.break_even = (worst > 0).then(|| (ceil(fixed.0, best), ceil(fixed.1, worst)));
    }
    if let (Some(active), Some(payers)) = (found.active, found.payers.filter(|_| links.payers_are_people())) {
        // Who pays is active.
        let lifted: Vec<i128> = active.all().iter().zip(payers.all()).map(|(one, paying)| (*one).max(paying)).collect();
        found.active = Some(Range::of([lifted[0], lifted[1], lifted[2], lifted[3], lifted[4]]));
    }
    Ok(found)
}

/// What is left of a year and nothing else, for many profiles.
///
/// # Errors
///
/// As for [`estimate`].
pub fn net(subject: &Subject<'_, '_>, stream: Stream) -> Result<Range, Vec<Missing>> {
    let (_, _, product) = multiplied(subject, stream)?;
    Ok(product.amounts(product.kept()))
}

/// A chain, its links and their product.
fn multiplied<'a>(subject: &Subject<'a, '_>, stream: Stream) -> Result<(&'a Chain, Links<'a>, Product), Vec<Missing>> {
    let kb = subject.kb;
    let (Some(money), Some(chain)) = (subject.money(), kb.candidate(stream.at.0, stream.at.1).money.as_ref()) else {
        return Err(Vec::new());
    };
    let links = links(subject, money, stream);
    let product = match subject.own.get(stream.at.1, Number::Monthly) {
        Some(ends) => links.takings(ends),
        None => links.payments(chain)?,
    };
    Ok((chain, links, product))
}
fn links<'a>(subject: &Subject<'a, '_>, money: &'a Money, stream: Stream) -> Links<'a> {
    let factor = |role| subject.factor(money, stream.at, role);
    let payers = factor(Role::Payers);
    let is_share = payers.as_ref().is_some_and(|link| link.unit == Unit::Percent);
    let per_thousand = subject.kb.candidate(stream.at.0, stream.at.1).money.as_ref().is_some_and(|chain| chain.per_thousand);
    let is_told = payers.as_ref().is_some_and(|link| matches!(link.origin, Origin::Yours));
    let is_monthly = subject.own.get(stream.at.1, Number::Monthly).is_some();
    let known = |link: Option<Link<'a>>, wanted: bool| link.filter(|_| wanted && !is_monthly);
    Links {
        reach: known(subject.reach(money), is_share || per_thousand),
        active: known(subject.active(money), is_share),
        size: known(factor(Role::Size), is_share),
        trust: known(factor(Role::Trust), is_share),
        renewal: known(factor(Role::Renewal), stream.runs && is_told),
        payers: known(payers, true),
        price: known(factor(Role::Price), true),
        times: known(factor(Role::Times), true),
        fee: factor(Role::Fee),
        cost: factor(Role::Cost),
    }
}

impl<'a> Links<'a> {
    fn all(&self) -> Vec<Link<'a>> {
        let parts = [
            &self.reach,
            &self.active,
            &self.payers,
            &self.size,
            &self.trust,
            &self.renewal,
            &self.price,
            &self.times,
            &self.fee,
            &self.cost,
        ];
        parts.into_iter().flatten().cloned().collect()
    }

    /// What is taken away.
    fn less(&self) -> Product {
        let ends = |link: &Option<Link<'_>>| link.as_ref().map_or((0, 0), Link::ends);
        Product::less(ends(&self.fee), ends(&self.cost))
    }

    /// Takings of twelve months.
    fn takings(&self, monthly: (i64, i64)) -> Product {
        Product { count: vec![(Part::Monthly, monthly)], times: (12_000, 12_000), ..self.less() }
    }

    /// Payers and what they pay; else what is missing.
    fn payments(&self, chain: &Chain) -> Result<Product, Vec<Missing>> {
        let is_share = self.payers.as_ref().is_some_and(|link| link.unit == Unit::Percent);
        let lacks = [
            (Missing::Reach, (is_share || chain.per_thousand) && self.reach.is_none()),
            (Missing::Payers, self.payers.is_none() || (is_share && self.active.is_none())),
            (Missing::Price, self.price.is_none()),
        ];
        let missing: Vec<Missing> = lacks.into_iter().filter(|(_, lacks)| *lacks).map(|(missing, _)| missing).collect();
        if !missing.is_empty() {
            return Err(missing);
        }
        let mut product = self.less();
        let counted: &[&Option<Link<'_>>] =
            if is_share { &[&self.reach, &self.active, &self.payers, &self.size, &self.trust] } else { &[&self.payers] };
        let counted: Vec<&Link<'_>> = counted.iter().copied().chain([&self.renewal]).flatten().collect();
        product.count = counted.iter().map(|link| (link.part, link.ends())).collect();
        let shares = counted.iter().filter(|link| link.unit == Unit::Percent).count();
        product.scale = (0..shares).fold(1, |scale, _| scale * i128::from(WHOLE));
        let reach = self.reach.as_ref().map(|link| link.low);
        let places = chain.places.map(|places| i128::from(places) * 1_000).filter(|_| !self.payers_are_told());
        product.cap = [places, reach.map(i128::from).filter(|_| is_share)].into_iter().flatten().min();
        product.price = self.price.as_ref().map_or(product.price, Link::ends);
        product.times = self.times.as_ref().map_or(product.times, Link::ends);
        product.thousand = chain.per_thousand.then(|| reach.unwrap_or(0) / 1_000);
        Ok(product)
    }

    fn payers_are_told(&self) -> bool {
        self.payers.as_ref().is_some_and(|link| matches!(link.origin, Origin::Yours))
    }

    fn payers_are_people(&self) -> bool {
        self.payers.as_ref().is_some_and(|link| link.unit == Unit::People)
    }
}
