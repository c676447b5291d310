//! Markdown as HTML: nothing in it runs.

use markdown::Format;

/// Schemes to which links may lead.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Renders and exports a text.
pub(crate) fn markdown(text: &str) {
    inert(&markdown::render(text).html);
    for (_, format) in Format::ALL {
        let exported = markdown::export(text, format);
        if matches!(format, Format::Html) {
            // The page's own head is ours.
            inert(exported.split_once("<body").map_or("", |(_, body)| body));
        }
    }
}

/// No tag that runs or loads something, no attribute that is code, and no address of another scheme.
fn inert(html: &str) {
    for tag in html.split('<').skip(1).filter_map(|tag| tag.split_once('>').map(|(tag, _)| tag)) {
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        let bad =
            ["script", "style", "iframe", "object", "embed", "form", "base", "meta", "link", "svg", "math"];
        assert!(!bad.contains(&name.to_ascii_lowercase().as_str()), "<{tag}>");
        for part in tag.split('"').step_by(2) {
            let attribute = part.trim().trim_end_matches('=').to_ascii_lowercase();
            let code = attribute.split_whitespace().any(|word| word.starts_with("on") || word == "style");
            assert!(!code || attribute.starts_with(&name), "<{tag}>");
        }
        for key in ["href=\"", "src=\""] {
            let Some((_, address)) = tag.split_once(key) else { continue };
            let address = address.split('"').next().unwrap_or_default();
            let scheme = address.split([':', '/', '?', '#']).next().unwrap_or_default();
            if address[scheme.len()..].starts_with(':') {
                assert!(SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()), "<{tag}>");
            }
        }
    }
}
