//! A document as JSON: every text that any format prints, in one language, block by
//! block, so that anybody can render it without knowing the base.

use super::page::{Block, Document, Figure, Part, Section, Trait};
use serde_json::{Value, json};

/// The first screen and the parts.
#[must_use]
pub fn document(one: &Document) -> Value {
    json!({ "screen": blocks(&one.screen), "parts": one.parts.iter().map(part).collect::<Vec<_>>() })
}

fn part(one: &Part) -> Value {
    json!({ "id": one.id, "heading": one.heading, "sections": one.sections.iter().map(section).collect::<Vec<_>>() })
}

fn section(one: &Section) -> Value {
    json!({ "heading": one.heading, "blocks": blocks(&one.blocks) })
}

fn blocks(all: &[Block]) -> Value {
    Value::Array(all.iter().map(block).collect())
}

fn block(one: &Block) -> Value {
    match one {
        Block::Lead(text) => json!({ "kind": "lead", "text": text }),
        Block::Text(text) => json!({ "kind": "text", "text": text }),
        Block::Heading(text) => json!({ "kind": "heading", "text": text }),
        Block::Verbatim(text) => json!({ "kind": "verbatim", "text": text }),
        Block::Entry(label, text) => json!({ "kind": "entry", "label": label, "text": text }),
        Block::Alarm(label, text) => json!({ "kind": "alarm", "label": label, "text": text }),
        Block::Numbered(label, items) => {
            json!({ "kind": "numbered", "label": label, "items": items.iter().map(|pieces| pieces.concat()).collect::<Vec<_>>() })
        }
        Block::Points(points) => json!({ "kind": "points", "items": points }),
        Block::Sources(all) => {
            let source = |cited: &super::page::Cited| json!({ "id": cited.id, "title": cited.title, "url": cited.url, "copy-of": cited.copy_of });
            json!({ "kind": "sources", "items": all.iter().map(source).collect::<Vec<_>>() })
        }
        Block::Table(heads, rows) => json!({ "kind": "table", "heads": heads, "rows": rows }),
        Block::Traits(heads, traits) => {
            json!({ "kind": "table", "heads": heads, "rows": traits.iter().map(Trait::cells).collect::<Vec<_>>() })
        }
        Block::Figure(figure) => self::figure(figure),
    }
}

fn figure(one: &Figure) -> Value {
    json!({ "kind": "figure", "id": one.id, "title": one.title, "about": one.about, "heads": one.heads, "rows": one.rows })
}
