//! Which addresses a link may lead to.

/// The schemes of links that may be followed.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Where an allowed link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// To a place in the same document.
    Fragment,
    /// To a file next to the document.
    Relative,
    /// To another site, or to a mail program.
    External,
}

/// Tells where a link leads, or `None` for an address that must not become a link.
pub(crate) fn classify(url: &str) -> Option<Target> {
    // Browsers drop tabs and line breaks inside an address and control characters around it, which would let
    // `java&#9;script:` through; a backslash counts as a slash there.
    if url.chars().any(char::is_control) || url.contains('\\') {
        return None;
    }
    let url = url.trim();
    if url.starts_with('#') {
        return Some(Target::Fragment);
    }
    // `//host/` inherits the scheme of the page and leads elsewhere while it looks relative.
    if url.starts_with("//") {
        return None;
    }
    let path_start = url.find(['/', '?', '#']).unwrap_or(url.len());
    match url[..path_start].split_once(':') {
        None => Some(Target::Relative),
        Some((scheme, _)) if SCHEMES.iter().any(|allowed| allowed.eq_ignore_ascii_case(scheme)) => {
            Some(Target::External)
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_schemes_pass() {
        let cases = [
            ("https://example.org/a?b=c#d", Some(Target::External)),
            ("HTTP://EXAMPLE.ORG", Some(Target::External)),
            ("mailto:a@example.org", Some(Target::External)),
            ("#top", Some(Target::Fragment)),
            ("guide.md#part", Some(Target::Relative)),
            ("../a/b.html", Some(Target::Relative)),
            ("/a:b", Some(Target::Relative)),
            ("?q=a:b", Some(Target::Relative)),
            ("", Some(Target::Relative)),
            ("javascript:alert(1)", None),
            ("JaVaScRiPt:alert(1)", None),
            (" javascript:alert(1)", None),
            ("java\tscript:alert(1)", None),
            ("java\nscript:alert(1)", None),
            ("\u{1}javascript:alert(1)", None),
            ("data:text/html,<script>alert(1)</script>", None),
            ("vbscript:x", None),
            ("file:///etc/passwd", None),
            ("blob:https://example.org/x", None),
            ("//evil.example", None),
            ("/\\evil.example", None),
            ("\\\\evil.example", None),
            ("a b:c", None),
        ];
        for (url, expected) in cases {
            assert_eq!(classify(url), expected, "{url:?}");
        }
    }
}
