//! The program as its users meet it: arguments and standard input in; exit code, standard output, standard error and
//! files out.

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const BRIEF: &str = "\
# Tool library

Members borrow tools for up to 14 days. A member can reserve a tool that is out.
The librarian records returns and notes damage. About 3,000 members use the service.
";

const SECTIONS: [&str; 8] = [
    "## System Overview",
    "## API Specification",
    "## Database Design",
    "## Architecture Decisions",
    "## Security Implementation",
    "## Scalability Plan",
    "## Deployment Architecture",
    "## Implementation Roadmap",
];

fn program() -> Command {
    Command::cargo_bin("backend-design").expect("the program is built with its tests")
}

/// A folder with the brief in it.
fn workplace() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("brief.md"), BRIEF).expect("the brief is written");
    folder
}

fn run_in(folder: &TempDir, arguments: &[&str]) -> Assert {
    program().current_dir(folder).args(arguments).assert()
}

fn output(run: &Assert) -> String {
    String::from_utf8(run.get_output().stdout.clone()).expect("standard output is UTF-8")
}

fn errors(run: &Assert) -> String {
    String::from_utf8(run.get_output().stderr.clone()).expect("standard error is UTF-8")
}

/// The call fails with exit code 2, says what, why and how to fix, and leaves standard output empty.
#[track_caller]
fn refused(run: Assert, part: &str) {
    let run = run.code(2);
    let said = errors(&run);
    assert!(said.contains(part), "`{part}` is not in:\n{said}");
    for line in ["error: ", "\n  why: ", "\n  fix: "] {
        assert!(said.contains(line), "`{line}` is not in:\n{said}");
    }
    assert_eq!(output(&run), "");
}

/// Every file below a folder, by its relative path.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("the folder is readable") {
            let path = entry.expect("the entry is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name =
                    path.strip_prefix(folder).expect("it stands below").to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path).expect("the file is readable"));
            }
        }
    }
    files
}

#[test]
fn a_file_becomes_a_document_with_eight_sections() {
    let run = run_in(&workplace(), &["brief.md"]).success();
    let document = output(&run);
    let sections: Vec<&str> = document.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(sections, SECTIONS);
}

#[test]
fn standard_input_gives_the_same_design() {
    let folder = workplace();
    let from_file = output(&run_in(&folder, &["brief.md", "--format", "json"]).success());
    let from_input = output(&program().args(["-", "--format", "json"]).write_stdin(BRIEF).assert().success());
    assert_eq!(from_file, from_input);
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let marked = format!("\u{feff}{BRIEF}");
    let with = output(&program().args(["-", "-f", "json"]).write_stdin(marked).assert().success());
    let without = output(&program().args(["-", "-f", "json"]).write_stdin(BRIEF).assert().success());
    assert_eq!(with, without);
}

#[test]
fn any_text_gives_a_design() {
    for text in [
        "",
        " ",
        "\n\n",
        "🙂",
        "\0\u{1}\u{7f}",
        "; DROP TABLE users; --",
        "<script>alert(1)</script>",
        "}{][|#",
    ] {
        let run = program().arg("-").write_stdin(text).assert().success();
        assert!(output(&run).contains("## System Overview"), "{text:?}");
    }
}

#[test]
fn all_formats_agree() {
    let folder = workplace();
    run_in(&folder, &["brief.md", "--out", "deep/er/design"]).success();
    let files = tree(&folder.path().join("deep/er/design"));

    assert_eq!(files["design.md"], output(&run_in(&folder, &["brief.md"]).success()).as_bytes());
    assert_eq!(
        files["design.json"],
        output(&run_in(&folder, &["brief.md", "-f", "json"]).success()).as_bytes()
    );
    for path in ["api/openapi.yaml", "db/schema.sql", "README.md"] {
        assert!(files.contains_key(path), "{path} is not among {:?}", files.keys());
    }

    let archive = run_in(&folder, &["brief.md", "--format", "zip"]).success().get_output().stdout.clone();
    assert!(archive.starts_with(b"PK\x03\x04"), "standard output is a ZIP archive");
    run_in(&folder, &["brief.md", "--out", "design.zip"]).success();
    assert_eq!(fs::read(folder.path().join("design.zip")).expect("the archive"), archive);
}

#[test]
fn the_document_is_written_for_places_without_scripts() {
    let folder = workplace();
    for (format, parts) in [
        ("html", ["<title>", "<h2 id=\"database-design\">"]),
        ("confluence", ["<h2>Database Design</h2>", "<ac:structured-macro ac:name=\"code\">"]),
        ("mediawiki", ["== Database Design ==", "{| class=\"wikitable\""]),
    ] {
        let document = output(&run_in(&folder, &["brief.md", "--format", format]).success());
        for part in parts {
            assert!(document.contains(part), "{part} in {format}");
        }
    }
}

#[test]
fn the_name_of_the_destination_decides_the_format() {
    let folder = workplace();
    for (name, start) in [("a.md", "# "), ("a.JSON", "{\n"), ("a.html", "<!doctype html>"), ("a.zip", "PK")] {
        let run = run_in(&folder, &["brief.md", "--out", name]).success();
        assert_eq!(output(&run), "");
        let contents = fs::read(folder.path().join(name)).expect("the file is written");
        assert!(contents.starts_with(start.as_bytes()), "{name}");
    }
    run_in(&folder, &["brief.md", "--out", "a.md", "--format", "json"]).success();
    assert!(fs::read(folder.path().join("a.md")).expect("the file is written").starts_with(b"{"));
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = workplace();
    refused(run_in(&folder, &["brief.md", "--out", "."]), "is not empty");
    assert_eq!(tree(folder.path()).len(), 1);

    let run = run_in(&folder, &["brief.md", "--out", ".", "--force"]).success();
    assert!(
        errors(&run).contains("1 other file(s), perhaps of an earlier design: brief.md"),
        "{}",
        errors(&run)
    );
    assert_eq!(fs::read_to_string(folder.path().join("brief.md")).expect("the brief"), BRIEF);
}

#[test]
fn the_text_is_not_overwritten() {
    let folder = workplace();
    refused(run_in(&folder, &["brief.md", "--out", "./brief.md"]), "is the text itself");
    assert_eq!(fs::read_to_string(folder.path().join("brief.md")).expect("the brief"), BRIEF);
}

#[test]
fn unreadable_texts_are_refused() {
    let folder = workplace();
    refused(run_in(&folder, &["missing.md"]), "Cannot read missing.md");
    refused(run_in(&folder, &["."]), "It is a folder.");
    refused(program().arg("-").write_stdin(b"abc\xFF".to_vec()).assert(), "byte 0xFF at offset 3");
    refused(program().arg("-").write_stdin(vec![b'a'; (1 << 20) + 1]).assert(), "longer than 1048576 bytes");
}

#[test]
fn the_longest_text_is_designed() {
    let text: String = BRIEF.chars().cycle().take(1 << 20).collect();
    program().arg("-").write_stdin(text).assert().success();
}

#[test]
fn impossible_destinations_are_refused() {
    let folder = workplace();
    refused(run_in(&folder, &["brief.md", "--format", "files"]), "nowhere to go");
    refused(run_in(&folder, &["brief.md", "--format", "json", "--out", "."]), "is a folder");
    refused(run_in(&folder, &["brief.md", "--out", "brief.md/design"]), "Cannot write brief.md/design");
}

#[test]
fn bad_usage_is_explained() {
    let folder = workplace();
    for (arguments, part) in [
        (&[][..], "FILE|-"),
        (&["brief.md", "second.md"], "second.md"),
        (&["brief.md", "--fromat", "json"], "--format"),
        (
            &["brief.md", "--format", "pdf"],
            "possible values: markdown, html, confluence, mediawiki, json, files, zip",
        ),
        (&["brief.md", "--set", "users.daily"], "users.daily=50000"),
        (&["brief.md", "--set", "users.daily=many"], "`many` is not a number"),
        (&["brief.md", "--set", "users.daily=inf"], "`inf` is not a number"),
        (&["brief.md", "--pin", "database"], "database=postgresql"),
    ] {
        let run = run_in(&folder, arguments).code(2);
        assert!(errors(&run).contains(part), "`{part}` is not in:\n{}", errors(&run));
        assert_eq!(output(&run), "");
    }
    let twice = ["brief.md", "--set", "users.daily=1", "--set", "users.daily=2"];
    refused(run_in(&folder, &twice), "given twice");
}

#[test]
fn help_and_version_are_answers() {
    let help = output(&program().arg("--help").assert().success());
    assert!(help.contains("Examples:") && help.contains("--pin <SLOT=OPTION>"), "{help}");
    let version = output(&program().arg("--version").assert().success());
    assert_eq!(version, format!("backend-design {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn nothing_but_remarks_goes_to_standard_error() {
    let run = run_in(&workplace(), &["brief.md"]).success();
    let said = errors(&run);
    assert!(!said.contains('\r') && !said.contains('\x1b'), "a progress line without a terminal: {said:?}");
}

/// `backend-design brief.md | head -1`: the reader closes the pipe before everything is written.
#[test]
#[cfg(unix)]
fn a_closed_pipe_is_no_failure() {
    use std::process::{Command, Stdio};

    let folder = workplace();
    // Longer than a pipe holds, so that the program is still writing when its reader leaves.
    let long = "A member can borrow a tool and return it.\n".repeat(4000);
    fs::write(folder.path().join("long.md"), long).expect("the text is written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_backend-design"))
        .args(["long.md", "--format", "json"])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("the program ends");
    assert!(ended.status.success(), "{ended:?}");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn the_way_between_two_designs_is_planned() {
    let folder = workplace();
    let more = BRIEF.to_owned() + "\nA workshop has a name and an address. Members book workshops.\n";
    fs::write(folder.path().join("more.md"), more).expect("the second text is written");
    let said = output(&run_in(&folder, &["migrate", "brief.md", "more.md"]).success());
    for part in ["## Expand", "CREATE TABLE workshops", "- Lock: ", "- Gate: ", "- Rollback: "] {
        assert!(said.contains(part), "`{part}` is not in:\n{said}");
    }
    run_in(&folder, &["migrate", "brief.md", "more.md", "--out", "plan"]).success();
    assert!(folder.path().join("plan/001_expand.up.sql").exists());
    refused(run_in(&folder, &["migrate", "brief.md", "more.md", "--out", "plan"]), "not empty");
    let same = output(&run_in(&folder, &["migrate", "brief.md", "brief.md"]).success());
    assert!(same.contains("nothing to do"), "{same}");
}

#[test]
fn two_texts_are_compared_by_what_they_mean() {
    let folder = workplace();
    let more = BRIEF.replace("3,000 members", "3,000,000 members")
        + "\nA workshop has a name and an address. Members book workshops.\n";
    fs::write(folder.path().join("more.md"), more).expect("the second text is written");
    let said = output(&run_in(&folder, &["diff", "brief.md", "more.md"]).success());
    for part in ["requests.peak", "decision", "Workshop"] {
        assert!(said.contains(part), "`{part}` is not in:\n{said}");
    }
    let same = output(&run_in(&folder, &["diff", "brief.md", "brief.md"]).success());
    assert!(same.starts_with("The designs are the same"), "{same}");
    let json = output(&run_in(&folder, &["brief.md", "--format", "json"]).success());
    fs::write(folder.path().join("brief.json"), json).expect("the design is written");
    let same = output(&run_in(&folder, &["diff", "brief.json", "brief.md"]).success());
    assert!(same.starts_with("The designs are the same"), "{same}");
    refused(run_in(&folder, &["diff", "brief.md", "nothing.md"]), "nothing.md");
    // One text and options: what the options change, in load, decisions and cost.
    let what_if = output(&run_in(&folder, &["diff", "brief.md", "--set", "users.daily=2000000"]).success());
    for part in ["requests.peak", "cost.low", "decision"] {
        assert!(what_if.contains(part), "`{part}` is not in:\n{what_if}");
    }
    // With two texts the options hold for both.
    let same = ["diff", "brief.md", "brief.md", "--set", "users.daily=2000000"];
    assert!(output(&run_in(&folder, &same).success()).starts_with("The designs are the same"));
    refused(run_in(&folder, &["diff", "brief.json", "--set", "users.daily=9"]), "is a design already");
    fs::write(folder.path().join("house.json"), r#"{"prefer": {"database": "mysql"}}"#).expect("written");
    let house = output(&run_in(&folder, &["diff", "brief.md", "--profile", "house.json"]).success());
    assert!(house.contains("mysql"), "{house}");
}

#[test]
fn a_house_profile_prefers_forbids_prices_and_names() {
    let folder = workplace();
    let write =
        |text: &str| fs::write(folder.path().join("house.json"), text).expect("the profile is written");
    let run = || run_in(&folder, &["brief.md", "--profile", "house.json", "--format", "json"]);
    write(
        r#"{"prefer": {"database": "mysql"}, "forbid": {"deployment": ["managed-containers"]}, "numbers": {"price.vm": 99}, "names": {"mysql": "MySQL of the house"}}"#,
    );
    let said = output(&run().success());
    for part in ["MySQL of the house", "the house prefers it", "\"pin:profile.database\"", "\"pin:price.vm\""]
    {
        assert!(said.contains(part), "`{part}` is not there");
    }
    for (profile, part) in [
        (
            "{\n  \"prefer\": {\n    \"databases\": \"mysql\"\n  }\n}",
            "house.json: line 3: There is no decision `databases`",
        ),
        (
            "{\n  \"forbid\": {\n    \"messaging\": [\n      \"carrier-pigeon\"\n    ]\n  }\n}",
            "line 4: There is no option `carrier-pigeon`",
        ),
        ("{\n  \"numbers\": {\n    \"price.vcpu\": -1\n  }\n}", "line 3: `price.vcpu` cannot be -1"),
        ("{\n  \"names\": {\n    \"mysql\": \"a\\nb\"\n  }\n}", "line 3: The name of `mysql`"),
        ("{\n  \"wishes\": {}\n}", "line 2, column"),
        ("{\n  \"prefer\": [\n", "line 2, column"),
    ] {
        write(profile);
        refused(run(), part);
    }
}

#[test]
fn shells_learn_the_options() {
    let folder = workplace();
    for (shell, part) in
        [("bash", "complete -F"), ("zsh", "#compdef backend-design"), ("fish", "complete -c backend-design")]
    {
        let script = output(&run_in(&folder, &["completions", shell]).success());
        assert!(script.contains(part), "{shell}");
        for option in ["format", "confluence", "pin", "profile"] {
            assert!(script.contains(option), "{shell} does not know `{option}`");
        }
    }
    run_in(&folder, &["completions", "abacus"]).code(2);
}
