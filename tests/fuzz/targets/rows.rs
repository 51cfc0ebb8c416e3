//! Any bytes as rows: the fast path must give what the complete reader gives.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| qun::fuzzed::rows(bytes));
