//! From answers to a judgement.
//!
//! [`judge::judge`] takes the decisions in the order of the base. For each one it
//! scores the candidates ([`score`]), chooses ([`decide`]), and proves what
//! open answers could still change ([`bounds`]). What is made of the
//! [`judgement`] for a person is [`crate::advice`].

pub mod bounds;
pub mod chain;
pub mod compiled;
pub mod decide;
pub mod judge;
pub mod judgement;
pub mod kernel;
pub mod ready;
pub mod running;
pub mod score;
pub mod settling;
pub mod share;
pub mod stated;

pub use judgement::Judgement;
