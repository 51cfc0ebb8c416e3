//! The style of a page, and the policy that allows it and nothing else.

use super::brand::Brand;
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

/// The style, as it stands between its tags.
#[must_use]
pub fn css(brand: Option<&Brand>) -> String {
    let own = brand.map_or_else(String::new, Brand::css);
    format!("{}{own}", include_str!("style.css"))
}

/// What a browser may do with the page: apply this style and show pictures that
/// are part of it.
#[must_use]
pub fn policy(css: &str) -> String {
    let hash = BASE64.encode(&Sha256::digest(css.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'")
}
