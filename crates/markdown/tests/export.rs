//! What Markdown becomes in the formats of places that run no scripts.

use markdown::{Format, export};

fn confluence(text: &str) -> String {
    export(text, Format::Confluence)
}

fn mediawiki(text: &str) -> String {
    export(text, Format::MediaWiki)
}

const DOCUMENT: &str = "# Title\n\nSome *soft* and **loud** words, `code` and a [link](https://example.org/a?b=c&d).\n\n\
    1. One\n   - Inner\n2. Two\n\n| A | B |\n|---|--:|\n| 1 | `x` |\n\n```sql\nSELECT 1 < 2;\n```\n\n```mermaid\nflowchart LR\n  a --> b\n```\n";

#[test]
fn a_document_in_the_storage_format_of_confluence() {
    assert_eq!(
        confluence(DOCUMENT),
        "<h1>Title</h1>\n\
         <p>Some <em>soft</em> and <strong>loud</strong> words, <code>code</code> and a <a href=\"https://example.org/a?b=c&amp;d\">link</a>.</p>\n\
         <ol><li>One<ul><li>Inner</li></ul>\n</li><li>Two</li></ol>\n\
         <table><tbody><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><code>x</code></td></tr></tbody></table>\n\
         <ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">sql</ac:parameter><ac:plain-text-body><![CDATA[SELECT 1 < 2;]]></ac:plain-text-body></ac:structured-macro>\n\
         <ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"title\">Diagram (Mermaid)</ac:parameter><ac:plain-text-body><![CDATA[flowchart LR\n  a --> b]]></ac:plain-text-body></ac:structured-macro>\n"
    );
}

#[test]
fn a_document_in_the_markup_of_mediawiki() {
    assert_eq!(
        mediawiki(DOCUMENT),
        "= Title =\n\n\
         Some <em>soft</em> and <strong>loud</strong> words, <code>code</code> and a [https://example.org/a?b=c&d link].\n\n\
         # One\n#* Inner\n# Two\n\n\
         {| class=\"wikitable\"\n! A\n! B\n|-\n| 1\n| <code>x</code>\n|}\n\n\
         <syntaxhighlight lang=\"sql\">\nSELECT 1 < 2;\n</syntaxhighlight>\n\n\
         <pre>flowchart LR\n  a &#45;&#45;&gt; b</pre>\n"
    );
}

#[test]
fn a_document_as_one_file() {
    let html = export(DOCUMENT, Format::Html);
    assert!(html.starts_with("<!doctype html>\n") && html.ends_with("</html>\n"));
    assert!(html.contains("<title>Title</title>") && html.contains("<td>1</td>"));
    for loads in ["<script", "src=", "<link", "url(", "@import"] {
        assert!(!html.contains(loads), "{loads}");
    }
}

/// Texts that would be markup of the place if they came through as they are.
const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "<ac:structured-macro ac:name=\"html\">",
    "]]><script>",
    "{{Template}} {{{1}}} [[Category:X]] [[File:x.png]]",
    "__NOTOC__ ~~~~ '''x''' ''y''",
    "<nowiki>x</nowiki> <!-- c -->",
    "&lt;b&gt; &#60;",
    "[javascript:alert(1) x]",
    "</pre><script>x</script>",
    "</syntaxhighlight><script>x</script>",
    "<ref>x</ref> {| x\n|}",
    "a\u{0}b\u{8}c",
];

#[test]
fn no_text_brings_its_own_markup() {
    for text in HOSTILE {
        for source in [
            text.to_owned(),
            format!("- {text}"),
            format!("| A |\n|---|\n| {} |", text.replace('\n', " ")),
            format!("`{text}`"),
            format!("# {text}"),
            format!("[{text}](javascript:alert(1))"),
        ] {
            let (storage, wiki) = (confluence(&source), mediawiki(&source));
            for markup in ["<script", "<ac:", "<nowiki", "<!--", "<ref", "\u{0}", "\u{8}"] {
                assert!(!storage.contains(markup), "{markup} in {storage} of {source:?}");
                assert!(!wiki.contains(markup), "{markup} in {wiki} of {source:?}");
            }
            for markup in ["{{", "[[", "__NOTOC__", "~~~~", "'''", "[javascript", "</pre><"] {
                assert!(!wiki.contains(markup), "{markup} in {wiki} of {source:?}");
            }
            assert!(!storage.contains("javascript:alert(1)\""), "{storage}");
        }
        // Code is literal, and ends where it ends.
        let source = format!("```sql\n{text}\n```");
        let storage = confluence(&source);
        let body = storage.split_once("<![CDATA[").unwrap().1;
        let outside: String = body
            .split("<![CDATA[")
            .map(|part| part.split_once("]]>").map_or("", |(_, after)| after))
            .collect();
        assert!(!outside.contains("<script"), "{storage}");
        let wiki = mediawiki(&source);
        let end = if wiki.starts_with("<pre>") { "</pre>" } else { "</syntaxhighlight>" };
        assert_eq!(wiki.matches(end).count(), 1, "{wiki}");
        assert!(wiki.trim_end().ends_with(end), "{wiki}");
    }
}

#[test]
fn folded_parts_and_places_are_those_of_the_wiki() {
    let text = "<details>\n<summary>All 3</summary>\n\n[`s1`](#s1) <a id=\"s1\"></a>x\n\n</details>\n";
    assert_eq!(
        confluence(text),
        "<ac:structured-macro ac:name=\"expand\"><ac:parameter ac:name=\"title\">All 3</ac:parameter><ac:rich-text-body>\n\
         <p><ac:link ac:anchor=\"s1\"><ac:link-body><code>s1</code></ac:link-body></ac:link> \
         <ac:structured-macro ac:name=\"anchor\"><ac:parameter ac:name=\"\">s1</ac:parameter></ac:structured-macro>x</p>\n\
         </ac:rich-text-body></ac:structured-macro>\n"
    );
    assert_eq!(
        mediawiki(text),
        "<div class=\"mw-collapsible mw-collapsed\">\nAll 3\n<div class=\"mw-collapsible-content\">\n\n\
         [[#s1|<code>s1</code>]] <span id=\"s1\"></span>x\n\n</div></div>\n"
    );
    let open = "<details>\n<summary>A</summary>\n\nx\n";
    assert!(
        confluence(open).ends_with("</ac:structured-macro>\n") && mediawiki(open).ends_with("</div></div>\n")
    );
}
