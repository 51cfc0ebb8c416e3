//! Verdicts as lines of JSON, put together from texts that were made once.
//!
//! Short texts are copied as arrays of a fixed size, which takes two or three
//! machine instructions; only the length by which the end moves on varies.

use super::options::Detail;
use crate::engine::compiled::plan::{Plan, Ruled};
use crate::engine::compiled::verdict::{Ruling, Verdict};
use crate::engine::kernel::{Readiness, order};
use crate::engine::ready::lists;
use crate::ids::{CandidateId, DecisionId, IndexVec};
use crate::kb::Keep;

/// How many bytes a short text has at most.
const SHORT: usize = 48;

/// A text that is copied whole if it is short.
#[derive(Debug, Clone)]
struct Piece {
    head: [u8; SHORT],
    len: usize,
    /// What does not fit the head.
    tail: Box<[u8]>,
}

impl Piece {
    fn new(text: &str) -> Piece {
        let bytes = text.as_bytes();
        let mut head = [0; SHORT];
        let fits = bytes.len().min(SHORT);
        head[..fits].copy_from_slice(&bytes[..fits]);
        Piece { head, len: bytes.len(), tail: bytes[fits..].into() }
    }
}

/// A buffer that lines are put into.
#[derive(Debug, Clone, Default)]
pub struct Out {
    bytes: Vec<u8>,
    len: usize,
    /// Per place in an order the next one of the same list, from 1; 0 behind the last.
    chain: Vec<usize>,
}

impl Out {
    /// What was put in.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// How much was put in.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Keeps the first `len` bytes only.
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Makes room for at least `more` bytes.
    #[inline]
    pub fn reserve(&mut self, more: usize) {
        if self.bytes.len() < self.len + more {
            self.bytes.resize((self.len + more).max(self.bytes.len() * 5 / 4), 0);
        }
    }

    /// Puts bytes in.
    #[inline]
    pub fn put(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.bytes[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
    }

    /// Puts an array in, of which only the first `len` bytes count; there is room.
    #[inline]
    fn fixed<const N: usize>(&mut self, bytes: &[u8; N], len: usize) {
        if let Some(room) = self.bytes.get_mut(self.len..).and_then(<[u8]>::first_chunk_mut::<N>) {
            *room = *bytes;
            self.len += len;
        }
    }

    #[inline]
    fn piece(&mut self, piece: &Piece) {
        if piece.len <= SHORT {
            self.fixed(&piece.head, piece.len);
        } else {
            self.long(piece);
        }
    }

    #[cold]
    fn long(&mut self, piece: &Piece) {
        self.put(&piece.head);
        self.put(&piece.tail);
        self.reserve(SHORT * 2);
    }

    /// Puts a piece, a number and a share in at once.
    #[inline]
    fn entry(&mut self, piece: &Piece, (number, len): ([u8; 16], u8), share: [u8; 8]) {
        const WHOLE: usize = SHORT + 16 + 16;
        let room = self.bytes.get_mut(self.len..).and_then(<[u8]>::first_chunk_mut::<WHOLE>);
        let Some(room) = room.filter(|_| piece.len <= SHORT) else {
            self.piece(piece);
            self.put(&number[..usize::from(len & 15)]);
            return self.put(&share);
        };
        let behind = piece.len + usize::from(len & 15);
        room[..SHORT].copy_from_slice(&piece.head);
        room[piece.len..piece.len + 16].copy_from_slice(&number);
        room[behind..behind + 8].copy_from_slice(&share);
        self.len += behind + 8;
    }

    /// Takes back the last byte if it is this one.
    #[inline]
    fn unless(&mut self, last: u8) {
        if self.len > 0 && self.bytes[self.len - 1] == last {
            self.len -= 1;
        }
    }

    /// Puts a number in.
    pub fn number(&mut self, number: u64) {
        let mut digits = [0_u8; 24];
        let mut at = 20;
        let mut left = number;
        loop {
            at -= 1;
            digits[at] = b'0' + u8::try_from(left % 10).unwrap_or_default();
            left /= 10;
            if left == 0 {
                break;
            }
        }
        self.put(&digits[at..20]);
    }
}

/// Everything that lines are put together from.
#[derive(Debug, Clone)]
pub struct Texts {
    detail: Detail,
    /// Behind the row number.
    base: Piece,
    decisions: Vec<DecisionTexts>,
    /// `12,"share":` from the least points on; `12}` for decisions without shares.
    least: i32,
    points: Vec<([u8; 16], u8)>,
    /// `0.5012},` by ten-thousandths.
    shares: Vec<[u8; 8]>,
    /// How many bytes a line may take besides the id.
    longest: usize,
}

#[derive(Debug, Clone)]
struct DecisionTexts {
    decision: DecisionId,
    keep: Keep,
    /// `,"type":{"chosen":[`
    opening: Piece,
    /// The lists of one that keeps all, with what stands before each but the
    /// first: `],"confirm":[`
    lists: Vec<(Readiness, Piece)>,
    /// `"brand",` by candidate.
    names: IndexVec<CandidateId, Piece>,
    /// `{"id":"brand","points":` by candidate.
    ranked: IndexVec<CandidateId, Piece>,
}

/// The most points, either way, whose text is kept.
const MOST: i32 = 2_000;

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl Texts {
    /// The texts of a plan.
    #[must_use]
    pub fn new(plan: &Plan<'_>, detail: Detail) -> Texts {
        let kb = plan.kb;
        let decision = |(number, ruled): (DecisionId, &Ruled)| {
            let one = &kb.decisions[number];
            let lists = if ruled.keep == Keep::All { lists(kb, number) } else { Vec::new() };
            let first = lists.first().map_or("chosen", |first| first.id());
            DecisionTexts {
                decision: number,
                keep: ruled.keep,
                opening: Piece::new(&format!(",{}:{{\"{first}\":[", quoted(&one.id))),
                lists: lists.into_iter().map(|list| (list, Piece::new(&format!("],\"{}\":[", list.id())))).collect(),
                names: one.candidates.iter().map(|one| Piece::new(&format!("{},", quoted(&one.id)))).collect(),
                ranked: one
                    .candidates
                    .iter()
                    .map(|one| Piece::new(&format!("{{\"id\":{},\"points\":", quoted(&one.id))))
                    .collect(),
            }
        };
        let printed = plan.decisions.pairs().filter(|(_, ruled)| ruled.printed);
        let decisions: Vec<DecisionTexts> = printed.map(decision).collect();
        let entries: usize = decisions.iter().flat_map(|one| &one.ranked).map(|piece| piece.len * 2 + SHORT).sum();
        let share = |share: u32| {
            let mut text = *b"0.0000},";
            let digits = format!("{}.{:04}", share / 10_000, share % 10_000);
            text[..6].copy_from_slice(digits.as_bytes());
            text
        };
        let points = |points: i32| {
            let text = format!("{points},\"share\":");
            let mut bytes = [0; 16];
            bytes[..text.len()].copy_from_slice(text.as_bytes());
            (bytes, u8::try_from(text.len()).unwrap_or_default())
        };
        let base = format!(",\"kb\":{{\"version\":{},\"hash\":{}}}", quoted(&kb.version), quoted(&kb.hash));
        Texts {
            detail,
            longest: entries + base.len() + decisions.len() * 200 + 400,
            base: Piece::new(&base),
            decisions,
            least: -MOST,
            points: (-MOST..=MOST).map(points).collect(),
            shares: (0..=10_000).map(share).collect(),
        }
    }

    /// Puts one verdict in as a line. The id is the inside of a JSON string.
    pub fn line(&self, out: &mut Out, id: Option<&[u8]>, row: u64, verdict: &Verdict) {
        out.reserve(self.longest + id.map_or(0, <[u8]>::len));
        match id {
            Some(id) => {
                out.fixed(b"{\"id\":\"\0", 7);
                out.put(id);
                out.fixed(b"\",\"row\":", 8);
            }
            None => out.put(b"{\"id\":null,\"row\":"),
        }
        out.number(row);
        out.piece(&self.base);
        for texts in &self.decisions {
            let Some(ruling) = verdict.rulings.get(texts.decision) else { continue };
            out.piece(&texts.opening);
            match texts.keep {
                Keep::Leaders => self.leaders(out, texts, ruling),
                Keep::All => self.all(out, texts, ruling),
            }
        }
        out.put(b"}\n");
    }

    fn leaders(&self, out: &mut Out, texts: &DecisionTexts, ruling: &Ruling) {
        ruling.chosen.iter().for_each(|one| out.piece(&texts.names[*one]));
        out.unless(b',');
        match ruling.margin {
            Some(margin) => {
                out.fixed(b"],\"margin\":\0\0\0\0\0", 11);
                out.number(u64::from(margin.unsigned_abs()));
            }
            None => out.put(b"],\"margin\":null"),
        }
        if ruling.settled {
            out.fixed(b",\"settled\":true\0", 15);
        } else {
            out.fixed(b",\"settled\":false", 16);
        }
        if self.detail != Detail::Brief {
            out.fixed(b",\"ranked\":[\0\0\0\0\0", 11);
            for (one, share) in ruling.order.iter().zip(&ruling.shares) {
                let (piece, share) = (&texts.ranked[*one], self.shares[*share as usize]);
                let points = ruling.points[*one];
                if let Some(number) = usize::try_from(points - self.least).ok().and_then(|at| self.points.get(at)) {
                    out.entry(piece, *number, share);
                } else {
                    out.piece(piece);
                    out.put(format!("{points},\"share\":").as_bytes());
                    out.put(&share);
                }
            }
            out.unless(b',');
            out.put(b"]");
        }
        out.put(b"}");
    }

    fn all(&self, out: &mut Out, texts: &DecisionTexts, ruling: &Ruling) {
        // One walk puts the candidates into their lists, each a chain from place to place.
        let mut firsts = [0; Readiness::ALL.len()];
        out.chain.resize(ruling.groups.len(), 0);
        for (at, (next, group)) in out.chain.iter_mut().zip(&ruling.groups).enumerate().rev() {
            *next = std::mem::replace(&mut firsts[*group as usize], at + 1);
        }
        for (at, (list, before)) in texts.lists.iter().enumerate() {
            if at > 0 {
                out.piece(before);
            }
            let mut place = firsts[*list as usize];
            while let Some(at) = usize::checked_sub(place, 1) {
                out.piece(&texts.names[ruling.order[at]]);
                place = out.chain[at];
            }
            out.unless(b',');
        }
        if self.detail != Detail::Brief {
            out.put(b"],\"ranked\":[");
            let mut put = |one: CandidateId| {
                out.piece(&texts.ranked[one]);
                out.put(format!("{}}},", ruling.points[one]).as_bytes());
            };
            let mut groups = IndexVec::filled(Readiness::Never, ruling.points.len());
            ruling.order.iter().zip(&ruling.groups).for_each(|(one, group)| groups[*one] = *group);
            order(&groups, &ruling.points).into_iter().for_each(&mut put);
            out.unless(b',');
        }
        out.put(b"]}");
    }
}
