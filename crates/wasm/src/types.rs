//! The TypeScript declarations of everything that crosses the boundary, made from the Rust types.
//!
//! They stand in `types.d.ts` and become part of the declarations beside the module. `cargo xtask types` writes them
//! anew; the test below fails when they no longer are what the types say.
#![cfg(all(test, not(target_family = "wasm")))]

use crate::argument::OPTIONS;
use crate::outcome::{Compared, Designed, Exported, Listed, Packed, Presented, Rendered};
use design::Options;
use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::{env, fs};
use ts_rs::{Config, TS, TypeVisitor};

/// Set by `cargo xtask types`.
const WRITE: &str = "WRITE_TYPES";

/// The declarations of the visited types, by name.
struct Declarations {
    config: Config,
    seen: HashSet<TypeId>,
    texts: BTreeMap<String, String>,
}

impl Declarations {
    fn all() -> String {
        let mut this = Self { config: Config::new(), seen: HashSet::new(), texts: BTreeMap::new() };
        this.visit::<Compared>();
        this.visit::<Designed>();
        this.visit::<Listed>();
        this.visit::<Packed>();
        this.visit::<Presented>();
        this.visit::<Rendered>();
        this.visit::<Exported>();
        this.visit::<Options>();
        let texts: Vec<String> = this.texts.into_values().collect();
        format!(
            "// Made from the Rust types by `cargo xtask types`; do not edit.\n\n{}\n",
            texts.join("\n\n")
        )
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Types without a file of their own are built in, or written where they are used.
        if T::output_path().is_some() {
            let text = format!("{}export {}", T::docs().unwrap_or_default(), lay_out(&T::decl(&self.config)));
            let name = T::ident(&self.config);
            let before = self.texts.insert(name.clone(), text);
            assert!(before.is_none(), "two types are called {name}; JavaScript sees both");
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// Indents the fields of a declaration and puts its last bracket on a line of its own.
fn lay_out(declaration: &str) -> String {
    let mut lines = declaration.lines().map(str::trim_end);
    let mut text = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        text += "\n    ";
        text += line.strip_suffix(" };").unwrap_or(line);
        if line.ends_with(" };") {
            text += "\n};";
        }
    }
    text
}

#[test]
fn the_declarations_are_up_to_date() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/types.d.ts");
    let declarations = Declarations::all();
    assert!(declarations.contains("\nexport type Design = {\n"), "the declarations start from the outcomes");
    if env::var_os(WRITE).is_some() {
        fs::write(file, &declarations).expect("types.d.ts is writable");
    }
    let written = fs::read_to_string(file).expect("types.d.ts is readable");
    assert!(
        written == declarations,
        "crates/wasm/types.d.ts is out of date: run `cargo xtask types` and commit it"
    );
}

#[test]
fn all_options_are_accepted() {
    let declared = Options::inline(&Config::new());
    let fields = declared.matches("?:").count();
    assert_eq!(fields, OPTIONS.len(), "OPTIONS does not list the fields of {declared}");
    for option in OPTIONS {
        assert!(declared.contains(&format!("{option}?:")), "`{option}` is no field of {declared}");
    }
}
