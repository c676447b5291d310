//! A document as one file that needs no other: it opens from a disk, in a mail and in a frame.

use crate::render;
use pulldown_cmark_escape::escape_html;

/// The look: small, for screen and paper, light and dark.
const STYLE: &str = include_str!("page.css");

/// Writes Markdown as one HTML file. It holds no script and asks for nothing; its policy says so to the browser.
pub(super) fn page(text: &str) -> String {
    let rendered = render(text);
    let mut title = String::new();
    // Writing to a string cannot fail.
    let _ = escape_html(&mut title, rendered.title.as_deref().unwrap_or("Document"));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
        rendered.html
    )
}
