//! Markdown in, HTML out that is safe to put into a page whatever the Markdown holds.
//!
//! Used for the reference guides when the site is built and for designs in the browser, so it is pure and gives the
//! same bytes everywhere. What it promises about the HTML:
//!
//! * Raw HTML of the source appears as text; every tag in the output was written by this crate. Two forms are understood
//!   and written anew: a folded part (`<details>` with a plain `<summary>`) and a place (`<a id="…"></a>`).
//! * Links lead to `http`, `https`, `mailto`, a relative address or a place in the document; any other link is
//!   reduced to its text.
//! * Nothing is fetched when the HTML is shown, unless the caller asks for images, and then only relative ones.
//! * No `style` and no event attributes, so that the strictest content security policy does not break it.

mod export;
mod fold;
mod footnotes;
mod html;
mod links;
mod slug;

pub use export::{Format, export};
pub use slug::Slugger;

use pulldown_cmark::{Parser, html::push_html};

/// HTML made from Markdown, with what a page around it needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// All headings in reading order.
    pub headings: Vec<Heading>,
    /// The text of the first heading of level 1.
    pub title: Option<String>,
    /// Where the links lead, as the source writes it, in reading order and with refused ones left out.
    pub links: Vec<String>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The anchor, unique in the document.
    pub id: String,
    /// The heading without markup.
    pub text: String,
}

/// How to render.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Put before each id and each link to a place in the document, so that several documents fit on one page.
    pub id_prefix: &'a str,
    /// Whether relative images are shown. Otherwise, and for images from elsewhere, a link stands in their place.
    pub images: bool,
    /// Changes the target of a link. The result must pass the same check as a target in the source.
    pub rewrite_link: Option<&'a dyn Fn(&str) -> String>,
    /// Cuts the code of a language into pieces, each with the class that its colour has in the style sheet; an empty
    /// class leaves a piece plain, and nothing at all the whole code.
    pub highlight: Option<&'a Highlight>,
}

/// A colourer of code: the language and the code in, the classes and pieces out.
pub type Highlight = dyn Fn(&str, &str) -> Option<Vec<(&'static str, String)>>;

/// Renders with the default options.
pub fn render(text: &str) -> Rendered {
    render_with(text, &Options::default())
}

/// Renders a document.
pub fn render_with(text: &str, options: &Options) -> Rendered {
    let mut rendered = Rendered::default();
    let events =
        html::Transformer::new(options, &mut rendered).run(Parser::new_ext(text, html::extensions()));
    // Tags add about a third to typical documents.
    rendered.html.reserve(text.len() + text.len() / 2);
    push_html(&mut rendered.html, events.into_iter());
    rendered
}
