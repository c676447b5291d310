//! The site as it is written to disk: complete, without a dead link, the same every time.

use guides::{CATALOG, Error, Report, build_site};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use tempfile::TempDir;

/// The folder of the repository.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Small guides under the names of the real ones, each with a link to the next.
fn small_guides() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (index, entry) in CATALOG.iter().enumerate() {
        let next = CATALOG[(index + 1) % CATALOG.len()].name;
        let text = format!(
            "# Guide {index}\n\nAbout it, see [the next]({next}.md#first-part) and [below](#second-part).\n\n\
             ## In this guide\n\n- [First part](#first-part)\n\n## First part\n\n### A detail\n\n```sql\nSELECT 1;\n```\n\n## Second part\n\n<script>alert(1)</script>\n"
        );
        fs::write(folder.path().join(format!("{}.md", entry.name)), text).unwrap();
    }
    folder
}

/// Replaces a guide and gives the message of the failed build.
fn failure(name: &str, text: &str) -> String {
    let references = small_guides();
    fs::write(references.path().join(format!("{name}.md")), text).unwrap();
    let dist = tempfile::tempdir().unwrap();
    build_site(references.path(), &repository().join("site"), dist.path()).unwrap_err().to_string()
}

/// All files below a folder with their contents, by path.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

/// The values of an attribute in a page.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split(&format!(" {attribute}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The path that a relative link leads to, from the folder of the page.
fn resolve(page: &str, link: &str) -> Option<String> {
    let mut parts: Vec<String> = page.split('/').map(str::to_owned).collect();
    parts.pop();
    for component in Path::new(link).components() {
        match component {
            Component::ParentDir => drop(parts.pop()?),
            Component::Normal(part) => parts.push(part.to_str()?.to_owned()),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

#[test]
fn the_site_has_its_pages_and_files() {
    let (references, dist) = (small_guides(), tempfile::tempdir().unwrap());
    let report = build_site(references.path(), &repository().join("site"), dist.path()).unwrap();
    let files = tree(dist.path());
    let mut pages: BTreeSet<String> = CATALOG
        .iter()
        .flat_map(|entry| {
            ["index", "first-part", "second-part"].map(|page| format!("guides/{}/{page}.html", entry.name))
        })
        .collect();
    pages.extend(
        [
            "index.html",
            "designer.html",
            "guides/index.html",
            "embedding.html",
            "changes.html",
            "404.html",
            "embed/index.html",
        ]
        .map(str::to_owned),
    );
    let built: BTreeSet<String> = files
        .keys()
        .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "html"))
        .cloned()
        .collect();
    assert_eq!(built, pages);
    // The page of the frame is copied as it is, and the feed of changes is made as the pages are.
    assert_eq!(report, Report { pages: pages.len(), files: files.len() - pages.len() });
    for file in [
        "changes.xml",
        "search.json",
        "guides/anchors.json",
        "css/site.css",
        "js/theme.js",
        "js/worker.js",
        "icons/icon.svg",
    ] {
        assert!(files.contains_key(file), "{file}");
    }
}

/// Checks every link of every page of a site; what the build adds to the pages later may be missing.
fn check_links(files: &BTreeMap<String, Vec<u8>>) {
    let mut checked = 0;
    for (page, contents) in files.iter().filter(|(name, _)| name.contains(".html")) {
        let html = std::str::from_utf8(contents).unwrap();
        let ids: Vec<_> = values(html, "id");
        let distinct: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), distinct.len(), "{page} has an id twice: {ids:?}");
        for link in [values(html, "href"), values(html, "src")].concat() {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            // The page for missing addresses is shown at any depth; its script finds the start page.
            if page == "404.html" {
                assert_eq!(link, "./");
                continue;
            }
            // What the build makes of the engine and of the licences of the libraries comes after the pages.
            if link.starts_with("../widget/") || link.ends_with("notices.txt") {
                continue;
            }
            assert!(!link.starts_with('/'), "{link} in {page} would leave the folder of the site");
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { page.clone() } else { resolve(page, path).unwrap() };
            let found =
                files.get(&target).unwrap_or_else(|| panic!("{link} in {page}: there is no {target}"));
            // A name in the fragment of the designer's address is for its program.
            if !fragment.is_empty() && !fragment.contains('=') {
                let target_html = std::str::from_utf8(found).unwrap();
                assert!(values(target_html, "id").contains(&fragment), "{link} in {page}: no such anchor");
            }
            checked += 1;
        }
    }
    assert!(checked > 100, "only {checked} links were found");
}

#[test]
fn no_link_is_dead() {
    let (references, dist) = (small_guides(), tempfile::tempdir().unwrap());
    build_site(references.path(), &repository().join("site"), dist.path()).unwrap();
    check_links(&tree(dist.path()));
}

#[test]
fn the_guides_of_the_repository_make_a_site_without_a_dead_link() {
    let dist = tempfile::tempdir().unwrap();
    if let Err(error) = build_site(&repository().join("references"), &repository().join("site"), dist.path())
    {
        panic!("{error}");
    }
    check_links(&tree(dist.path()));
}

#[test]
fn pages_load_nothing_from_elsewhere_and_reading_needs_no_program() {
    let (references, dist) = (small_guides(), tempfile::tempdir().unwrap());
    build_site(references.path(), &repository().join("site"), dist.path()).unwrap();
    for (name, contents) in tree(dist.path()) {
        let text = String::from_utf8_lossy(&contents);
        if name.ends_with("html") {
            for source in values(&text, "src") {
                assert!(!source.contains("//"), "{source} in {name}");
            }
            let reads = name != "designer.html";
            assert!(!(reads && text.contains("js/designer.js")), "{name} starts the designer");
            assert!(!text.contains("<script>alert"), "{name} lets a script of a guide through");
        }
        if name.ends_with("css") {
            assert!(!text.contains("url(") && !text.contains("@import"), "{name} loads something");
        }
    }
}

#[test]
fn diagrams_bring_their_program_and_nothing_else_does() {
    let references = small_guides();
    let drawn = "# G\n\n## In this guide\n\n## First part\n\n```mermaid\nflowchart LR\n  a --> b\n```\n";
    fs::write(references.path().join("examples.md"), drawn).unwrap();
    let dist = tempfile::tempdir().unwrap();
    build_site(references.path(), &repository().join("site"), dist.path()).unwrap();
    let files = tree(dist.path());
    let has_program = |page: &str| String::from_utf8_lossy(&files[page]).contains("js/diagrams.js");
    assert!(has_program("guides/examples/first-part.html"));
    assert!(!has_program("guides/best-practices/first-part.html"));
    assert!(String::from_utf8_lossy(&files["guides/examples/first-part.html"]).contains("a --&gt; b"));
}

#[test]
fn two_builds_give_the_same_bytes() {
    let references = small_guides();
    let site = repository().join("site");
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    build_site(references.path(), &site, first.path()).unwrap();
    build_site(references.path(), &site, second.path()).unwrap();
    assert_eq!(tree(first.path()), tree(second.path()));
}

#[test]
fn what_is_there_already_is_left_alone() {
    let (references, dist) = (small_guides(), tempfile::tempdir().unwrap());
    fs::create_dir_all(dist.path().join("pkg/engine")).unwrap();
    fs::write(dist.path().join("pkg/engine/engine.js"), "x").unwrap();
    build_site(references.path(), &repository().join("site"), dist.path()).unwrap();
    assert_eq!(fs::read(dist.path().join("pkg/engine/engine.js")).unwrap(), b"x");
}

#[test]
fn dead_links_fail_the_build_and_are_named() {
    let message = failure(
        "examples",
        "# G\n\n## First part\n\n[a](#first-prat)\n\n[b](best-practices.md#a-small-detail)\n\n[c](other.md)\n\n[d](../x.png)\n",
    );
    for part in [
        "4 links",
        "examples.md:5: #first-prat: examples.md has no heading with this anchor; the nearest is #first-part",
        "examples.md:7: best-practices.md#a-small-detail: best-practices.md has no heading with this anchor; the nearest is #a-detail",
        "examples.md:9: other.md: there is no such guide",
        "examples.md:11: ../x.png: there is no such guide",
    ] {
        assert!(message.contains(part), "{part:?} in {message}");
    }
}

#[test]
fn texts_of_guides_can_be_tried_in_the_designer() {
    let references = small_guides();
    let brief = "```text brief chat\n# A <chat>\n\n- Users write messages.\n```\n";
    let text = format!("# G\n\n## First part\n\n{brief}\n[Run it](../README.md?example=chat#run-it)\n");
    fs::write(references.path().join("examples.md"), text).unwrap();
    let dist = tempfile::tempdir().unwrap();
    build_site(references.path(), &repository().join("site"), dist.path()).unwrap();
    let designer = fs::read_to_string(dist.path().join("designer.html")).unwrap();
    assert!(designer.contains("value=\"chat\"") && designer.contains("Users write messages."));
    assert!(!designer.contains("A <chat>"), "the text of an example must not become markup");

    let message = failure("examples", "# G\n\n## First part\n\n[Run it](../README.md?example=chat#run-it)\n");
    assert!(message.contains("?example=chat#run-it: the designer has no example of this name"), "{message}");
}

/// The folder `site/` with other settings, for a build; the folder of the references beside it.
fn with_settings(settings: &str) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let (references, site, dist) =
        (small_guides(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (name, contents) in tree(&repository().join("site")) {
        let path = site.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }
    fs::write(site.path().join("site.toml"), settings).unwrap();
    build_site(references.path(), site.path(), dist.path())?;
    Ok(tree(dist.path()))
}

const CHANGE: &str = "[[change]]\ndate = \"2026-11-25\"\ntitle = \"A & B\"\ntext = \"<b>\"\n";

#[test]
fn a_site_that_knows_its_address_says_it_to_search_engines_and_editors() {
    let files = with_settings(&format!(
        "url = \"https://docs.example.org/design/\"\nsource = \"https://git.example.org/edit/main/\"\n{CHANGE}"
    ))
    .unwrap();
    let page = String::from_utf8_lossy(&files["guides/examples/first-part.html"]);
    for part in [
        "<link rel=\"canonical\" href=\"https://docs.example.org/design/guides/examples/first-part.html\">",
        "<meta property=\"og:url\" content=\"https://docs.example.org/design/guides/examples/first-part.html\">",
        "<meta property=\"og:title\" content=\"First part · Worked examples · Backend Design\">",
        "href=\"https://git.example.org/edit/main/references/examples.md\"",
    ] {
        assert!(page.replace("&#x2f;", "/").contains(part), "{part}");
    }
    let map = String::from_utf8_lossy(&files["sitemap.xml"]).replace("&#x2f;", "/");
    for (address, listed) in [
        ("", true),
        ("designer.html", true),
        ("guides/examples/", true),
        ("guides/examples/first-part.html", true),
        ("404.html", false),
        ("changes.xml", false),
    ] {
        let line = format!("<loc>https://docs.example.org/design/{address}</loc>");
        assert_eq!(map.contains(&line), listed, "{address}");
    }
    let feed = String::from_utf8_lossy(&files["changes.xml"]);
    assert!(feed.contains("<title>A &amp; B</title>") && feed.contains("&lt;b&gt;"));
}

#[test]
fn a_site_that_does_not_know_its_address_says_nothing_of_it() {
    let files = with_settings(&format!("url = \"\"\nsource = \"\"\n{CHANGE}")).unwrap();
    let page = String::from_utf8_lossy(&files["guides/examples/first-part.html"]);
    assert!(!page.contains("canonical") && !page.contains("og:url") && !page.contains("Edit this guide"));
    assert!(!files.contains_key("sitemap.xml"));
}

#[test]
fn wrong_settings_are_refused() {
    for (settings, what) in [
        (format!("url = \"http://a.example/\"\nsource = \"\"\n{CHANGE}"), "`url` begins with https://"),
        (format!("url = \"https://a.example\"\nsource = \"\"\n{CHANGE}"), "ends with a slash"),
        ("url = \"\"\nsource = \"\"\nchange = []\n".to_owned(), "at least one"),
        (format!("url = \"\"\nsource = \"\"\n{}", CHANGE.replace("2026-11-25", "today")), "like 2026-11-25"),
        (format!("url = \"\"\nsource = \"\"\nextra = 1\n{CHANGE}"), "extra"),
    ] {
        let error = with_settings(&settings).unwrap_err().to_string();
        assert!(error.contains("site.toml") && error.contains(what), "{error}");
    }
}

#[test]
fn a_guide_needs_a_title() {
    let message = failure("examples", "## First part\n");
    assert!(message.contains("examples.md") && message.contains("title"), "{message}");
}

#[test]
fn a_missing_guide_is_named() {
    let references = small_guides();
    fs::remove_file(references.path().join("best-practices.md")).unwrap();
    let dist = tempfile::tempdir().unwrap();
    let error = build_site(references.path(), &repository().join("site"), dist.path()).unwrap_err();
    assert!(matches!(error, Error::File { .. }));
    assert!(error.to_string().contains("best-practices.md"), "{error}");
}

#[test]
fn anchors_are_known_by_guide() {
    let anchors = guides::anchors(small_guides().path()).unwrap();
    for known in ["examples", "examples#first-part", "database-design#a-detail"] {
        assert!(anchors.contains(known), "{known}");
    }
    assert!(!anchors.contains("examples#third-part"));
}

#[test]
fn every_decision_is_explained_in_a_section_that_exists() {
    let anchors = guides::anchors(&repository().join("references")).unwrap();
    for slot in knowledge::SLOTS.iter() {
        assert!(
            slot.guide.contains('#') && anchors.contains(slot.guide),
            "{}: there is no {}",
            slot.id,
            slot.guide
        );
    }
}

#[test]
fn remarks_on_bad_examples_are_said_and_not_shown_as_comments() {
    let dist = tempfile::tempdir().unwrap();
    build_site(&repository().join("references"), &repository().join("site"), dist.path()).unwrap();
    let page =
        fs::read_to_string(dist.path().join("guides/database-design/migrations-without-downtime.html"));
    let page = page.unwrap();
    assert!(page.contains("<strong>Wrong on purpose:</strong>") && !page.contains("&lt;!-- bad"));
    let page =
        fs::read_to_string(dist.path().join("guides/common-patterns/dependency-injection.html")).unwrap();
    assert!(page.contains("<code>composition.test.ts</code>:"), "a file that is imported is named");
}

#[test]
fn the_glossary_is_in_order_and_leads_to_the_guides() {
    let build = |glossary: &str| {
        let references = small_guides();
        fs::write(references.path().join("glossary.toml"), glossary).unwrap();
        let dist = tempfile::tempdir().unwrap();
        build_site(references.path(), &repository().join("site"), dist.path())
            .map(|_| fs::read_to_string(dist.path().join("guides/glossary/index.html")).unwrap())
            .map_err(|error| error.to_string())
    };
    let term =
        |name: &str, see: &str| format!("[[term]]\nname = \"{name}\"\nmeans = \"It is.\"\nsee = \"{see}\"\n");
    let (detail, part) = ("examples.md#a-detail", "best-practices.md#first-part");

    let page = build(&[term("Cell", detail), term("Lease", part)].concat()).unwrap();
    for expected in ["id=\"lease\"", "../best-practices/first-part.html", ">a detail</a>"] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    let message = build(&[term("Lease", detail), term("Cell", part)].concat()).unwrap_err();
    assert!(message.contains("`Lease` stands before `Cell`"), "{message}");
    let message = build(&term("Cell", "examples.md#nowhere")).unwrap_err();
    assert!(message.contains("examples.md has no heading with this anchor"), "{message}");
    let message = build("[[term]]\nname = \"Cell\"\n").unwrap_err();
    assert!(message.contains("missing field `means`"), "{message}");
}

#[test]
fn rules_make_an_index_and_a_checklist() {
    let references = small_guides();
    let guide = "# G\n\n## Keys\n\n### DB-01 Give a key\n\n- **Rule:** One.\n- **Engine:** Always.\n\n### DB-02 Keep it\n\n- **Rule:** Two.\n\n\
        ## Checklist\n\n- [ ] [DB-01](#db-01-give-a-key) Every table has a key.\n";
    fs::write(references.path().join("database-design.md"), guide).unwrap();
    let message = |error: &Error| panic!("{error}");
    let dist = tempfile::tempdir().unwrap();
    // The other small guides link to a part that this one has not.
    let text = fs::read_to_string(references.path().join("api-design-guide.md")).unwrap();
    fs::write(
        references.path().join("api-design-guide.md"),
        text.replace("database-design.md#first-part", "database-design.md#keys"),
    )
    .unwrap();
    build_site(references.path(), &repository().join("site"), dist.path())
        .unwrap_or_else(|error| message(&error));
    let read = |page: &str| fs::read_to_string(dist.path().join("guides").join(page)).unwrap();
    let index = read("rules/index.html");
    assert!(index.contains("DB-01</a> Give a key\u{a0}✓") && index.contains("DB-02</a> Keep it<"), "{index}");
    let checklist = read("checklist-database/index.html");
    assert!(checklist.contains("DB-01</a> Every table has a key."), "{checklist}");
    assert!(
        checklist.contains("DB-02</a> Keep it"),
        "a rule without a line is named by its title: {checklist}"
    );
    assert!(!dist.path().join("guides/checklist-api").exists(), "a guide without rules has no checklist");
}
