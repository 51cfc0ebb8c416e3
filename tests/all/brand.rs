//! A consultant's brand and template: what is refused with which figure, what a page
//! becomes, and that nothing in it runs.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::support::toy;
use qun::advice::advise;
use qun::diagnostic::Files;
use qun::kb::KnowledgeBase;
use qun::profile::{self, Profile};
use qun::report::html::brand::{Brand, LARGEST_LOGO, Refused};
use qun::report::html::inert::{What, faults};
use qun::report::page::{Document, Extent};
use qun::report::receipt::Receipt;
use qun::report::template_html::{self, Broken};
use qun::report::verify::{Found, verify};
use qun::report::{advice, html, json};
use qun::text::Lang;
use std::io;

const PIXEL: &[u8] = &[0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0];
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path fill=\"#123\" d=\"M0 0h9v9z\"/></svg>";

fn dog(kb: &KnowledgeBase) -> Profile {
    profile::read(
        &kb.facts,
        "dog.toml",
        b"name = \"Rex\"\npet = \"dog\"\nwalks = true\ndoes-now = [\"grooming\"]",
        &mut Files::default(),
    )
    .unwrap()
}

fn read(text: &str, logo: &[u8]) -> Result<Brand, Vec<Refused>> {
    Brand::read(text, &advice::parts(&toy()), |path| {
        if path == "logo" { Ok(logo.to_owned()) } else { Err(io::Error::new(io::ErrorKind::NotFound, "not there")) }
    })
}

/// The receipt, the documents and the page of a brand.
fn page(brand: Option<Brand>) -> (Receipt, Vec<(Lang, Document)>, String) {
    let kb = toy();
    let profile = dog(&kb);
    let given = advise(&kb, &profile.answers);
    let receipt = Receipt { brand, ..Receipt::new(&kb, &profile, &Lang::BOTH, Extent::Usual) };
    let documents: Vec<_> =
        Lang::BOTH.iter().map(|lang| (*lang, advice::document(&kb, &profile.answers, &given, &receipt, *lang))).collect();
    let page = html::render(&receipt, &documents);
    (receipt, documents, page)
}

const WHOLE: &str = "name = \"A & <B>\"\nlogo = \"logo\"\naccent = \"#7a1d4d\"\npale = \"#dea9c4\"\nleave-out = [\"nearest\"]\n\n\
                     [notes]\nkind = \"Seen <b>twice</b>\"\nlaw = { zh = \"问过\", en = \"Asked\" }\n";

#[test]
fn a_brand_shows_everywhere_it_should_and_is_verified() {
    for logo in [PIXEL, SVG.as_bytes()] {
        let (_, _, page) = page(Some(read(WHOLE, logo).unwrap()));
        assert!(page.contains("<strong>A &amp; &lt;B&gt;</strong>") && page.contains("<img src=\"data:image/"), "{page}");
        assert!(page.contains("--accent:#7a1d4d;--pale:#dea9c4"), "the colours");
        assert!(page.contains("Seen &lt;b&gt;twice&lt;/b&gt;"), "the remark");
        assert!(!page.contains("id=\"nearest\"") && !page.contains("href=\"#nearest\""), "what is left out");
        assert_eq!(faults(&page), [], "it is inert");
        assert_eq!(verify(&toy(), &page), Found::Equal);
        let other = page.replacen("base64,", "base64,AAAA", 1);
        assert_eq!(verify(&toy(), &other), Found::Logo);
        let edited = page.replace("Seen &lt;b&gt;twice", "Seen &lt;b&gt;once");
        assert!(!matches!(verify(&toy(), &edited), Found::NoReceipt));
    }
}

#[test]
fn colours_that_cannot_be_told_apart_are_refused_with_the_figure() {
    let refused = |text: &str| read(text, PIXEL).unwrap_err();
    assert_eq!(
        refused("accent = \"#ffcc00\"\npale = \"#222222\"")[0],
        Refused::Contrast { colour: "#ffcc00".to_owned(), contrast: 15 }
    );
    let close = refused("accent = \"#1d4d7a\"\npale = \"#2d5d8a\"");
    assert!(matches!(&close[0], Refused::Apart { apart: 0..20, .. }), "{close:?}");
    let faint = refused("accent = \"#1d4d7a\"\npale = \"#f4f4f4\"");
    assert!(matches!(&faint[0], Refused::Apart { other, apart: 0..20, .. } if other == "#ffffff"), "{faint:?}");
    assert_eq!(refused("accent = \"#1d4d7a\""), [Refused::Colour { key: "pale".to_owned() }]);
    assert_eq!(refused("accent = \"red\"\npale = \"#a9c4de\"")[0], Refused::Colour { key: "accent".to_owned() });
}

#[test]
fn everything_wrong_with_a_brand_is_said_at_once() {
    let found =
        read("nmae = \"x\"\nname = 5\nleave-out = [\"receipt\", \"weather\"]\nlogo = \"none\"\n[notes]\nwind = \"x\"", PIXEL)
            .unwrap_err();
    let part = |id: &str| Refused::Part { id: id.to_owned() };
    for wanted in [
        Refused::Key { key: "nmae".to_owned() },
        Refused::Value { key: "name".to_owned() },
        part("receipt"),
        part("weather"),
        part("wind"),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} in {found:?}");
    }
    assert!(found.iter().any(|one| matches!(one, Refused::LogoFile { .. })));
    assert!(matches!(read("name = ", PIXEL).unwrap_err()[..], [Refused::Syntax { .. }]));
}

#[test]
fn logos_with_anything_that_runs_or_reaches_out_are_refused() {
    let logo = |bytes: &[u8]| read("logo = \"logo\"", bytes).unwrap_err().remove(0);
    let inert = |svg: &str| matches!(logo(svg.as_bytes()), Refused::LogoInert { .. });
    for bad in [
        "<svg><script>alert(1)</script></svg>",
        "<svg onload=\"alert(1)\"></svg>",
        "<svg><image href=\"https://example.org/x.png\"/></svg>",
        "<svg><style>@import 'https://example.org/x.css'</style></svg>",
        "<svg><rect fill=\"url(https://example.org)\"/></svg>",
        "<svg><a href=\"javascript:alert(1)\"><text>x</text></a></svg>",
        "<svg><foreignObject><p>x</p></foreignObject></svg>",
        "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg>&x;</svg>",
        "<svg/onload=alert(1)>",
        "<svg><set attributeName=\"href\" to=\"javascript:alert(1)\"/></svg>",
    ] {
        assert!(inert(bad), "{bad}");
    }
    assert_eq!(logo(b"GIF89a"), Refused::LogoType);
    assert_eq!(logo(b"<html><svg></svg></html>"), Refused::LogoType);
    assert_eq!(logo(&[0xff; 9]), Refused::LogoType);
    assert_eq!(logo(&vec![0x89; LARGEST_LOGO + 1]), Refused::LogoSize { bytes: LARGEST_LOGO + 1 });
}

#[test]
fn what_is_not_inert_is_named_with_its_line() {
    for (markup, line, what) in [
        ("<p>\n\n<SCRIPT src=x>", 3, What::Element),
        ("<p\nonclick = 'x'>", 1, What::Event),
        ("<p title=\">\" style='color:red'>", 1, What::Style),
        ("<a href=\"jAvascript&colon;alert(1)\">", 1, What::Event),
        ("\n<link rel=stylesheet href=x.css>", 2, What::Element),
        ("<div style = x>", 1, What::Style),
        ("<meta http-equiv=\"refresh\" content=\"0\">", 1, What::Element),
        ("<style>\n a{background:URL(x)}</style>", 2, What::Outside),
    ] {
        let found = faults(markup);
        assert!(found.iter().any(|fault| (fault.line, fault.what) == (line, what)), "{markup}: {found:?}");
    }
    for harmless in [
        "<p>1 < 2 and on=3</p>",
        "<a href='https://example.org/?a=b'>x</a>",
        "<img src=\"data:image/png;base64,AA\" alt=''>",
        "<!DOCTYPE html><!-- x -->",
    ] {
        assert_eq!(faults(harmless), [], "{harmless}");
    }
}

fn templated(template: &str) -> Result<(String, Vec<html::inert::Fault>), Broken> {
    let kb = toy();
    let profile = Profile { name: Some("<b>Rex</b>".to_owned()), ..dog(&kb) };
    let given = advise(&kb, &profile.answers);
    let (_, documents, _) = page(None);
    let receipt = Receipt::new(&kb, &profile, &Lang::BOTH, Extent::Usual);
    template_html::render(template, &json::report(&kb, &profile, &given, &receipt), &receipt, &documents)
}

#[test]
fn a_template_gets_everything_and_escapes_by_default() {
    let (page, found) = templated(
        "{{ result.name }} {{ result.decisions.kind.chosen[0] }} {{ langs | join('+') }} {{ lang }} {{ charts['kind-ranking'] }}",
    )
    .unwrap();
    assert!(page.starts_with("&lt;b&gt;Rex&lt;&#x2f;b&gt; canine zh+en zh <svg "), "{page}");
    assert_eq!(found, []);
    let (page, found) = templated("<p>\n{{ result.name | safe }}<script>x</script>").unwrap();
    assert!(page.contains("<b>Rex</b>"));
    assert_eq!(found.iter().map(|one| (one.line, one.what)).collect::<Vec<_>>(), [(2, What::Element)]);
}

#[test]
fn a_template_that_asks_for_what_is_not_there_is_refused_with_its_line() {
    assert_eq!(templated("a\n{{ result.weather }}").unwrap_err().line, Some(2));
    assert_eq!(templated("a\n\n{% for x in %}").unwrap_err().line, Some(3));
    assert!(templated("{% include '/etc/passwd' %}").is_err());
    let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}";
    assert!(templated(endless).is_err(), "it ends");
}
