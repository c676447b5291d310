//! The stages of the engine one by one, with nothing carried to JavaScript: what `cargo xtask bench` measures beside the
//! same stages on this machine. Only the feature `stages` has it, with which no site is built.

use requirements::Analysis;
use std::any::Any;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A text, and what is made of it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Stages {
    text: String,
    analysis: Analysis,
    design: design::Design,
    /// What the next stage consumes, copied outside of its time.
    next: Option<Analysis>,
    /// What the last stage made, dropped outside of its time.
    made: Option<Box<dyn Any>>,
}

#[wasm_bindgen]
impl Stages {
    /// Takes a text, which must not be too long.
    #[wasm_bindgen(constructor)]
    pub fn new(text: String) -> Result<Self, JsValue> {
        let refused = |told: requirements::Diagnostic| JsValue::from_str(&told.what);
        let analysis = requirements::analyze(&text).map_err(refused)?;
        let design = design::design(analysis.clone(), &design::Options::default()).map_err(refused)?;
        Ok(Self { text, analysis, design, next: None, made: None })
    }

    /// To be called before each stage.
    pub fn prepare(&mut self) {
        self.made = None;
        self.next = Some(self.analysis.clone());
    }

    /// Reads the text.
    pub fn analyze(&mut self) {
        self.made = Some(Box::new(requirements::analyze(&self.text)));
    }

    /// Settles the decisions.
    pub fn decide(&mut self) {
        let analysis = self.next.take().unwrap_or_default();
        self.made = Some(Box::new(design::decide(analysis, &design::Options::default())));
    }

    /// Settles the decisions and all that follows from them.
    pub fn design(&mut self) {
        let analysis = self.next.take().unwrap_or_default();
        self.made = Some(Box::new(design::design(analysis, &design::Options::default())));
    }

    /// Writes the files.
    pub fn files(&mut self) {
        self.made = Some(Box::new(artifacts::files(&self.design)));
    }
}
