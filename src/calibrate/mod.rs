//! Calibration: the cases judge the engine.
//!
//! An [`exam`] judges every case and keeps what came out; its figures are
//! [`measure`]d from that alone. The same exam is taken again with answers left
//! out, answered falsely ([`falsify`]) or with all strengths alike ([`equal`]),
//! and the temperature is [`fit`]ted to it. What an all-keeping decision advises is
//! held against what cases really run ([`earning`]), and the figures against what the
//! manifest [`promises`].

pub mod cases;
pub mod deciding;
pub mod earning;
pub mod equal;
pub mod exam;
pub mod falsify;
pub mod fit;
pub mod measure;
pub mod money;
pub mod promises;

pub use exam::{Exam, Verdict};
