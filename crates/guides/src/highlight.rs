//! Colours for code, when the site is built: a reading page needs no program for it.

use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

/// The grammars, with those that the library itself lacks.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// What the grammars call a thing, and the class of the style sheet for it. Of two that fit, the longer name tells
/// more. The classes are those of the highlighter in the designer, so that both share their colours.
const CLASSES: [(&str, &str); 26] = [
    ("comment", "hljs-comment"),
    ("string", "hljs-string"),
    ("string.unquoted.plain.out", ""),
    ("constant.numeric", "hljs-number"),
    ("constant.language", "hljs-literal"),
    ("constant.character", "hljs-literal"),
    ("constant.other", "hljs-literal"),
    ("keyword", "hljs-keyword"),
    ("keyword.operator", ""),
    ("keyword.operator.logical", "hljs-keyword"),
    ("keyword.operator.word", "hljs-keyword"),
    ("storage", "hljs-keyword"),
    ("support.function", "hljs-built_in"),
    ("support.type", "hljs-type"),
    ("support.class", "hljs-type"),
    ("entity.name.function", "hljs-title"),
    ("entity.name.type", "hljs-type"),
    ("entity.name.class", "hljs-type"),
    ("entity.name.struct", "hljs-type"),
    ("entity.name.section", "hljs-section"),
    ("entity.name.tag", "hljs-attr"),
    ("entity.other.attribute-name", "hljs-attr"),
    ("meta.mapping.key", "hljs-attr"),
    ("meta.annotation", "hljs-meta"),
    ("variable.function", "hljs-title"),
    ("variable.parameter", "hljs-attr"),
];

/// The names parsed once.
static SCOPES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class))).collect()
});

/// The code cut into pieces, each with its class; nothing where the language is not known.
pub(crate) fn highlight(language: &str, code: &str) -> Option<Vec<(&'static str, String)>> {
    let syntax = syntax(language)?;
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut pieces: Vec<(&'static str, String)> = Vec::new();
    for line in LinesWithEndings::from(code) {
        let operations = state.parse_line(line, &SYNTAXES).ok()?;
        let mut from = 0;
        for (at, operation) in &operations {
            add(&mut pieces, class(&stack), &line[from..*at]);
            from = *at;
            stack.apply(operation).ok()?;
        }
        add(&mut pieces, class(&stack), &line[from..]);
    }
    Some(pieces)
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    // The grammar of configuration files goes by another name.
    let token = match language {
        "proto" => "protobuf",
        "http" => "http request and response",
        other => other,
    };
    SYNTAXES
        .find_syntax_by_token(token)
        .or_else(|| SYNTAXES.syntaxes().iter().find(|syntax| syntax.name.eq_ignore_ascii_case(token)))
}

/// The class of what stands under these names: the innermost name for which there is one decides.
fn class(stack: &ScopeStack) -> &'static str {
    for scope in stack.as_slice().iter().rev() {
        let fitting = SCOPES.iter().filter(|(name, _)| name.is_prefix_of(*scope));
        if let Some((_, class)) = fitting.max_by_key(|(name, _)| name.len()) {
            return class;
        }
    }
    ""
}

/// Adds a piece, to the one before it where both look alike.
fn add(pieces: &mut Vec<(&'static str, String)>, class: &'static str, text: &str) {
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        // White space has no colour, so it belongs to whatever stands before it.
        Some((last, before)) if *last == class || text.trim().is_empty() => before.push_str(text),
        _ => pieces.push((class, text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces that have a colour, as `class:text`.
    fn coloured(language: &str, code: &str) -> Vec<String> {
        highlight(language, code)
            .unwrap_or_default()
            .into_iter()
            .filter(|(class, _)| !class.is_empty())
            .map(|(class, text)| format!("{}:{}", class.trim_start_matches("hljs-"), text.trim()))
            .collect()
    }

    #[test]
    fn code_of_the_guides_is_coloured_and_keeps_its_text() {
        for (language, code, piece) in [
            ("sql", "SELECT 1 FROM t; -- one\n", "keyword:SELECT"),
            ("sql", "SELECT 1 FROM t; -- one\n", "comment:-- one"),
            ("ts", "const a: string = 'x';\n", "string:'x'"),
            ("typescript", "export interface A {}\n", "keyword:export interface"),
            ("python", "def f():\n    return None\n", "keyword:def"),
            ("rust", "fn main() { let x = 1; }\n", "number:1"),
            ("yaml", "name: value\n", "attr:name"),
            ("json", "{\"a\": true}\n", "literal:true"),
            ("http", "GET /orders HTTP/1.1\nAccept: text/plain\n", ""),
            ("proto", "message A { string b = 1; }\n", "keyword:message"),
            ("graphql", "type A { b: Int }\n", "keyword:type"),
            ("lua", "local a = 1\n", "keyword:local"),
            ("ini", "[a]\nb = 1\n", ""),
            ("javascript", "const a = 1;\n", "keyword:const"),
        ] {
            let pieces = highlight(language, code);
            assert!(pieces.is_some(), "there is no grammar for {language}");
            let text: String = pieces.unwrap_or_default().into_iter().map(|(_, text)| text).collect();
            assert_eq!(text, code, "{language}");
            let found = coloured(language, code);
            assert!(
                piece.is_empty() || found.iter().any(|one| one == piece),
                "{language}: {piece} in {found:?}"
            );
        }
    }

    #[test]
    fn what_is_no_code_stays_plain() {
        for language in ["", "text", "nonsense"] {
            assert!(coloured(language, "SELECT 1\n").is_empty(), "{language}");
        }
    }
}
