//! Parses every line of a file into a typed record and drops it: nothing is
//! judged, nothing is written.
use serde::Deserialize;
use std::borrow::Cow;
use std::io::Read;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

macro_rules! record {
    ($($one:ident)* ; $($many:ident)* ; $($number:ident)* ; $($flag:ident)*) => {
        #[derive(Deserialize)]
        #[allow(dead_code)]
        struct Record<'a> {
            #[serde(borrow)]
            id: Cow<'a, str>,
            #[serde(borrow)]
            name: Cow<'a, str>,
            $(#[serde(borrow)] $one: Option<&'a str>,)*
            $(#[serde(borrow)] $many: Option<Vec<&'a str>>,)*
            $($number: Option<f64>,)*
            $($flag: Option<bool>,)*
        }
    };
}

record!(
    membership governance funding venue cadence leadership exit_cost identity ownership decision_speed
    conflict scope onboarding visibility primary_tie lifecycle;
    activities channels benefits norms;
    members age_years posts_per_day;
    for_profit code_of_conduct
);

fn main() {
    let path = std::env::args().nth(1).expect("a file of JSON lines");
    let mut file = std::fs::File::open(path).expect("the file can be read");
    let (mut block, mut kept, mut rows) = (vec![0_u8; 512 << 10], 0, 0_u64);
    loop {
        let read = file.read(&mut block[kept..]).expect("the file can be read");
        let end = kept + read;
        let whole = if read == 0 { end } else { memchr::memrchr(b'\n', &block[..end]).map_or(0, |at| at + 1) };
        let mut from = 0;
        for at in memchr::memchr_iter(b'\n', &block[..whole]) {
            std::hint::black_box(&sonic_rs::from_slice::<Record>(&block[from..at]).expect("every line is a record"));
            from = at + 1;
            rows += 1;
        }
        block.copy_within(whole..end, 0);
        kept = end - whole;
        if read == 0 {
            break;
        }
    }
    eprintln!("{rows} rows");
}
