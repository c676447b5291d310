//! What each kind of Markdown becomes.

use markdown::{Heading, Options, render, render_with};

fn check(cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        assert_eq!(render(source).html, *expected, "of {source:?}");
    }
}

#[test]
fn paragraphs_and_emphasis() {
    check(&[
        ("", ""),
        ("One\ntwo", "<p>One\ntwo</p>\n"),
        ("*a* **b** ~~c~~ `d<e`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d&lt;e</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
    ]);
}

#[test]
fn headings_link_to_themselves_unless_they_hold_a_link() {
    check(&[
        (
            "## The `id`",
            "<h2 id=\"the-id\"><a class=\"anchor\" href=\"#the-id\">The <code>id</code></a></h2>\n",
        ),
        ("## See [x](#y)", "<h2 id=\"see-x\">See <a href=\"#y\">x</a></h2>\n"),
    ]);
}

#[test]
fn headings_are_listed() {
    let rendered = render("## Early\n\n# The *title*\n\n## Part\n\n### Part\n\n# Second");
    let heading = |level, id: &str, text: &str| Heading { level, id: id.to_owned(), text: text.to_owned() };
    assert_eq!(
        rendered.headings,
        [
            heading(2, "early", "Early"),
            heading(1, "the-title", "The title"),
            heading(2, "part", "Part"),
            heading(3, "part-1", "Part"),
            heading(1, "second", "Second"),
        ]
    );
    assert_eq!(rendered.title.as_deref(), Some("The title"));
    assert_eq!(render("## Only a part").title, None);
}

#[test]
fn tables_scroll_and_keep_their_alignment() {
    check(&[(
        "a|b|c\n:-|:-:|-:\n1|2|3",
        "<div class=\"table-scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n<thead>\n\
         <tr><th scope=\"col\" class=\"align-left\">a</th><th scope=\"col\" class=\"align-center\">b</th>\
         <th scope=\"col\" class=\"align-right\">c</th></tr>\n</thead>\n<tbody>\n\
         <tr><td class=\"align-left\">1</td><td class=\"align-center\">2</td><td class=\"align-right\">3</td></tr>\n\
         </tbody>\n</table>\n</div>\n",
    )]);
}

#[test]
fn code_names_its_language() {
    check(&[
        (
            "```sql\nSELECT 1 < 2;\n```",
            "<div class=\"code\"><pre tabindex=\"0\"><code class=\"language-sql\">SELECT 1 &lt; 2;\n</code></pre></div>\n",
        ),
        (
            "```rust,ignore\nx\n```",
            "<div class=\"code\"><pre tabindex=\"0\"><code class=\"language-rust\">x\n</code></pre></div>\n",
        ),
        ("```\nx\n```", "<div class=\"code\"><pre tabindex=\"0\"><code>x\n</code></pre></div>\n"),
        ("    x", "<div class=\"code\"><pre tabindex=\"0\"><code>x</code></pre></div>\n"),
    ]);
}

#[test]
fn code_takes_the_colours_that_the_caller_gives() {
    let highlight = |language: &str, code: &str| {
        (language == "x").then(|| vec![("k\"", code[..1].to_owned()), ("", code[1..].to_owned())])
    };
    let options = Options { highlight: Some(&highlight), ..Options::default() };
    for (source, expected) in [
        ("```x\n<a>\n```", "<code class=\"language-x\"><span class=\"k&quot;\">&lt;</span>a&gt;\n</code>"),
        ("```y\n<a>\n```", "<code class=\"language-y\">&lt;a&gt;\n</code>"),
    ] {
        let html = render_with(source, &options).html;
        assert!(html.contains(expected), "{html}");
    }
}

#[test]
fn diagrams_keep_their_source() {
    check(&[(
        "```mermaid\nflowchart LR\n  a --> b\n```",
        "<figure class=\"diagram\"><pre class=\"mermaid-source\" tabindex=\"0\">flowchart LR\n  a --&gt; b\n</pre></figure>\n",
    )]);
}

#[test]
fn links_inside_and_outside() {
    check(&[
        ("[a](b.md#c)", "<p><a href=\"b.md#c\">a</a></p>\n"),
        (
            "[a](https://example.org \"T\")",
            "<p><a href=\"https://example.org\" title=\"T\" rel=\"noopener noreferrer\">a</a></p>\n",
        ),
        (
            "<a@example.org>",
            "<p><a href=\"mailto:a@example.org\" rel=\"noopener noreferrer\">a@example.org</a></p>\n",
        ),
    ]);
}

#[test]
fn links_are_listed_and_rewritten() {
    let rewrite = |url: &str| url.replace(".md", ".html");
    let options = Options { rewrite_link: Some(&rewrite), ..Options::default() };
    let rendered = render_with("[a](b.md#c) [d](javascript:e) [f](#g)", &options);
    assert_eq!(rendered.html, "<p><a href=\"b.html#c\">a</a> d <a href=\"#g\">f</a></p>\n");
    assert_eq!(rendered.links, ["b.md#c", "#g"]);
}

#[test]
fn a_rewritten_link_is_checked_again() {
    let rewrite = |_: &str| "javascript:alert(1)".to_owned();
    let options = Options { rewrite_link: Some(&rewrite), ..Options::default() };
    assert_eq!(render_with("[a](b)", &options).html, "<p>a</p>\n");
}

#[test]
fn images_are_links_unless_wanted() {
    let wanted = Options { images: true, ..Options::default() };
    for (source, plain, with_images) in [
        (
            "![A](a.svg)",
            "<p><a href=\"a.svg\">A</a></p>\n",
            "<p><img src=\"a.svg\" alt=\"A\" loading=\"lazy\"></p>\n",
        ),
        (
            "![A](https://e.org/a.png)",
            "<p><a href=\"https://e.org/a.png\" rel=\"noopener noreferrer\">A</a></p>\n",
            "<p><a href=\"https://e.org/a.png\" rel=\"noopener noreferrer\">A</a></p>\n",
        ),
        (
            "[![A](a.svg)](b)",
            "<p><a href=\"b\">A</a></p>\n",
            "<p><a href=\"b\"><img src=\"a.svg\" alt=\"A\" loading=\"lazy\"></a></p>\n",
        ),
        ("![A ![B](b.svg) C](data:x)", "<p>A B C</p>\n", "<p>A B C</p>\n"),
    ] {
        assert_eq!(render(source).html, plain, "of {source:?}");
        assert_eq!(render_with(source, &wanted).html, with_images, "of {source:?} with images");
    }
}

#[test]
fn task_lists_say_what_is_done() {
    check(&[(
        "- [x] a\n- [ ] b",
        "<ul>\n<li><input type=\"checkbox\" disabled checked aria-label=\"Done\"> a</li>\n\
         <li><input type=\"checkbox\" disabled aria-label=\"To do\"> b</li>\n</ul>\n",
    )]);
}

#[test]
fn notes_are_marked() {
    check(&[(
        "> [!WARNING]\n> Careful.",
        "<blockquote class=\"note note-warning\">\n<p class=\"note-title\">Warning</p>\n<p>Careful.</p>\n</blockquote>\n",
    )]);
}

#[test]
fn footnotes_are_numbered_by_their_first_reference() {
    let html = render("a[^x] b[^y] c[^x]\n\n[^y]: Y\n[^x]: X\n[^z]: Z").html;
    let (text, notes) = html.split_once("<section class=\"footnotes\"").unwrap();
    for reference in ["id=\"fnref:1:1\"", "id=\"fnref:2:1\"", "id=\"fnref:1:2\""] {
        assert!(text.contains(reference), "{reference} in {text}");
    }
    let order: Vec<_> = ["fn:1", "X", "#fnref:1:1", "#fnref:1:2", "fn:2", "Y", "#fnref:2:1", "fn:3", "Z"]
        .iter()
        .map(|part| notes.find(part).unwrap_or_else(|| panic!("{part} in {notes}")))
        .collect();
    assert!(order.is_sorted(), "{notes}");
}

#[test]
fn a_prefix_keeps_several_documents_apart() {
    let options = Options { id_prefix: "d-", ..Options::default() };
    let rendered = render_with("# A\n\n[up](#a) n[^1]\n\n[^1]: N", &options);
    assert_eq!(rendered.headings[0].id, "d-a");
    for part in ["id=\"d-a\"", "href=\"#d-a\"", "id=\"d-fn:1\"", "href=\"#d-fn:1\"", "href=\"#d-fnref:1:1\""]
    {
        assert!(rendered.html.contains(part), "{part} in {}", rendered.html);
    }
    assert!(!rendered.html.contains("\"#a\""));
}

#[test]
fn folded_parts_and_places_are_the_only_tags_that_are_understood() {
    let folded =
        "<details>\n<summary>All 3</summary>\n\n| A |\n| --- |\n| <a id=\"s1\"></a>`s1` |\n\n</details>\n";
    let html = render(folded).html;
    assert!(html.starts_with("<details>\n<summary>All 3</summary>\n"), "{html}");
    assert!(html.contains("<a id=\"s1\"></a><code>s1</code>"), "{html}");
    assert!(html.ends_with("</details>\n"), "{html}");
    // What is left open is closed; what nothing opened, is dressed up or stands within a list, is text.
    let left = render("<details>\n<summary>A</summary>\n\ntext\n").html;
    assert_eq!(left.matches("</details>").count(), 1, "{left}");
    for text in [
        "</details>\n",
        "<details open>\n<summary>A</summary>\n",
        "<details>\n<summary><b>A</b></summary>\n",
        "- x\n\n  <details>\n  <summary>A</summary>\n",
        "a <a id=\"X onclick\">b</a>\n",
        "a </a>\n",
    ] {
        let html = render(text).html;
        assert!(!html.contains("<details") && !html.contains("<a "), "{text:?}: {html}");
    }
}
