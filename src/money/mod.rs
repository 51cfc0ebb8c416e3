//! Money: what a stream brings in, by when, for how many hours.
//!
//! Never a number without its chain: a result is the product of the links that
//! [`link`] picks, each with its origin; [`product`] multiplies, [`likely`] says what
//! is likely of it; [`stream`] is one stream, [`together`] several, month by month.

pub mod likely;
pub mod link;
pub mod product;
pub mod stream;
pub mod together;
pub mod worth;
