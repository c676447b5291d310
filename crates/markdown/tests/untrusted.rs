//! Hostile Markdown: nothing but text and the tags of the renderer comes out.

use markdown::{Options, render, render_with};
use std::collections::BTreeSet;

/// Every tag with its attributes that the renderer may write.
const ALLOWED: &[(&str, &[&str])] = &[
    ("a", &["href", "title", "rel", "class", "id", "aria-label"]),
    ("blockquote", &["class"]),
    ("br", &[]),
    ("code", &["class"]),
    ("del", &[]),
    ("details", &[]),
    ("div", &["class", "role", "aria-label", "tabindex"]),
    ("em", &[]),
    ("figure", &["class"]),
    ("h1", &["id"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("img", &["src", "alt", "title", "loading"]),
    ("input", &["type", "disabled", "checked", "aria-label"]),
    ("li", &["id"]),
    ("ol", &["start"]),
    ("p", &["class"]),
    ("pre", &["tabindex", "class"]),
    ("section", &["class", "aria-label"]),
    ("strong", &[]),
    ("summary", &[]),
    ("sup", &["class"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["class"]),
    ("th", &["scope", "class"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
];

/// Reads HTML as a browser's tokeniser does, as far as well-formed output goes, and refuses everything else.
fn assert_safe(html: &str, source: &str) {
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let closing = rest.starts_with('/');
        rest = rest.strip_prefix('/').unwrap_or(rest);
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric()).expect("an unfinished tag");
        let name = &rest[..name_end];
        let allowed = ALLOWED.iter().find(|(tag, _)| *tag == name);
        let (_, attributes) = allowed.unwrap_or_else(|| panic!("<{name}> from {source:?}: {html}"));
        rest = &rest[name_end..];
        loop {
            rest = rest.trim_start_matches([' ', '\n', '/']);
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            assert!(!closing, "attributes on </{name}> from {source:?}");
            let end = rest.find(['=', ' ', '>']).expect("an unfinished attribute");
            let attribute = &rest[..end];
            assert!(attributes.contains(&attribute), "{attribute} on <{name}> from {source:?}: {html}");
            rest = &rest[end..];
            if let Some(value) = rest.strip_prefix("=\"") {
                let end = value.find('"').expect("an unfinished value");
                check_value(name, attribute, &value[..end], source);
                rest = &value[end + 1..];
            }
        }
    }
}

fn check_value(tag: &str, attribute: &str, value: &str, source: &str) {
    assert!(!value.contains(['<', '\n']), "{attribute}={value:?} on <{tag}> from {source:?}");
    if matches!(attribute, "href" | "src") {
        let decoded = value.replace("&amp;", "&").to_ascii_lowercase();
        let scheme = decoded.split(['/', '?', '#']).next().unwrap_or_default().split_once(':');
        assert!(
            matches!(scheme, None | Some(("http" | "https" | "mailto", _))),
            "{attribute}={value:?} from {source:?}"
        );
        assert!(!decoded.starts_with("//"), "{attribute}={value:?} from {source:?}");
    }
}

const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "a <script>alert(1)</script> b",
    "<img src=x onerror=alert(1)>",
    "text <img src=x onerror=alert(1)> text",
    "<svg/onload=alert(1)>",
    "<!-- --><iframe src=javascript:alert(1)>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<!DOCTYPE html>",
    "<style>*{display:none}</style>",
    "<a href=\"https://e.org\" onclick=\"alert(1)\">x</a>",
    "<details open ontoggle=alert(1)>",
    "</article></main><form action=https://e.org>",
    "[a](javascript:alert(1))",
    "[a](JavaScript:alert(1))",
    "[a](<java\tscript:alert(1)>)",
    "[a](javascript&colon;alert(1))",
    "[a](&#x6A;avascript:alert(1))",
    "[a](java&#x0A;script:alert(1))",
    "[a](&#1;javascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:msgbox)",
    "[a](//e.org)",
    "[a](\\\\e.org)",
    "[a]( javascript:alert(1) )",
    "[a][r]\n\n[r]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![a](javascript:alert(1))",
    "![\"onerror=\"alert(1)](x)",
    "![a](x\"onerror=\"alert(1))",
    "![a](https://e.org/track.png)",
    "[a](https://e.org/\"onmouseover=\"alert(1))",
    "[a](https://e.org '\"onmouseover=\"alert(1)')",
    "[a](x \"\\\"><script>alert(1)</script>\")",
    "```\"><script>alert(1)</script>\nx\n```",
    "```a\"onload=\"alert(1)\nx\n```",
    "```mermaid\n</pre><script>alert(1)</script>\n```",
    "# <script>alert(1)</script>",
    "# \"><img src=x onerror=alert(1)>",
    "# [a](javascript:alert(1))",
    "|<script>|\n|-|\n|<img src=x onerror=alert(1)>|",
    "[^<script>]\n\n[^<script>]: </li><script>alert(1)</script>",
    "a[^\"x]\n\n[^\"x]: [b](javascript:alert(1))",
    "- [x] <script>alert(1)</script>",
    "> [!NOTE]\n> <script>alert(1)</script>",
    "`<script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u{0}<scr\u{0}ipt>",
    "<a href=javascript&#58;alert(1)>",
    "***<b>***",
];

#[test]
fn attacks_come_out_as_text() {
    for attack in ATTACKS {
        assert_safe(&render(attack).html, attack);
        let options = Options { images: true, id_prefix: "p-", ..Options::default() };
        assert_safe(&render_with(attack, &options).html, attack);
    }
}

#[test]
fn attacks_nested_in_every_construct_come_out_as_text() {
    for attack in ATTACKS {
        for (before, after) in
            [("> ", ""), ("- ", ""), ("**", "**"), ("## ", ""), ("[", "](x)"), ("|", "|\n|-|\n|x|")]
        {
            let source = format!("{before}{attack}{after}");
            assert_safe(&render(&source).html, &source);
        }
    }
}

#[test]
fn raw_html_is_shown() {
    assert_eq!(render("<b>x</b>").html, "<p>&lt;b&gt;x&lt;/b&gt;</p>\n");
    assert_eq!(render("<div>\n&amp; x\n</div>").html, "<p>&lt;div&gt;\n&amp;amp; x\n&lt;/div&gt;</p>\n");
}

#[test]
fn the_check_itself_sees_bad_html() {
    for bad in ["<script>", "<p onclick=\"x\">", "<a href=\"javascript:x\">", "<a href=\"//e.org\">"] {
        assert!(std::panic::catch_unwind(|| assert_safe(bad, "a test")).is_err(), "{bad}");
    }
}

/// Numbers that look random and are the same in every run.
struct Mixer(u64);

impl Mixer {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn mixed_pieces_never_panic_and_stay_safe() {
    let pieces = [
        "[",
        "](",
        ")",
        "![",
        "<",
        ">",
        "</",
        "script",
        "javascript:",
        "&#58;",
        "`",
        "```",
        "~~~\n",
        "|",
        "\n|-|-|\n",
        "*",
        "_",
        "~~",
        "#",
        " ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "- [x] ",
        "> ",
        "[!NOTE]\n",
        "[^a]",
        "[^a]: ",
        "\\",
        "\"",
        "'",
        "é",
        "日",
        "\u{0}",
        "\u{202e}",
        "\t",
        "    ",
        "https://e.org",
        "mermaid\n",
        "<!--",
        "-->",
        "onerror=",
    ];
    let mut mixer = Mixer(1);
    for _ in 0..20_000 {
        let source: String = (0..mixer.below(24)).map(|_| pieces[mixer.below(pieces.len())]).collect();
        assert_safe(&render(&source).html, &source);
    }
}

#[test]
fn ids_are_unique_and_every_inner_link_of_the_renderer_has_its_target() {
    let source = "# A\n# A\n# a-1\n# fn 1\nx[^1] y[^1] z[^b]\n\n[^1]: one[^b]\n[^b]: two\n[^c]: three";
    let html = render(source).html;
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    for target in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(unique.contains(target), "#{target} in {html}");
    }
}

#[test]
fn large_and_deep_texts_are_rendered_in_linear_time() {
    let deep = ">".repeat(50_000);
    let brackets = "[".repeat(50_000);
    let headings = "# same\n".repeat(50_000);
    let notes = (0..20_000).fold(String::new(), |text, n| text + &format!("x[^{n}]\n\n[^{n}]: y\n\n"));
    let stars = "*a _".repeat(20_000);
    for source in [deep, brackets, headings, notes, stars] {
        let begin = std::time::Instant::now();
        assert!(!render(&source).html.is_empty());
        // Generous for slow machines; a quadratic step over these takes minutes.
        assert!(begin.elapsed().as_secs() < 20, "{} bytes took {:?}", source.len(), begin.elapsed());
    }
}
