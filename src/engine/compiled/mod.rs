//! A knowledge base compiled for judging many profiles.
//!
//! Every answer is a row of points, one column per candidate, and points are
//! sums of rows (see [`sums`]). So is every choice that an earlier decision can
//! make. Conditions that read several of these are tested on bits (see
//! [`literals`] and [`steps`]) and then add a row as well. What open answers
//! could change is tabulated per fact (see [`proof`]). All of it gives what
//! [`crate::engine`] gives, to the point; the tests hold the two against each other.
//!
//! A [`plan`] is made once from a base (`compile`); [`marks`] are the answers
//! of one profile, [`judging`] turns them into a [`verdict`].

pub mod clashing;
mod compile;
pub mod judging;
mod layout;
pub mod literals;
pub mod marks;
pub mod needs;
pub mod plan;
pub mod proof;
mod prove;
mod rank;
mod ruled;
mod settling;
pub mod steps;
pub mod sums;
pub mod verdict;
pub mod verify;
