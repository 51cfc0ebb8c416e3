//! A consultant's own: a name, a logo, two colours, notes, and parts left out.
//!
//! Nothing in it can change what the advice says, and the receipt holds all of it,
//! so that a branded report can be verified like any other.

use super::colour::{APART, CONTRAST, Colour};
use super::inert;
use crate::text::{Lang, Text};
use data_encoding::BASE64;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use toml::{Table, Value};

/// The most bytes of a logo.
pub const LARGEST_LOGO: usize = 48 * 1024;
/// The most characters of a note or a name.
pub const LONGEST_TEXT: usize = 2_000;
/// The part that no report is without.
const ALWAYS: &str = "receipt";

/// A brand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brand {
    /// Who hands the report out.
    pub name: Option<String>,
    /// The colour of headings and of what matters most, and the pale one beside it.
    pub colours: Option<(Colour, Colour)>,
    /// What the consultant says about parts, by their ids.
    pub notes: BTreeMap<String, Text>,
    /// The ids of the parts that are left out.
    pub leave_out: Vec<String>,
    /// The logo.
    pub logo: Option<Logo>,
}

/// A picture that is part of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// The picture as an address that holds it.
    pub uri: String,
    /// The SHA-256 of that address, in hex digits.
    pub hash: String,
}

/// Why a brand is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::missing_docs_in_private_items, reason = "each variant says what its fields are")]
pub enum Refused {
    /// The file is no TOML: the reason.
    Syntax { reason: String },
    /// A key that there is none of.
    Key { key: String },
    /// A value of another kind than its key takes, or one too long.
    Value { key: String },
    /// No colour written `#rrggbb`.
    Colour { key: String },
    /// A colour that cannot be read on paper: its contrast, in tenths.
    Contrast { colour: String, contrast: u32 },
    /// Colours that cannot be told from each other, or from paper: their difference in lightness.
    Apart { colour: String, other: String, apart: u32 },
    /// No part has this id, or the part must stay.
    Part { id: String },
    /// The logo cannot be read: the reason.
    LogoFile { path: String, reason: String },
    /// The logo is too large: its bytes.
    LogoSize { bytes: usize },
    /// The logo is no PNG, JPEG, WebP or SVG.
    LogoType,
    /// The logo is an SVG that is not inert: the line, and what is there.
    LogoInert { line: usize, what: &'static str },
}

impl Brand {
    /// Reads a brand; `parts` are the ids of all parts, and `file` reads a file beside it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn read(text: &str, parts: &[String], file: impl Fn(&str) -> std::io::Result<Vec<u8>>) -> Result<Brand, Vec<Refused>> {
        let table: Table = match text.parse() {
            Ok(table) => table,
            Err(error) => {
                let error: toml::de::Error = error;
                return Err(vec![Refused::Syntax { reason: error.message().to_owned() }]);
            }
        };
        let mut reader = Reader { parts, refused: Vec::new() };
        let mut brand = Brand::default();
        let mut colours: [Option<Colour>; 2] = [None, None];
        for (key, value) in &table {
            match key.as_str() {
                "name" => brand.name = reader.text(key, value),
                "accent" => colours[0] = reader.colour(key, value),
                "pale" => colours[1] = reader.colour(key, value),
                "logo" => {
                    if let Some(path) = reader.text(key, value) {
                        brand.logo = reader.logo(&path, file(&path));
                    }
                }
                "leave-out" => brand.leave_out = reader.leave_out(value),
                "notes" => brand.notes = reader.notes(value),
                _ => reader.refused.push(Refused::Key { key: key.clone() }),
            }
        }
        brand.colours = reader.pair(colours, table.contains_key("accent") != table.contains_key("pale"));
        if reader.refused.is_empty() { Ok(brand) } else { Err(reader.refused) }
    }

    /// The brand as TOML, its logo by its hash; a table without its head.
    #[must_use]
    pub fn toml(&self, quoted: impl Fn(&str) -> String) -> String {
        let mut out = String::new();
        let mut put = |key: &str, text: &str| {
            let _ = writeln!(out, "{key} = {text}");
        };
        if let Some(name) = &self.name {
            put("name", &quoted(name));
        }
        if let Some((accent, pale)) = self.colours {
            put("accent", &quoted(&accent.to_string()));
            put("pale", &quoted(&pale.to_string()));
        }
        if let Some(logo) = &self.logo {
            put("logo-hash", &quoted(&logo.hash));
        }
        if !self.leave_out.is_empty() {
            let ids: Vec<String> = self.leave_out.iter().map(|id| quoted(id)).collect();
            put("leave-out", &format!("[{}]", ids.join(", ")));
        }
        for (id, note) in &self.notes {
            put(&format!("notes.{}", quoted(id)), &format!("{{ zh = {}, en = {} }}", quoted(&note.zh), quoted(&note.en)));
        }
        out
    }

    /// Reads what [`Brand::toml`] writes; the logo is the one of the report if it has the hash stated.
    #[must_use]
    pub fn of_receipt(table: &Table, logo_of_report: Option<&str>) -> Option<Brand> {
        let text = |key: &str| table.get(key).and_then(Value::as_str);
        let colour = |key: &str| text(key).and_then(Colour::read);
        let note = |(id, note): (&String, &Value)| {
            let of = |lang: Lang| note.get(lang.id()).and_then(Value::as_str).map(str::to_owned);
            Some((id.clone(), Text { zh: of(Lang::Zh)?, en: of(Lang::En)? }))
        };
        let logo = match text("logo-hash") {
            Some(hash) => Some(logo_of_report.map(Logo::of).filter(|logo| logo.hash == hash)?),
            None => None,
        };
        Some(Brand {
            name: text("name").map(str::to_owned),
            colours: colour("accent").zip(colour("pale")),
            notes: table
                .get("notes")
                .and_then(Value::as_table)
                .map(|all| all.iter().filter_map(note).collect())
                .unwrap_or_default(),
            leave_out: strings(table.get("leave-out")).unwrap_or_default(),
            logo,
        })
    }

    /// What a style ends with, so that light screens and paper have its colours; dark
    /// screens keep their own, which are made for them.
    #[must_use]
    pub fn css(&self) -> String {
        let Some((accent, pale)) = self.colours else { return String::new() };
        format!("@media print,screen and (prefers-color-scheme:light){{:root{{--accent:{accent};--pale:{pale}}}}}\n")
    }
}

impl Logo {
    fn of(uri: &str) -> Logo {
        let digest = Sha256::digest(uri.as_bytes());
        let hash = digest.iter().fold(String::new(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        });
        Logo { uri: uri.to_owned(), hash }
    }

    /// A picture as an address that holds it.
    fn read(bytes: &[u8]) -> Result<Logo, Refused> {
        if bytes.len() > LARGEST_LOGO {
            return Err(Refused::LogoSize { bytes: bytes.len() });
        }
        let kind = match bytes {
            [0x89, b'P', b'N', b'G', ..] => "png",
            [0xff, 0xd8, 0xff, ..] => "jpeg",
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "webp",
            other => {
                let text = std::str::from_utf8(other).map_err(|_| Refused::LogoType)?;
                let start = text.trim_start_matches('\u{FEFF}').trim_start();
                let is_svg = start.starts_with("<svg") || (start.starts_with("<?xml") && start.contains("<svg"));
                if !is_svg {
                    return Err(Refused::LogoType);
                }
                // A style of its own is no harm in a picture; it runs nothing.
                let fault = inert::faults(text).into_iter().find(|fault| fault.what != inert::What::Style);
                if let Some(fault) = fault {
                    return Err(Refused::LogoInert { line: fault.line, what: fault.what.id() });
                }
                "svg+xml"
            }
        };
        Ok(Logo::of(&format!("data:image/{kind};base64,{}", BASE64.encode(bytes))))
    }
}

struct Reader<'a> {
    parts: &'a [String],
    refused: Vec<Refused>,
}

impl Reader<'_> {
    fn text(&mut self, key: &str, value: &Value) -> Option<String> {
        let text = value.as_str().filter(|text| !text.trim().is_empty() && text.chars().count() <= LONGEST_TEXT);
        if text.is_none() {
            self.refused.push(Refused::Value { key: key.to_owned() });
        }
        text.map(str::to_owned)
    }

    fn colour(&mut self, key: &str, value: &Value) -> Option<Colour> {
        let colour = value.as_str().and_then(Colour::read);
        if colour.is_none() {
            self.refused.push(Refused::Colour { key: key.to_owned() });
        }
        colour
    }

    /// Both colours, if they can be told from paper and from each other.
    fn pair(&mut self, colours: [Option<Colour>; 2], is_alone: bool) -> Option<(Colour, Colour)> {
        if is_alone {
            let key = if colours[0].is_some() { "pale" } else { "accent" };
            self.refused.push(Refused::Colour { key: key.to_owned() });
        }
        let (accent, pale) = colours[0].zip(colours[1])?;
        let contrast = accent.contrast(Colour::PAPER);
        if contrast < CONTRAST {
            self.refused.push(Refused::Contrast { colour: accent.to_string(), contrast });
        }
        for (colour, other) in [(accent, pale), (pale, Colour::PAPER)] {
            let apart = colour.apart(other);
            if apart < APART {
                self.refused.push(Refused::Apart { colour: colour.to_string(), other: other.to_string(), apart });
            }
        }
        Some((accent, pale))
    }

    fn logo(&mut self, path: &str, bytes: std::io::Result<Vec<u8>>) -> Option<Logo> {
        let read = bytes.map_err(|error| Refused::LogoFile { path: path.to_owned(), reason: error.to_string() });
        match read.and_then(|bytes| Logo::read(&bytes)) {
            Ok(logo) => Some(logo),
            Err(refused) => {
                self.refused.push(refused);
                None
            }
        }
    }

    fn is_part(&mut self, id: &str) -> bool {
        let is_part = self.parts.iter().any(|part| part == id);
        if !is_part {
            self.refused.push(Refused::Part { id: id.to_owned() });
        }
        is_part
    }

    fn leave_out(&mut self, value: &Value) -> Vec<String> {
        let Some(ids) = strings(Some(value)) else {
            self.refused.push(Refused::Value { key: "leave-out".to_owned() });
            return Vec::new();
        };
        for id in &ids {
            if id == ALWAYS {
                self.refused.push(Refused::Part { id: id.clone() });
            } else {
                self.is_part(id);
            }
        }
        ids
    }

    fn notes(&mut self, value: &Value) -> BTreeMap<String, Text> {
        let Some(table) = value.as_table() else {
            self.refused.push(Refused::Value { key: "notes".to_owned() });
            return BTreeMap::new();
        };
        let mut notes = BTreeMap::new();
        for (id, note) in table {
            let key = format!("notes.{id}");
            let text = match note {
                Value::Table(both) => {
                    let of = |lang: Lang| both.get(lang.id()).cloned().unwrap_or(Value::Boolean(false));
                    self.text(&key, &of(Lang::Zh)).zip(self.text(&key, &of(Lang::En))).map(|(zh, en)| Text { zh, en })
                }
                one => self.text(&key, one).map(|text| Text { zh: text.clone(), en: text }),
            };
            if let (true, Some(text)) = (self.is_part(id), text) {
                notes.insert(id.clone(), text);
            }
        }
        notes
    }
}

/// A list of strings.
fn strings(value: Option<&Value>) -> Option<Vec<String>> {
    value?.as_array()?.iter().map(|one| one.as_str().map(str::to_owned)).collect()
}
