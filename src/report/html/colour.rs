//! Colours of a brand, and whether they can be told from paper and from each other.

use std::fmt;

/// The least contrast of text on paper (WCAG 2.2, 1.4.3), in tenths.
pub const CONTRAST: u32 = 45;
/// The least difference in lightness (CIE L*) of marks that lie beside each other.
pub const APART: u32 = 20;

/// A colour by its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// White, which paper is.
    pub const PAPER: Colour = Colour([255; 3]);

    /// A colour written `#rrggbb`.
    #[must_use]
    pub fn read(written: &str) -> Option<Colour> {
        let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Colour([part(0)?, part(2)?, part(4)?]))
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast of two colours in tenths, rounded down: 10 to 210.
    #[must_use]
    pub fn contrast(self, other: Colour) -> u32 {
        let (one, other) = (self.luminance(), other.luminance());
        whole((one.max(other) + 0.05) / (one.min(other) + 0.05) * 10.0)
    }

    /// How far two colours lie apart in lightness (CIE L*), 0 to 100.
    #[must_use]
    pub fn apart(self, other: Colour) -> u32 {
        let lightness = |colour: Colour| {
            let y = colour.luminance();
            if y > 0.008_856 { 116.0 * libm::cbrt(y) - 16.0 } else { 903.3 * y }
        };
        whole((lightness(self) - lightness(other)).abs())
    }
}

/// A number that is not negative, without what stands after its point.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 210")]
fn whole(number: f64) -> u32 {
    (number + 1e-9) as u32
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_read() {
        use qun::report::html::colour::Colour;
        assert_eq!(Colour::read("#1D4D7a").unwrap().to_string(), "#1d4d7a");
        assert!(Colour::read("red").is_none() && Colour::read("#12345").is_none() && Colour::read("#1234é").is_none());
    }

    #[test]
    fn example_of_contrast() {
        use qun::report::html::colour::Colour;
        assert_eq!(Colour::read("#000000").unwrap().contrast(Colour::PAPER), 210);
        assert_eq!(Colour::read("#ffcc00").unwrap().contrast(Colour::PAPER), 15);
    }
}
