//! How a run ends: the same way every time, whatever the threads do, within
//! bounds of memory, and without harm to any file.

use super::{Taken, input, toy};
use crate::thorough::thorough;
use qun::batch::Batch;
use qun::batch::complete::Reject;
use qun::batch::options::Options;
use qun::batch::run::{End, Failure, Sink, run};
use qun::batch::source::{Feed, Form, Input};
use std::io::{self, Read};

const GOOD: &str = "{\"id\":\"a\",\"pet\":\"cat\"}\n";

/// An input that cannot be read beyond its first bytes.
struct Failing(io::Cursor<Vec<u8>>);

impl Read for Failing {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.0.read(into)? {
            0 => Err(io::Error::other("torn off")),
            count => Ok(count),
        }
    }
}

#[test]
fn an_input_that_cannot_be_read_is_never_taken_for_its_end() {
    let kb = toy();
    for round in 0..300 {
        let batch = Batch::new(&kb, Options { jobs: 2 + round % 4, block: 64, verify: false, ..Options::default() });
        let torn = Input { reader: Box::new(Failing(io::Cursor::new(Vec::new()))), ..input(b"", Some(Form::Lines)) };
        let good = || input(GOOD.repeat(20).as_bytes(), Some(Form::Lines));
        let mut sink = Taken::default();
        let (tally, end) = run(&batch, Feed::new(vec![good(), torn, good()], 64), &mut sink, &false.into());
        assert!(matches!(end, Err(Failure::Read(1, _))), "round {round}: {end:?}");
        assert_eq!((tally.judged, sink.text.lines().count()), (20, 20), "round {round}");
    }
}

#[test]
fn the_last_bad_row_allowed_ends_the_output_for_any_number_of_jobs() {
    let kb = toy();
    let text: String = (0..2_000).map(|at| if at % 40 == 39 { "{\"pet\":\"cow\"}\n" } else { GOOD }).collect();
    let found = |jobs, block| {
        let options = Options { max_errors: Some(10), jobs, block, verify: false, ..Options::default() };
        let (taken, tally, end) = super::taken(&Batch::new(&kb, options), text.as_bytes(), Some(Form::Lines));
        assert_eq!(end, End::TooManyErrors);
        (taken.text, tally)
    };
    let wanted = found(1, 1 << 20);
    assert_eq!(wanted.0.lines().count(), 390);
    for jobs in 1..4 {
        for block in [64, 900, 920, 940, 960, 1_000, 4_096, 20_000].into_iter().skip(thorough(0, jobs)).step_by(thorough(1, 3)) {
            assert_eq!(found(jobs, block), wanted, "{jobs} jobs, blocks of {block}");
        }
    }
}

/// The most that is handed on at once.
#[derive(Default)]
struct Most {
    bytes: usize,
    rejects: usize,
    rows: u64,
}

impl Sink for Most {
    fn take(&mut self, lines: &[u8], rejects: &[Reject], rows: u64, _: u64) -> io::Result<()> {
        (self.bytes, self.rejects) = (self.bytes.max(lines.len()), self.rejects.max(rejects.len()));
        self.rows += rows;
        Ok(())
    }
}

#[test]
fn what_comes_of_a_block_is_handed_on_in_pieces() {
    let kb = toy();
    for jobs in [1, 3] {
        let batch = Batch::new(&kb, Options { jobs, verify: false, ..Options::default() })
            .whole(|_, _, _, text| text.push_str(&"x".repeat(100_000)));
        let mut most = Most::default();
        let rows = "{}\n".repeat(3_000) + &"{\n".repeat(3_000);
        let (_, end) = run(&batch, Feed::new(vec![input(rows.as_bytes(), Some(Form::Lines))], 1 << 20), &mut most, &false.into());
        assert_eq!((end.expect("it can be read"), most.rows), (End::All, 6_000));
        assert!(most.bytes < 1_200_000 && most.rejects <= 1_000, "{} bytes, {} bad rows", most.bytes, most.rejects);
    }
}
